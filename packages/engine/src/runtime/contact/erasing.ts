import { encodeContactEntry, linesOf } from '../../codec/contact.ts'
import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import { decodeEntry } from '../../codec/entry.ts'
import { nextRevision } from '../../codec/settings.ts'
import { system } from '../../domain/actor.ts'
import { decideContact } from '../../domain/contact/decide.ts'
import type { ClaimedWork, StoredSetting } from '../../ports/storage.ts'
import { consentIn, consentNeeds } from '../consent/stored.ts'
import type { Core } from '../core.ts'
import { EngineError } from '../error.ts'
import { plus } from '../keys.ts'
import { execute } from '../execute.ts'
import type { Viewer } from '../read/viewer.ts'
import { revisionNeeds, storedRevision } from '../settings/revision.ts'
import { noteInWorkspace } from '../workspace-journal.ts'
import { type Acted, actorOf, askedBy, contactFacts, notFound, refusing } from './act.ts'
import { type Family, familyFinder } from './family.ts'
import { eraseQuotes } from './quotes.ts'
import { seeFamily } from './sight.ts'
import { write } from '../write.ts'

/** What the work has to know: no word about whom. */
interface Payload {
  readonly contact: string
  /** Everybody who had gone into her, and herself. */
  readonly members: ReadonlyArray<string>
  readonly deleted: number
}

/** Somebody who keeps changing while it is looked up where she writes from. */
const readAgainAtMost = 16

const isChanged = (before: Family, after: Family | undefined): boolean =>
  [...(after?.stored ?? [])].some(([id, { version }]) => before.stored.get(id)?.version !== version)

/**
 * Forgets somebody: her document, those that went into it, all addresses and blocks of the contact go at once, and with
 * them the work that deletes her conversations; so that whoever writes from now on is somebody new.
 */
export const eraseContact = async (core: Core, viewer: Viewer, id: string): Promise<Acted<void>> => {
  for (let times = 0; times < readAgainAtMost; times += 1) {
    const done = await eraseOnce(core, viewer, id)
    if (done !== undefined) return done
  }
  throw new EngineError('Contended', 'others kept changing it', { retryable: true })
}

/** Undefined when she was changed while it was looked up where she writes from. */
const eraseOnce = async (core: Core, viewer: Viewer, id: string): Promise<Acted<void> | undefined> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  const { agent, setup } = asked.value
  const seen = await seeFamily(core, viewer, id)
  if (seen === undefined) return notFound
  const rows = await core.storage.identitiesOf(workspace, [...seen.family.members.keys()])
  const finder = familyFinder(workspace)
  const known = rows.map((row) => consentNeeds(workspace, row)).reduce(plus, revisionNeeds(workspace))
  const { value } = await core.committer.submit<Acted<{ readonly revision: number | null }> | undefined>({
    workspace,
    needs: {
      ...plus({ identities: rows.map(({ account, address }) => ({ workspace, account, address })) }, known),
    },
    decide: (view) => {
      const found = finder.in(view, id)
      if (found._tag === 'Needs') return found
      // She may write from elsewhere by now, which nobody would forget.
      if (isChanged(seen.family, found.family)) return { _tag: 'Decided', value: undefined, changes: { workspace } }
      const command = { _tag: 'Erase' } as const
      const facts = contactFacts(core, setup, view, workspace, agent, command)
      const decision = decideContact(found.family?.root, command, facts)
      if (decision._tag === 'Refused') return refusing(workspace, decision.refusal)
      const stored = found.family?.stored ?? new Map<string, never>()
      const members = [...stored.keys()]
      const root = decision.contact.id
      const line = { at: facts.now, actor: actorOf(agent), what: decision.what }
      const payload: Payload = { contact: root, members, deleted: 0 }
      const blocks = [...setup.blocks.values()].flatMap(
        ({ id: block, target }): ReadonlyArray<StoredSetting> =>
          target._tag === 'Contact' && members.includes(target.contact)
            ? [{ kind: 'block', id: block, data: null }]
            : [],
      )
      const consents = rows.flatMap((row) => consentIn(view, workspace, row) ?? [])
      const gone = [...stored.values(), ...consents].map((one) => ({
        ...one,
        version: one.version + 1,
        parent: null,
        words: '',
        data: null,
      }))
      const revision = blocks.length === 0 ? null : nextRevision(storedRevision(view, workspace))
      return {
        _tag: 'Decided',
        value: { _tag: 'Done', value: { revision: revision?.version ?? null } },
        changes: {
          workspace,
          documents: revision === null ? gone : [...gone, revision],
          dropIdentities: rows.flatMap(({ account, address }) => {
            const identity = view.identity(workspace, account, address)
            return identity !== undefined && members.includes(identity.contact) ? [{ account, address }] : []
          }),
          entries: [encodeContactEntry(root, linesOf(stored.get(root)) + 1, line)],
          ...(blocks.length === 0 ? {} : { settings: blocks }),
          work: [workOf(core, payload)],
        },
      }
    },
  })
  if (value === undefined || value._tag === 'Refused') return value
  const { revision } = value.value
  if (revision !== null) core.directory.changed(workspace, revision)
  return { _tag: 'Done', value: undefined }
}

const workOf = (core: Core, payload: Payload) => ({
  id: core.ids.next(),
  kind: 'erase',
  lane: payload.contact,
  due: core.clock.now(),
  key: payload.contact,
  payload: JSON.stringify(payload),
})

/** Deleted by one piece of work: it ends long before its lease does. */
const inOnePiece = 50

/** What providers answered about a message, and their ids of it, may contain an address: how far it got is kept. */
const blankDeliveries = async (core: Core, workspace: string, conversation: string): Promise<void> => {
  for (let after = 0; ; ) {
    const page = await core.storage.timeline({ workspace, conversation, kinds: ['out'], after, limit: 500 })
    const last = page.entries.at(-1)
    if (last === undefined) return
    after = last.seq
    const refs = page.deliveries.map(({ seq }) => ({ workspace, conversation, seq }))
    if (refs.length === 0) continue
    await core.committer.submit({
      workspace,
      needs: { deliveries: refs },
      decide: (view) => {
        const deliveries = refs.flatMap(({ seq }) => {
          const stored = view.delivery(workspace, conversation, seq)
          if (stored === undefined) return []
          const { error, externalId, ids, ...kept } = decodeDelivery(stored)
          if (error === undefined && externalId === undefined && ids === undefined) return []
          return [encodeDelivery({ conversation, seq, account: stored.account }, kept, stored.version + 1)]
        })
        return { _tag: 'Decided', value: undefined, changes: { workspace, deliveries } }
      },
    })
  }
}

/** Conversations that went into this one, however deep: they are in no list, and their journals still say where from. */
const absorbedBy = async (core: Core, workspace: string, conversation: string): Promise<ReadonlyArray<string>> => {
  const found: Array<string> = []
  for (let after = 0; ; ) {
    const page = await core.storage.timeline({ workspace, conversation, kinds: ['event'], after, limit: 500 })
    const last = page.entries.at(-1)
    if (last === undefined) break
    after = last.seq
    for (const { what } of page.entries.map(decodeEntry)) if (what._tag === 'Merged') found.push(what.from)
  }
  const deeper = await Promise.all(found.map((id) => absorbedBy(core, workspace, id)))
  return [...found, ...deeper.flat()]
}

/** Deletes one conversation by the ordinary command, what is left of those that went into it, and what was quoted. */
const deleteWhole = async (core: Core, workspace: string, conversation: string): Promise<void> => {
  const absorbed = await absorbedBy(core, workspace, conversation)
  // Before it is deleted: what is deleted is not looked for again by whoever takes this up after a crash.
  for (const id of [conversation, ...absorbed]) {
    await eraseQuotes(core, workspace, id)
    await blankDeliveries(core, workspace, id)
  }
  if (absorbed.length > 0) {
    const erase = absorbed.map((id) => ({ conversation: id, seq: 'all' as const }))
    await write(core, workspace, () => ({ erase }))
  }
  await execute(core, { workspace, conversation, actor: system, command: { _tag: 'Delete' } })
  // And after it: something may have left in between.
  await blankDeliveries(core, workspace, conversation)
}

/** Deletes somebody's conversations by the ordinary command, a piece at a time, and writes down that they are gone. */
export const erase = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { workspace, id, attempts } = work
  const payload = JSON.parse(work.payload) as Payload
  const rows = await core.storage.list({
    workspace,
    visibility: { _tag: 'All' },
    filter: { contacts: payload.members },
    reader: null,
    limit: inOnePiece,
  })
  for (const { row } of rows) await deleteWhole(core, workspace, row.id)
  const deleted = payload.deleted + rows.length
  const settle = [{ id, attempts }]
  if (rows.length < inOnePiece) {
    const what = { _tag: 'ContactErased', contact: payload.contact, conversations: deleted } as const
    await noteInWorkspace(core, workspace, system, what, { settle })
    return
  }
  await write(core, workspace, () => ({ settle, work: [workOf(core, { ...payload, deleted })] }))
}
