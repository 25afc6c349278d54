import pg from 'pg'
import { account } from '../workload.ts'
import type { RawInbound } from './inbound.ts'

/**
 * What most would write first: a transaction for each message, a connection for each caller, a statement for each thing,
 * and an answer awaited before the next. Nothing is prepared, as query builders send it.
 */
export const openNaive = (url: string, schema: string, callers: number) => {
  const pool = new pg.Pool({ connectionString: url, max: callers, options: `-c search_path=${schema}` })
  // Of a connection that nobody uses at the time: whoever uses one hears of it.
  pool.on('error', () => undefined)
  const write = async (client: pg.PoolClient, { message, id, contact }: RawInbound): Promise<void> => {
    const { address, externalId, at, preview, body, state, data, counts } = message
    const known = await client.query('select * from identity where ws = 1 and account = $1 and address = $2', [
      account,
      address,
    ])
    if (known.rowCount !== 1) throw new Error('the conversation is missing')
    // Locked: two messages of one conversation, by two callers, come one after the other.
    const former = await client.query('select * from conversation where ws = 1 and id = $1 for update', [id])
    const next = Number(former.rows[0].version) + 1
    const fresh = await client.query(
      'insert into external (ws, account, external_id, conv, seq, at) values (1, $1, $2, $3, $4, $5) on conflict do nothing',
      [account, externalId, id, next, at],
    )
    if (fresh.rowCount !== 1) throw new Error('the message is there already')
    const changed = await client.query(
      `update conversation set version = $1, seq = $1, inbound = $1, last_by = 0, last_activity = $2, preview = $3, data = $4
       where ws = 1 and id = $5 and version = $1 - 1`,
      [next, at, preview, state, id],
    )
    if (changed.rowCount !== 1) throw new Error('conflict')
    if (counts) {
      await client.query(
        `insert into counter as c (ws, scope, bucket, n) values (1, 'workspace', 'unanswered', 1)
         on conflict (ws, scope, bucket) do update set n = c.n + 1`,
      )
    }
    // As late as can be: everybody who writes to the workspace waits for it.
    const head = await client.query('update stream_head set pos = pos + 1 where ws = 1 returning pos')
    await client.query(
      `insert into entry (ws, conv, seq, pos, kind, type, actor_kind, actor, at, body, data)
       values (1, $1, $2, $3, 0, 'MessageReceived', 2, $4, $5, $6, $7)`,
      [id, next, head.rows[0].pos, contact, at, body, data],
    )
  }
  const store = async (message: RawInbound): Promise<void> => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      await write(client, message)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  return {
    /** Each caller's messages one after the other, all callers at once. */
    storeAll: async (work: ReadonlyArray<ReadonlyArray<RawInbound>>): Promise<void> => {
      const call = async (messages: ReadonlyArray<RawInbound>): Promise<void> => {
        for (const message of messages) await store(message)
      }
      await Promise.all(work.map(call))
    },
    close: () => pool.end(),
  }
}
