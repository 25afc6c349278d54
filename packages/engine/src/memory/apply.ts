import type { Changeset, CounterDelta, StoredConversation, StoredDelivery, StoredEntry } from '../ports/storage.ts'
import { putDocument } from './documents.ts'
import { type Logged, leave } from './log.ts'
import { insert, remove } from './ordered.ts'
import { pair } from './pair.ts'
import { forgetWords } from './search.ts'
import { type Cell, cellOf, type Database, entryIndex, type Tables, tablesOf } from './tables.ts'
import { cancel, put, settle } from './work.ts'

const append = (
  db: Database,
  tables: Tables,
  entry: StoredEntry | undefined,
  delivery: StoredDelivery | undefined,
): Logged => {
  db.position += 1
  const place: Logged = { position: db.position, workspace: tables.name, entry, delivery }
  db.log.items.push(place)
  tables.log.items.push(place)
  return place
}

const putConversation = (tables: Tables, row: StoredConversation): void => {
  const cell = cellOf(tables, row.id)
  if (cell.row !== undefined && cell.lastActivity === row.lastActivity) {
    cell.row = row
    return
  }
  if (cell.row !== undefined) remove(tables.order, cell)
  cell.row = row
  cell.lastActivity = row.lastActivity
  insert(tables.order, cell)
}

const appendEntry = (db: Database, tables: Tables, entry: StoredEntry): void => {
  const { entries } = cellOf(tables, entry.conversation)
  const place = append(db, tables, entry, undefined)
  const last = entries.at(-1)?.entry
  if (last === undefined || last.seq < entry.seq) entries.push(place)
  else entries.splice(entryIndex(entries, entry.seq), 0, place)
}

const putDelivery = (db: Database, tables: Tables, delivery: StoredDelivery): void => {
  const { deliveries } = cellOf(tables, delivery.conversation)
  const former = deliveries.get(delivery.seq)
  if (former !== undefined) {
    former.delivery = undefined
    leave(db.log)
    leave(tables.log)
  }
  deliveries.set(delivery.seq, append(db, tables, undefined, delivery))
}

const erase = (tables: Tables, cell: Cell, seq: number | 'all', data = '{}'): void => {
  for (const place of seq === 'all' ? cell.entries : [cell.entries[entryIndex(cell.entries, seq)]]) {
    if (place?.entry === undefined || (seq !== 'all' && place.entry.seq !== seq)) continue
    forgetWords(tables, place)
    place.entry = { ...place.entry, body: null, data }
  }
  if (seq === 'all') cell.amendments.clear()
  else cell.amendments.delete(seq)
}

const count = (tables: Tables, { scope, bucket, by }: CounterDelta): void => {
  const buckets = tables.counters.get(scope) ?? new Map<string, number>()
  const sum = (buckets.get(bucket) ?? 0) + by
  if (sum === 0) buckets.delete(bucket)
  else buckets.set(bucket, sum)
  if (buckets.size === 0) tables.counters.delete(scope)
  else tables.counters.set(scope, buckets)
}

/**
 * Stores a changeset whose expectations hold. What it ends, cancels and erases is what was there before it; what it
 * adds comes after, so that work may be settled and put again under its key, and what replaces erased words stays.
 */
export const apply = (db: Database, change: Changeset): void => {
  const tables = tablesOf(db, change.workspace)
  for (const settlement of change.settle) settle(db.work, change.workspace, settlement)
  for (const { kind, key } of change.cancel) cancel(db.work, change.workspace, kind, key)
  for (const { conversation, seq, data } of change.erase) {
    const cell = tables.conversations.get(conversation)
    if (cell !== undefined) erase(tables, cell, seq, data)
  }
  for (const id of change.unpark) tables.parked.delete(id)
  for (const id of change.release) tables.quarantine.delete(id)
  for (const { account, address } of change.dropIdentities) tables.identities.delete(pair(account, address))

  for (const { row } of change.conversations) putConversation(tables, row)
  for (const row of change.identities) tables.identities.set(pair(row.account, row.address), row)
  for (const row of change.documents) putDocument(tables, row)
  for (const row of change.externals) tables.externals.set(pair(row.account, row.externalId), row)
  for (const row of change.moveExternals) tables.externals.set(pair(row.account, row.externalId), row)
  for (const row of change.entries) appendEntry(db, tables, row)
  for (const row of change.deliveries) putDelivery(db, tables, row)
  for (const row of change.amendments) cellOf(tables, row.conversation).amendments.set(row.seq, row)
  for (const row of change.work) put(db.work, change.workspace, row)
  for (const row of change.park) tables.parked.set(row.id, row)
  for (const row of change.drafts) {
    const key = pair(row.conversation, pair(row.agent, row.mode))
    if (row.data === null) tables.drafts.delete(key)
    else tables.drafts.set(key, row)
  }
  for (const row of change.settings) {
    const key = pair(row.kind, row.id)
    if (row.data === null) tables.settings.delete(key)
    else tables.settings.set(key, row)
  }
  // Bytes are the one thing in a changeset that its maker could still change.
  for (const row of change.quarantine) tables.quarantine.set(row.id, { ...row, body: row.body.slice() })
  for (const delta of change.counters) count(tables, delta)
}
