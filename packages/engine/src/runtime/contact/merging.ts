import type { Agent } from '../../domain/actor.ts'
import type { Contact, Identity } from '../../domain/contact/contact.ts'
import { type MergeDecision, mergeContacts, undoMerge } from '../../domain/contact/merge.ts'
import type { StoredDocument, StoredIdentity } from '../../ports/storage.ts'
import type { Changes } from '../changes.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Viewer } from '../read/viewer.ts'
import type { View } from '../view.ts'
import { type Acted, actorOf, askedBy, notFound, refusing } from './act.ts'
import { type Family, asOne, familyFinder } from './family.ts'
import { recordContact } from './journal.ts'
import { seeFamily } from './sight.ts'

/** Every contact that a merge or its undoing has changed, with a line in the journal of each. */
const written = (
  core: Core,
  workspace: string,
  agent: Agent,
  decision: Extract<MergeDecision, { readonly _tag: 'Accepted' }>,
  stored: ReadonlyMap<string, StoredDocument>,
): Changes => {
  const parts = decision.changed.map(({ contact, what }) =>
    recordContact(stored.get(contact.id), contact, { at: core.clock.now(), actor: actorOf(agent), what }),
  )
  return {
    workspace,
    documents: parts.flatMap(({ documents }) => documents ?? []),
    entries: parts.flatMap(({ entries }) => entries ?? []),
  }
}

/** The family as it is afterwards, seen from the contact that was asked about. */
const left = (
  members: ReadonlyMap<string, Contact>,
  decision: Extract<MergeDecision, { readonly _tag: 'Accepted' }>,
  root: string,
  lastActivity: number,
): Contact => {
  const now = new Map(members)
  for (const { contact } of decision.changed) now.set(contact.id, contact)
  const family = new Map([...now].filter(([id]) => standsIn(now, id, root)))
  return { ...asOne({ root: now.get(root) as Contact, members: family }), lastActivity }
}

const standsIn = (members: ReadonlyMap<string, Contact>, id: string, root: string): boolean => {
  let at: string | null = id
  while (at !== null && at !== root) at = members.get(at)?.mergedInto ?? null
  return at === root
}

/** Addresses as they are now, of those that were there when the merge was asked for. */
const current = (
  view: View,
  workspace: string,
  rows: ReadonlyArray<StoredIdentity>,
  { members }: Family,
): ReadonlyArray<Identity> =>
  rows.flatMap(({ account, address }) => {
    const identity = view.identity(workspace, account, address)
    return identity !== undefined && members.has(identity.contact) ? [identity] : []
  })

/** Lets one contact go into another; both must be seen by the viewer. Answers the one that stays. */
export const mergeInto = async (core: Core, viewer: Viewer, from: string, into: string): Promise<Acted<Contact>> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  const { agent } = asked.value
  const [goes, stays] = await Promise.all([seeFamily(core, viewer, from), seeFamily(core, viewer, into)])
  if (goes === undefined || stays === undefined) return notFound
  const everybody = [...goes.family.members.keys(), ...stays.family.members.keys()]
  const rows = await core.storage.identitiesOf(workspace, everybody)
  const finder = familyFinder(workspace)
  const decide = (view: View): Decided<Acted<Contact>> => {
    const one = finder.in(view, into)
    if (one._tag === 'Needs') return one
    // Not asked for before the first is there: what was asked for and is not loaded does not exist.
    const other = finder.in(view, from)
    if (other._tag === 'Needs') return other
    if (one.family === undefined || other.family === undefined) return refusing(workspace, { _tag: 'NotFound' })
    const decision = mergeContacts(one.family.root, other.family.root, {
      now: core.clock.now(),
      agent,
      mine: current(view, workspace, rows, one.family),
      theirs: current(view, workspace, rows, other.family),
    })
    if (decision._tag === 'Refused') return refusing(workspace, decision.refusal)
    const members = new Map([...one.family.members, ...other.family.members])
    const lastActivity = Math.max(goes.lastActivity, stays.lastActivity)
    return {
      _tag: 'Decided',
      value: { _tag: 'Done', value: left(members, decision, one.family.root.id, lastActivity) },
      changes: written(core, workspace, agent, decision, new Map([...one.family.stored, ...other.family.stored])),
    }
  }
  const identities = rows.map(({ account, address }) => ({ workspace, account, address }))
  return (await core.committer.submit({ workspace, needs: { identities }, decide })).value
}

/** Takes a contact out again of the one it went into. Answers the one that was asked about, as it is without it. */
export const undoMergeOf = async (core: Core, viewer: Viewer, id: string, merged: string): Promise<Acted<Contact>> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  const { agent } = asked.value
  const seen = await seeFamily(core, viewer, id)
  if (seen === undefined) return notFound
  const finder = familyFinder(workspace)
  const { value } = await core.committer.submit<Acted<Contact>>({
    workspace,
    needs: {},
    decide: (view) => {
      const found = finder.in(view, id)
      if (found._tag === 'Needs') return found
      if (found.family === undefined) return refusing(workspace, { _tag: 'NotFound' })
      const { members, stored, root } = found.family
      const decision = undoMerge(members, merged, agent)
      if (decision._tag === 'Refused') return refusing(workspace, decision.refusal)
      return {
        _tag: 'Decided',
        value: { _tag: 'Done', value: left(members, decision, root.id, seen.lastActivity) },
        changes: written(core, workspace, agent, decision, stored),
      }
    },
  })
  return value
}
