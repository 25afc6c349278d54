import { clampSentAt } from '../../domain/message/message.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import { activeAt } from '../active-at.ts'
import { noteConsent } from '../consent/note.ts'
import type { Core } from '../core.ts'
import { findStored } from './message.ts'

type ConsentChanged = Extract<InboundEvent, { readonly _tag: 'ConsentChanged' }>

/** When it was said first: a message that is brought once more says nothing new. */
const arrivalOf = async (
  core: Core,
  { workspace, account }: Connected,
  { externalId }: ConsentChanged,
): Promise<number> => {
  const now = core.clock.now()
  if (externalId === undefined || externalId.trim() === '') return now
  const said = await findStored(core, { workspace, account: account.id, externalId })
  return Math.min(said?.at ?? now, now)
}

/** The contact has taken back its consent, or given it again: kept for its address, also where it has never written. */
export const applyConsent = async (core: Core, to: Connected, event: ConsentChanged): Promise<Receipt> => {
  const { workspace, account } = to
  const { address, given, scope, by: word, at } = event
  const arrivedAt = await arrivalOf(core, to, event)
  const state = await activeAt(core, to, address)
  const said = { given, scope, word, at: clampSentAt(at, arrivedAt), arrivedAt }
  await noteConsent(core, { workspace, account: account.id, address, conversation: state?.id }, said, 'contact')
  return { _tag: 'Applied' }
}
