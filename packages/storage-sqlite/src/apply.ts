import type { Changeset, CommitResult, CounterDelta, StoredDelivery, StoredIdentity } from '@guichet/engine/ports'
import { encodeId, type Id, writeEntry, writeIdentity } from '@guichet/storage-sql'
import type { Connection } from './connection.ts'
import { putConversation } from './conversation.ts'
import { putDocument } from './documents.ts'
import { forget } from './search.ts'
import { cancelWork, putWork, settleWork } from './work.ts'

/** A transaction in progress. */
export interface Writer {
  readonly connection: Connection
  readonly count: (ws: number, delta: CounterDelta) => void
  /** What a counter stands at, with what this transaction has added to it so far. */
  readonly sumOf: (ws: number, scope: string, bucket: string) => number
  /** The last position given. */
  position: number
  /** Whether anything of the current changeset has been written. */
  touched: boolean
}

const putIdentity = ({ connection: { sql } }: Writer, ws: number, row: StoredIdentity): boolean => {
  const identity = writeIdentity(ws, row)
  return row.version === 1
    ? sql.insertIdentity.run(identity) > 0
    : sql.updateIdentity.run({ ...identity, expected: row.version - 1 }) > 0
}

const putDelivery = (to: Writer, ws: number, row: StoredDelivery): boolean => {
  const { sql } = to.connection
  const delivery = {
    pos: to.position + 1,
    ws,
    conv: encodeId(row.conversation),
    seq: row.seq,
    account: row.account,
    status: row.status,
    version: row.version,
    data: row.data,
  }
  const changed =
    row.version === 1
      ? sql.insertDelivery.run(delivery)
      : sql.updateDelivery.run({ ...delivery, expected: row.version - 1 })
  if (changed === 0) return false
  to.position = delivery.pos
  return true
}

/** The whole journal of a conversation, or one entry of it. */
const erase = ({ connection }: Writer, ws: number, conv: Id, seq: number | 'all', data = '{}'): void => {
  const { sql } = connection
  const range =
    seq === 'all'
      ? { ws, conv, after: -1, before: Number.MAX_SAFE_INTEGER }
      : { ws, conv, after: seq - 1, before: seq + 1 }
  forget(connection, range)
  sql.blankEntries.run({ ...range, data })
  if (seq === 'all') sql.deleteAmendments.run({ ws, conv })
  else sql.deleteAmendment.run({ ws, conv, seq })
}

/** Whether no counter ends up above what the changeset allows; asked before anything of it is written. */
const withinLimits = ({ sumOf }: Writer, ws: number, { counters, limits }: Changeset): boolean =>
  limits.every(({ scope, bucket, atMost }) => {
    const added = counters.reduce((sum, one) => (one.scope === scope && one.bucket === bucket ? sum + one.by : sum), 0)
    return sumOf(ws, scope, bucket) + added <= atMost
  })

const isMessage = ({ kind }: Changeset['entries'][number]): boolean => kind === 'in' || kind === 'out'

const conflict: CommitResult = { _tag: 'Conflict' }

/**
 * Writes a changeset, or answers that something it expects is not so, and then part of it may have been written. What it
 * ends, cancels and erases is what was there before it; what it adds comes after.
 */
export const apply = (to: Writer, change: Changeset): CommitResult => {
  const { connection } = to
  const { sql } = connection
  const known = connection.workspaces.find(change.workspace)
  const ws = known ?? connection.workspaces.findOrInsert(change.workspace)
  if (known === undefined) to.touched = true

  if (!withinLimits(to, ws, change)) return conflict
  const moves = change.entries.some(isMessage)
  for (const { row, expected } of change.conversations) {
    if (!putConversation(connection, ws, row, expected, moves)) return conflict
    to.touched = true
  }
  for (const { account, externalId, conversation, seq, at } of change.externals) {
    const external = { ws, account, external_id: externalId, conv: encodeId(conversation), seq, at }
    if (sql.insertExternal.run(external) === 0) return conflict
    to.touched = true
  }
  for (const { account, externalId, conversation, seq, at } of change.moveExternals) {
    const external = { ws, account, external_id: externalId, conv: encodeId(conversation), seq, at }
    if (sql.moveExternal.run(external) === 0) return conflict
    to.touched = true
  }
  for (const { account, address } of change.dropIdentities) {
    sql.dropIdentity.run({ ws, account, address })
    to.touched = true
  }
  for (const row of change.identities) {
    if (!putIdentity(to, ws, row)) return conflict
    to.touched = true
  }
  for (const document of change.documents) {
    if (!putDocument(connection, ws, document)) return conflict
    to.touched = true
  }
  for (const settlement of change.settle) {
    if (!settleWork(connection, ws, settlement)) return { _tag: 'Conflict', over: 'work' }
    to.touched = true
  }
  for (const { kind, key } of change.cancel) {
    cancelWork(connection, ws, kind, key)
    to.touched = true
  }
  for (const { conversation, seq, data } of change.erase) {
    erase(to, ws, encodeId(conversation), seq, data)
    to.touched = true
  }
  for (const entry of change.entries) {
    const conv = encodeId(entry.conversation)
    if (sql.insertEntry.run(writeEntry(ws, conv, to.position + 1, entry)) === 0) return conflict
    to.position += 1
    to.touched = true
  }
  for (const delivery of change.deliveries) {
    if (!putDelivery(to, ws, delivery)) return conflict
    to.touched = true
  }
  applyUnconditional(to, ws, change)
  return { _tag: 'Committed', position: to.position }
}

/** What expects nothing. */
const applyUnconditional = (to: Writer, ws: number, change: Changeset): void => {
  const { connection } = to
  const { sql } = connection
  for (const { conversation, seq, data } of change.amendments) {
    sql.putAmendment.run({ ws, conv: encodeId(conversation), seq, data })
  }
  for (const work of change.work) putWork(connection, ws, work)
  for (const id of change.unpark) sql.unpark.run({ ws, id: encodeId(id) })
  for (const { id, account, externalId, at, data } of change.park) {
    sql.park.run({ ws, id: encodeId(id), account, external_id: externalId, at, data })
  }
  for (const { conversation, agent, mode, at, data } of change.drafts) {
    const key = { ws, conv: encodeId(conversation), agent, mode }
    if (data === null) sql.deleteDraft.run(key)
    else sql.putDraft.run({ ...key, at, data })
  }
  for (const { kind, id, data } of change.settings) {
    if (data === null) sql.deleteSetting.run({ ws, kind, id })
    else sql.putSetting.run({ ws, kind, id, data })
  }
  for (const id of change.release) sql.release.run({ ws, id: encodeId(id) })
  for (const { id, account, at, reason, head, body } of change.quarantine) {
    sql.quarantine.run({ ws, id: encodeId(id), account, at, reason, head, body })
  }
  for (const delta of change.counters) to.count(ws, delta)
}
