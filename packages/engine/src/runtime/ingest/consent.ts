import { clampSentAt } from '../../domain/message/message.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import { activeAt } from '../active-at.ts'
import { noteConsent } from '../consent/note.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { plus } from '../keys.ts'
import { type Needs, makeView, noNeeds } from '../view.ts'
import { findStored } from './message.ts'
import { movedSenders } from './moved-sender.ts'

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

/** Where who was at an address writes from by now: what is said late from there holds there as well. */
const currentAddress = async (core: Core, to: Connected, address: string): Promise<string> => {
  const moved = movedSenders()
  const ref = { workspace: to.workspace, account: to.account.id, address }
  for (let needs: Needs = { identities: [ref] }; ; ) {
    const loaded = await Promise.resolve(core.storage.load({ ...noNeeds, ...needs })).catch((error: unknown) => {
      throw storageFailed(error)
    })
    const found = moved(makeView(loaded), to, { address })
    if ('from' in found) return found.from.address
    needs = plus(needs, found.needs)
  }
}

/** The contact has taken back its consent, or given it again: kept for its address, also where it has never written. */
export const applyConsent = async (core: Core, to: Connected, event: ConsentChanged): Promise<Receipt> => {
  const { workspace, account } = to
  const { given, scope, by: word, at } = event
  const arrivedAt = await arrivalOf(core, to, event)
  const said = { given, scope, word, at: clampSentAt(at, arrivedAt), arrivedAt }
  const note = async (address: string): Promise<void> => {
    const state = await activeAt(core, to, address)
    await noteConsent(core, { workspace, account: account.id, address, conversation: state?.id }, said, 'contact')
  }
  await note(event.address)
  const now = await currentAddress(core, to, event.address)
  if (now !== event.address) await note(now)
  return { _tag: 'Applied' }
}
