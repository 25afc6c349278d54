import pg from 'pg'
import { account, type Inbound } from '../storage-workload.ts'

/**
 * What most would write first: a transaction for each message, a connection for each caller, a statement for each thing,
 * and an answer awaited before the next. Nothing is prepared, as query builders send it.
 */
export const openNaive = (url: string, schema: string, callers: number) => {
  const pool = new pg.Pool({ connectionString: url, max: callers, options: `-c search_path=${schema}` })
  const store = async (message: Inbound): Promise<void> => {
    const { address, externalId, id, contact, version, at, preview, body, state, data, counts } = message
    const [conversation, author] = [bytes(id), bytes(contact)]
    const next = version + 1
    const client = await pool.connect()
    try {
      await client.query('begin')
      const known = await client.query('select conv from identity where ws = 1 and account = $1 and address = $2', [
        account,
        address,
      ])
      if (known.rowCount !== 1) throw new Error('the conversation is missing')
      const former = await client.query('select version from conversation where ws = 1 and id = $1', [conversation])
      if (former.rows[0]?.version !== version) throw new Error('another version is there')
      const fresh = await client.query(
        'insert into external (ws, account, external_id, conv, seq, at) values (1, $1, $2, $3, $4, $5) on conflict do nothing',
        [account, externalId, conversation, next, at],
      )
      if (fresh.rowCount !== 1) throw new Error('the message is there already')
      const changed = await client.query(
        `update conversation set version = $1, seq = $1, inbound = $1, last_by = 0, last_activity = $2, preview = $3, data = $4
         where ws = 1 and id = $5 and version = $6`,
        [next, at, preview, state, conversation, version],
      )
      if (changed.rowCount !== 1) throw new Error('conflict')
      if (counts) {
        await client.query(
          `insert into counter as c (ws, scope, bucket, n) values (1, 'workspace', 'unanswered', 1)
           on conflict (ws, scope, bucket) do update set n = c.n + 1`,
        )
      }
      const head = await client.query('update stream_head set pos = pos + 1 where ws = 1 returning pos')
      await client.query(
        `insert into entry (ws, conv, seq, pos, kind, type, actor_kind, actor, at, body, data)
         values (1, $1, $2, $3, 0, 'MessageReceived', 2, $4, $5, $6, $7)`,
        [conversation, next, head.rows[0].pos, author, at, body, data],
      )
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  return { store, close: () => pool.end() }
}

const bytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')
