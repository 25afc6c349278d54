import { encodeEvent } from '../../codec/event.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Changes } from '../changes.ts'
import type { Core } from '../core.ts'

/** What may arrive before the message it is about. */
export type Parkable = Extract<
  InboundEvent,
  { readonly _tag: 'DeliveryReported' | 'MessageEdited' | 'MessageDeleted' | 'Reacted' }
>

/** It was the first to say which message has this id. */
export interface Bound {
  readonly _tag: 'Bound'
  readonly receipt: Receipt
}

/** What became of an event about a message: parked, while nobody knows that message yet. */
export type Handled = Receipt | Bound | 'parked'

/** Lets an event wait for a message that is not known yet. */
export const parking = (core: Core, to: Connected, event: Parkable): Changes => ({
  workspace: to.workspace,
  park: [
    {
      id: core.ids.next(),
      account: to.account.id,
      externalId: event.externalId,
      at: core.clock.now(),
      data: encodeEvent(event),
    },
  ],
})
