import { type ConsentAddress, consentId, consentKind, decodeConsent } from '../../codec/consent.ts'
import type { ConsentChange } from '../../domain/contact/consent.ts'
import { consentChangeOf } from '../../domain/conversation/decide/consent.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import { evolve } from '../../domain/conversation/evolve.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import { noNeeds } from '../view.ts'

/** What was said of writing to somebody, and at which of its addresses. */
export interface SaidAt extends ConsentAddress {
  readonly change: ConsentChange
}

/** What the journal of a conversation says of it, where the contact was reached at that time. */
export const saidIn = (journal: ReadonlyArray<Entry>): ReadonlyArray<SaidAt> => {
  const said: Array<SaidAt> = []
  let state: Conversation | undefined
  for (const entry of journal) {
    state = evolve(state, entry)
    if (entry.what._tag !== 'ConsentChanged' || state === undefined) continue
    const { account, address } = state
    said.push({ account, address, change: consentChangeOf(entry.what, entry.actor) })
  }
  return said
}

/** What holds at these addresses, also where nobody has ever written from there. */
const heldAt = async (
  core: Core,
  workspace: string,
  addresses: ReadonlyArray<ConsentAddress>,
): Promise<ReadonlyArray<SaidAt>> => {
  const documents = addresses.map((at) => ({ workspace, kind: consentKind, id: consentId(at) }))
  const loaded = await core.storage.load({ ...noNeeds, documents })
  const stored = new Map(loaded.documents.map((document) => [document.id, document]))
  return addresses.flatMap(({ account, address }) => {
    const { all, marketing } = decodeConsent(stored.get(consentId({ account, address })))
    return [all, marketing].flatMap((change) => (change === null ? [] : [{ account, address, change }]))
  })
}

/** The same, said once, as it is told to the contact. */
interface Exported extends ConsentAddress, Omit<ConsentChange, 'agent'> {
  readonly name: string | null
}

/** Everything that was said of writing to a contact, the oldest first: what holds, and what held before. */
export const exportConsent = async (
  core: Core,
  workspace: string,
  addresses: ReadonlyArray<ConsentAddress>,
  journaled: ReadonlyArray<SaidAt>,
): Promise<ReadonlyArray<Exported>> => {
  const { agents } = await core.directory.of(workspace)
  const all = [...(await heldAt(core, workspace, addresses)), ...journaled].map(
    ({ account, address, change: { agent, given, scope, by, word, at } }): Exported => {
      const name = agent === undefined ? null : (agents.get(agent)?.name ?? null)
      return { account, address, given, scope, by, word, at, name }
    },
  )
  const once = new Map(all.map((one) => [JSON.stringify(one), one]))
  return [...once.values()].sort((a, b) => a.at - b.at)
}
