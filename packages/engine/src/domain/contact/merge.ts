import { can } from '../access/permissions.ts'
import type { Agent } from '../actor.ts'
import type { Refusal } from '../conversation/refusal.ts'
import type { Contact, Identity } from './contact.ts'
import type { ContactHappening } from './entry.ts'
import { gain, giveBack, take } from './gain.ts'

/** What a merge depends on beside the two contacts. */
export interface MergeFacts {
  /** Epoch milliseconds. */
  readonly now: number
  /** Who asks; null when it is the engine or its host. */
  readonly agent: Agent | null
  /** Every address of the contact that stays, and of those that went into it. */
  readonly mine: ReadonlyArray<Identity>
  /** The same of the contact that goes. */
  readonly theirs: ReadonlyArray<Identity>
}

/** Contacts as they are after a merge or its undoing, and what goes into the journal of each; or why not. */
export type MergeDecision =
  | {
      readonly _tag: 'Accepted'
      readonly changed: ReadonlyArray<{ readonly contact: Contact; readonly what: ContactHappening }>
    }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

const refuse = (refusal: Refusal): MergeDecision => ({ _tag: 'Refused', refusal })

const forbidden = (agent: Agent | null): Refusal | null =>
  agent === null || can(agent, 'editContacts') ? null : { _tag: 'Forbidden', action: 'editContacts' }

const verifiedBy = (identities: ReadonlyArray<Identity>): ReadonlyArray<Identity> =>
  identities.filter(({ verified }) => verified)

/** Two verified addresses on one account, one on each side, are two people. */
const conflict = ({ mine, theirs }: MergeFacts): Refusal | null => {
  for (const { account, address } of verifiedBy(mine)) {
    const other = verifiedBy(theirs).find((one) => one.account === account && one.address !== address)
    if (other !== undefined) {
      return { _tag: 'IdentitiesConflict', account, addresses: [address, other.address] }
    }
  }
  return null
}

/**
 * Lets one contact go into another. The one that goes keeps its addresses and its conversations and leads to the other
 * from now on; the other gains what it did not have, and remembers what that was.
 *
 * Refusals: `Same`, `InUse` when one of them went into another already, `IdentitiesConflict`, `Forbidden`.
 *
 * @example
 * ```ts
 * import { mergeContacts, newContact } from '@guichet/engine/domain'
 *
 * const zoe = newContact('zoe', { name: 'Zoe', emails: ['zoe@example.org'] }, facts.now)
 * const visitor = newContact('v1', { name: 'Z.', phones: ['+33612345678'] }, facts.now)
 * const merged = mergeContacts(zoe, visitor, { now: facts.now, agent: null, mine: [], theirs: [] })
 * if (merged._tag === 'Accepted') {
 *   for (const { contact, what } of merged.changed) console.log(what, contact.name, contact.phones)
 * }
 * ```
 *
 * ```text
 * { _tag: 'ContactMerged', from: 'v1' } Zoe [ '+33612345678' ]
 * { _tag: 'ContactMergedInto', into: 'zoe' } Z. [ '+33612345678' ]
 * ```
 */
export const mergeContacts = (into: Contact, from: Contact, facts: MergeFacts): MergeDecision => {
  const refusal = forbidden(facts.agent)
  if (refusal !== null) return refuse(refusal)
  if (into.id === from.id || from.mergedInto === into.id || into.mergedInto === from.id) return refuse({ _tag: 'Same' })
  const gone = into.mergedInto ?? from.mergedInto
  if (gone !== null) return refuse({ _tag: 'InUse', by: `contact ${gone}` })
  const two = conflict(facts)
  if (two !== null) return refuse(two)
  const gained = gain(into, from)
  const merged = { contact: from.id, at: facts.now, by: facts.agent?.id ?? 'engine', gained }
  const after = take(into, gained)
  return {
    _tag: 'Accepted',
    changed: [
      { contact: { ...after, merged: [...into.merged, merged] }, what: { _tag: 'ContactMerged', from: from.id } },
      { contact: { ...from, mergedInto: into.id }, what: { _tag: 'ContactMergedInto', into: into.id } },
    ],
  }
}

/**
 * Takes a merge apart: the contact that had gone stands alone again, with all that went into it, and whoever had gained
 * by it gives back what nobody changed since. In any order, also from within a contact that itself went into another.
 *
 * `family` holds the contact, those above it, and everybody that went into those. Refusals: `NotFound` when it is not
 * merged, `Forbidden`.
 *
 * @example
 * ```ts
 * import { mergeContacts, newContact, undoMerge } from '@guichet/engine/domain'
 *
 * const zoe = newContact('zoe', {}, facts.now)
 * const visitor = newContact('v1', { name: 'Zoe' }, facts.now)
 * const merged = mergeContacts(zoe, visitor, { now: facts.now, agent: null, mine: [], theirs: [] })
 * const family = merged._tag === 'Accepted' ? merged.changed.map(({ contact }) => [contact.id, contact] as const) : []
 * const undone = undoMerge(new Map(family), 'v1', null)
 * if (undone._tag === 'Accepted') for (const { contact } of undone.changed) console.log(contact.id, contact.name)
 * ```
 *
 * ```text
 * v1 Zoe
 * zoe null
 * ```
 */
export const undoMerge = (family: ReadonlyMap<string, Contact>, merged: string, agent: Agent | null): MergeDecision => {
  const refusal = forbidden(agent)
  if (refusal !== null) return refuse(refusal)
  const alone = family.get(merged)
  const parent = alone?.mergedInto == null ? undefined : family.get(alone.mergedInto)
  const entry = parent?.merged.find((one) => one.contact === merged)
  if (alone === undefined || parent === undefined || entry === undefined) return refuse({ _tag: 'NotFound' })
  const what = { _tag: 'ContactMergeUndone', from: merged } as const
  const now = new Map(family)
  now.set(merged, { ...alone, mergedInto: null })
  const rest = new Map([...now].filter(([id]) => id !== merged))
  const first = giveBack(parent, merged, entry.gained, rest)
  const left: Contact = { ...first.contact, merged: first.contact.merged.filter((one) => one.contact !== merged) }
  now.set(left.id, left)
  const changed: Array<{ readonly contact: Contact; readonly what: ContactHappening }> = [
    { contact: { ...alone, mergedInto: null }, what },
    { contact: left, what },
  ]
  let below = left
  let { lost } = first
  for (let above = below.mergedInto; above !== null && Object.keys(lost).length > 0; above = below.mergedInto) {
    const holder = now.get(above)
    if (holder === undefined) break
    const given = giveBack(holder, below.id, lost, now)
    now.set(above, given.contact)
    changed.push({ contact: given.contact, what })
    lost = given.lost
    below = given.contact
  }
  return { _tag: 'Accepted', changed }
}

/**
 * Where a contact is now: itself, or the one that it went into in the end.
 *
 * @example
 * ```ts
 * import { newContact, standsFor } from '@guichet/engine/domain'
 *
 * const zoe = newContact('zoe', {}, facts.now)
 * const visitor = { ...newContact('v1', {}, facts.now), mergedInto: 'zoe' }
 * const family = new Map([zoe, visitor].map((contact) => [contact.id, contact]))
 * console.log(standsFor('v1', (id) => family.get(id))?.id)
 * ```
 *
 * ```text
 * zoe
 * ```
 */
export const standsFor = (id: string, find: (id: string) => Contact | undefined): Contact | undefined => {
  let contact = find(id)
  while (contact !== undefined && contact.mergedInto !== null) contact = find(contact.mergedInto)
  return contact
}
