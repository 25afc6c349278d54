import type {
  CounterDelta,
  CountQuery,
  InWorkspace,
  ListedConversation,
  ListQuery,
  LoadRequest,
  Snapshot,
  StoredConversation,
  StoredDocument,
  StoredEntry,
  StreamItem,
  StreamPage,
  Timeline,
  TimelineQuery,
} from '../ports/storage.ts'
import { emptyLog, indexAfter, type Logged } from './log.ts'
import { matches } from './match.ts'
import { descend } from './ordered.ts'
import { pair } from './pair.ts'
import { type Database, entryIndex, type Tables, unreadOf } from './tables.ts'

/** Rows with their workspace, each once however often it was asked for. */
const collect = <A>() => {
  const rows = new Map<string, InWorkspace<A>>()
  const add = (workspace: string, key: string, row: A | undefined): void => {
    if (row !== undefined) rows.set(pair(workspace, key), { ...row, workspace })
  }
  return { rows, add }
}

export const load = (db: Database, request: LoadRequest): Snapshot => {
  const conversations = collect<StoredConversation>()
  const documents = collect<StoredDocument>()
  const identities = collect<Snapshot['identities'][number]>()
  const externals = collect<Snapshot['externals'][number]>()
  const deliveries = collect<Snapshot['deliveries'][number]>()
  const counters = collect<CounterDelta>()
  const addConversation = (tables: Tables | undefined, id: string): void => {
    if (tables !== undefined) conversations.add(tables.name, id, tables.conversations.get(id)?.row)
  }
  const addDocument = (tables: Tables | undefined, kind: string, id: string): void => {
    if (tables !== undefined) documents.add(tables.name, pair(kind, id), tables.documents.get(kind)?.get(id))
  }
  for (const { workspace, id } of request.conversations) addConversation(db.workspaces.get(workspace), id)
  for (const { workspace, kind, id } of request.documents) addDocument(db.workspaces.get(workspace), kind, id)
  for (const { workspace, account, address } of request.identities) {
    const tables = db.workspaces.get(workspace)
    const key = pair(account, address)
    const row = tables?.identities.get(key)
    if (row === undefined) continue
    identities.add(workspace, key, { ...row, workspace })
    addDocument(tables, 'contact', row.contact)
    if (row.conversation !== null) addConversation(tables, row.conversation)
  }
  for (const { workspace, account, externalId } of request.externals) {
    const tables = db.workspaces.get(workspace)
    const key = pair(account, externalId)
    const row = tables?.externals.get(key)
    if (row === undefined) continue
    externals.add(workspace, key, { ...row, workspace })
    addConversation(tables, row.conversation)
  }
  for (const { workspace, conversation, seq } of request.deliveries) {
    const row = db.workspaces.get(workspace)?.conversations.get(conversation)?.deliveries.get(seq)?.delivery
    if (row !== undefined) deliveries.add(workspace, pair(conversation, String(seq)), { ...row, workspace })
  }
  for (const { workspace, scope } of request.counters) {
    for (const [bucket, by] of db.workspaces.get(workspace)?.counters.get(scope) ?? []) {
      counters.add(workspace, pair(scope, bucket), { scope, bucket, by })
    }
  }
  return {
    conversations: [...conversations.rows.values()],
    identities: [...identities.rows.values()],
    externals: [...externals.rows.values()],
    documents: [...documents.rows.values()],
    deliveries: [...deliveries.rows.values()],
    counters: [...counters.rows.values()],
  }
}

/** Where a list begins: below the page before, and not above the time that it goes up to. */
const startOf = ({ after, filter: { to } }: Pick<ListQuery, 'after' | 'filter'>): ListQuery['after'] =>
  to === undefined || (after !== undefined && after.lastActivity <= to) ? after : { lastActivity: to + 1, id: '' }

/** `looked` counts the rows that were looked at, which is what a page costs. */
export const list = (
  db: Database,
  query: ListQuery,
  looked: (rows: number) => void,
): ReadonlyArray<ListedConversation> => {
  const tables = db.workspaces.get(query.workspace)
  const found: ListedConversation[] = []
  if (tables === undefined || query.limit <= 0) return found
  const { from } = query.filter
  descend(tables.order, startOf(query), (cell) => {
    const { row } = cell
    if (from !== undefined && cell.lastActivity < from) return false
    looked(1)
    if (row !== undefined && matches(row, query.visibility, query.filter, (agent) => unreadOf(cell, agent))) {
      found.push({ row, unread: query.reader === null ? 0 : unreadOf(cell, query.reader) })
    }
    return found.length < query.limit
  })
  return found
}

/** How many conversations match, counted no further than asked for. */
export const count = (db: Database, query: CountQuery, looked: (rows: number) => void): number => {
  const tables = db.workspaces.get(query.workspace)
  if (tables === undefined || query.atMost <= 0) return 0
  const { from } = query.filter
  let found = 0
  descend(tables.order, startOf(query), (cell) => {
    const { row } = cell
    if (from !== undefined && cell.lastActivity < from) return false
    looked(1)
    if (row !== undefined && matches(row, query.visibility, query.filter, (agent) => unreadOf(cell, agent))) found += 1
    return found < query.atMost
  })
  return found
}

export const timeline = (db: Database, query: TimelineQuery): Timeline => {
  const cell = db.workspaces.get(query.workspace)?.conversations.get(query.conversation)
  const entries: StoredEntry[] = []
  if (cell === undefined || query.limit <= 0) return { entries, deliveries: [], amendments: [] }
  const take = (place: Logged | undefined): void => {
    if (place?.entry === undefined) return
    if (query.kinds === undefined || query.kinds.includes(place.entry.kind)) entries.push(place.entry)
  }
  const first = query.after === undefined ? 0 : entryIndex(cell.entries, query.after + 1)
  const end = query.before === undefined ? cell.entries.length : entryIndex(cell.entries, query.before)
  if (query.after !== undefined) {
    for (let at = first; at < end && entries.length < query.limit; at += 1) take(cell.entries[at])
  } else {
    for (let at = end - 1; at >= first && entries.length < query.limit; at -= 1) take(cell.entries[at])
    entries.reverse()
  }
  return {
    entries,
    deliveries: entries.flatMap(({ seq }) => cell.deliveries.get(seq)?.delivery ?? []),
    amendments: entries.flatMap(({ seq }) => cell.amendments.get(seq) ?? []),
  }
}

export const stream = (
  db: Database,
  query: { readonly workspace: string; readonly after: number; readonly limit: number },
): StreamPage => {
  const log = db.workspaces.get(query.workspace)?.log ?? emptyLog()
  const items: StreamItem[] = []
  for (let at = indexAfter(log, query.after); at < log.items.length && items.length < query.limit; at += 1) {
    const { position, entry, delivery } = log.items[at] as Logged
    if (entry !== undefined) items.push({ _tag: 'Entry', position, entry })
    else if (delivery !== undefined) items.push({ _tag: 'Delivery', position, delivery })
  }
  return { items, position: items.at(-1)?.position ?? query.after }
}
