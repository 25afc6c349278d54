import { encodeConversation } from '../codec/conversation.ts'
import { countChanges } from '../domain/counting.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Changeset, StoredAmendment, StoredEntry, StoredIdentity, StoredWork } from '../ports/storage.ts'
import type { Place } from './bus.ts'

/** A conversation before and after a decision. */
export interface Changed {
  readonly before: Conversation | undefined
  readonly after: Conversation
}

/** What one decision changes: a changeset in the making, with conversations still as the domain knows them. */
export interface Changes extends Partial<Omit<Changeset, 'workspace' | 'conversations' | 'counters'>> {
  readonly workspace: string
  readonly conversations?: ReadonlyArray<Changed>
  /** Where deliveries moved: not stored, only announced in this process. */
  readonly reached?: ReadonlyArray<Place>
}

export const isEmpty = (changes: Changes): boolean => {
  for (const name in changes) {
    const value = changes[name as keyof Changes]
    if (name !== 'reached' && Array.isArray(value) && value.length > 0) return false
  }
  return true
}

/** Several changes of one thing become one put: the last state, over the version that the first one expected. */
const latest = <Row extends { readonly version: number }>(
  rows: ReadonlyArray<Row>,
  keyOf: (row: Row) => string,
): ReadonlyArray<Row> => {
  if (rows.length < 2) return rows
  const byKey = new Map<string, Row>()
  for (const row of rows) {
    const at = keyOf(row)
    byKey.set(at, { ...row, version: byKey.get(at)?.version ?? row.version })
  }
  return [...byKey.values()]
}

const mergeConversations = (all: ReadonlyArray<Changed>): ReadonlyArray<Changed> => {
  if (all.length < 2) return all
  const byId = new Map<string, Changed>()
  for (const { before, after } of all) {
    const first = byId.get(after.id)
    byId.set(after.id, { before: first === undefined ? before : first.before, after })
  }
  return [...byId.values()]
}

/** Work that is set and cancelled within one batch was never set. */
const mergeWork = (parts: ReadonlyArray<Changes>): Pick<Changeset, 'work' | 'cancel'> => {
  const work: Array<StoredWork> = []
  const cancel: Array<Changeset['cancel'][number]> = []
  for (const part of parts) {
    for (const gone of part.cancel ?? []) {
      const at = work.findIndex((item) => item.kind === gone.kind && item.key === gone.key)
      if (at !== -1) work.splice(at, 1)
      cancel.push(gone)
    }
    if (part.work !== undefined) work.push(...part.work)
  }
  return { work, cancel }
}

/** What stands beside a message is put whole: the last put says all of it. */
const newest = (rows: ReadonlyArray<StoredAmendment>): ReadonlyArray<StoredAmendment> => [
  ...new Map(rows.map((row) => [`${row.conversation}/${row.seq}`, row] as const)).values(),
]

/** What is erased within the batch that wrote it is written blank: the store only erases what was there before. */
const mergeWords = (parts: ReadonlyArray<Changes>): Pick<Changeset, 'entries' | 'amendments'> => {
  let entries: Array<StoredEntry> = []
  let amendments: Array<StoredAmendment> = []
  let puts = 0
  for (const part of parts) {
    for (const { conversation, seq, data } of part.erase ?? []) {
      const erased = (row: { readonly conversation: string; readonly seq: number }): boolean =>
        row.conversation === conversation && (seq === 'all' || row.seq === seq)
      entries = entries.map((row) => (erased(row) ? { ...row, body: null, data: data ?? '{}' } : row))
      amendments = amendments.filter((row) => !erased(row))
    }
    if (part.entries !== undefined) entries.push(...part.entries)
    if (part.amendments !== undefined) {
      amendments.push(...part.amendments)
      puts += 1
    }
  }
  return { entries, amendments: puts < 2 ? amendments : newest(amendments) }
}

/** What is only put behind each other. */
type Lists = Omit<Changeset, 'workspace' | 'conversations' | 'counters' | 'work' | 'cancel' | 'entries' | 'amendments'>

/** One walk over what each part has: most have few of all these lists. */
const mergeLists = (parts: ReadonlyArray<Changes>): Lists => {
  const lists: { readonly [Name in keyof Lists]: Array<Lists[Name][number]> } = {
    identities: [],
    dropIdentities: [],
    documents: [],
    externals: [],
    moveExternals: [],
    deliveries: [],
    settle: [],
    park: [],
    unpark: [],
    drafts: [],
    settings: [],
    quarantine: [],
    release: [],
    limits: [],
    erase: [],
  }
  for (const part of parts) {
    for (const name in part) {
      if (!(name in lists)) continue
      const list: Array<unknown> = lists[name as keyof Lists]
      for (const row of part[name as keyof Lists] ?? []) list.push(row)
    }
  }
  return lists
}

const addressKey = (row: { readonly account: string; readonly address: string }): string =>
  JSON.stringify([row.account, row.address])

/** The store drops before it puts; so an identity that was put and then dropped within one batch is not put at all. */
const identitiesLeft = (parts: ReadonlyArray<Changes>, lists: Lists): Changeset['identities'] => {
  if (lists.dropIdentities.length === 0) return lists.identities
  let left: Array<StoredIdentity> = []
  for (const { dropIdentities, identities } of parts) {
    if (dropIdentities !== undefined && dropIdentities.length > 0) {
      const dropped = new Set(dropIdentities.map(addressKey))
      left = left.filter((row) => !dropped.has(addressKey(row)))
    }
    if (identities !== undefined) left.push(...identities)
  }
  return left
}

/** Folds the decisions of one batch in one workspace into one atomic changeset. */
export const merge = (workspace: string, parts: ReadonlyArray<Changes>): Changeset => {
  const lists = mergeLists(parts)
  const conversations = mergeConversations(parts.flatMap((part) => part.conversations ?? []))
  return {
    workspace,
    conversations: conversations.map(({ before, after }) => ({
      row: encodeConversation(after),
      expected: before?.seq ?? 0,
    })),
    counters: conversations.flatMap(({ before, after }) => countChanges(before, after)),
    ...mergeWork(parts),
    ...mergeWords(parts),
    ...lists,
    identities: latest(identitiesLeft(parts, lists), addressKey),
    documents: latest(lists.documents, (row) => JSON.stringify([row.kind, row.id])),
    deliveries: latest(lists.deliveries, (row) => `${row.conversation}/${row.seq}`),
  }
}
