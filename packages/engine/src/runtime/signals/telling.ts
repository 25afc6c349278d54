import type { Conversation } from '../../domain/conversation/state.ts'
import type { DeliveryError } from '../../domain/message/delivery.ts'
import type { Signal } from '../../ports/channel.ts'
import type { Execution } from '../execution.ts'

/** Where what it is about stands now: messages are moved, and their conversations with them. */
interface Place {
  readonly conversation: string
  readonly message?: number
}

/** How it stands with something that was to be told. */
export type Standing =
  /** It is not so any more, or something newer is told instead. */
  | { readonly _tag: 'Nothing' }
  /** What it is about has not left yet. */
  | ({ readonly _tag: 'Later' } & Place)
  | ({ readonly _tag: 'Failed'; readonly code: string; readonly reason: string } & Place)
  | ({ readonly _tag: 'ToTell'; readonly signal: Signal; readonly state: Conversation } & Place)

/** What is told of one entry, and what its journal says afterwards. */
export interface Telling {
  /** Asked just before it is told. */
  readonly standing: () => Promise<Standing>
  readonly failed: (error: DeliveryError, at: Place) => Execution['command']
  /** Absent where nothing is to be said. */
  readonly done?: Execution['command']
}
