import Database from 'better-sqlite3'
import { account } from '../workload.ts'
import type { RawInbound } from './inbound.ts'

/**
 * What the same work costs without a library: hand-written statements, prepared once, over the same tables, with the
 * settings of the store. Only the columns that change are set, and ids come as bytes.
 */
export const openFloor = (file: string) => {
  const db = new Database(file)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('journal_size_limit = 67108864')
  db.pragma('cache_size = -65536')
  db.pragma('secure_delete = fast')
  const identity = db.prepare('select * from identity where ws = 1 and account = ? and address = ?')
  const conversation = db.prepare('select * from conversation where ws = 1 and id = ?')
  const external = db.prepare(
    'insert into external (ws, account, external_id, conv, seq, at) values (1, ?, ?, ?, ?, ?) on conflict do nothing',
  )
  const entry = db.prepare(
    `insert into entry (ws, conv, seq, kind, type, actor_kind, actor, at, body, data)
     values (1, ?, ?, 0, 'MessageReceived', 2, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    `update conversation set version = ?, seq = ?, inbound = ?, last_by = 0, last_activity = ?, preview = ?, data = ?
     where ws = 1 and id = ? and version = ?`,
  )
  const counter = db.prepare(
    `insert into counter (ws, scope, bucket, n) values (1, 'workspace', 'unanswered', 1)
     on conflict do update set n = n + 1`,
  )
  const store = ({ message, id, contact }: RawInbound): void => {
    const { address, externalId, version, at, preview, body, state, data, counts } = message
    if (identity.get(account, address) === undefined || conversation.get(id) === undefined) {
      throw new Error('the conversation is missing')
    }
    const next = version + 1
    if (external.run(account, externalId, id, next, at).changes === 0) throw new Error('the message is there already')
    if (update.run(next, next, next, at, preview, state, id, version).changes === 0) throw new Error('conflict')
    entry.run(id, next, contact, at, body, data)
    if (counts) counter.run()
  }
  const transaction = db.transaction((messages: ReadonlyArray<RawInbound>) => {
    for (const message of messages) store(message)
  })
  return {
    commit: (messages: ReadonlyArray<RawInbound>): void => transaction.immediate(messages),
    close: (): void => {
      db.close()
    },
  }
}
