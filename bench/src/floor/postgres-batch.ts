import pg from 'pg'
import { account } from '../workload.ts'
import type { RawInbound } from './inbound.ts'

const load = {
  name: 'floor_load',
  text: `select i.*, c.* from unnest($1::text[]) a(address)
    join identity i on i.ws = 1 and i.account = $2 and i.address = a.address
    join conversation c on c.ws = 1 and c.id = i.conv`,
}

/** One statement for a batch: what it expects, what it writes, and a division by zero where the two do not agree. */
const commit = {
  name: 'floor_commit',
  text: `with i as (
      select * from unnest(
        $1::bytea[], $2::bytea[], $3::text[], $4::integer[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[]
      ) with ordinality as i(id, contact, external_id, version, at, preview, state, body, data, ord)
    ),
    head as (update stream_head set pos = pos + $10::bigint where ws = 1 returning pos),
    known as (
      insert into external (ws, account, external_id, conv, seq, at)
      select 1, $11::text, i.external_id, i.id, i.version + 1, i.at from i, head
    ),
    lines as (
      insert into entry (ws, conv, seq, pos, kind, type, actor_kind, actor, at, body, data)
      select 1, i.id, i.version + 1, head.pos - $10::bigint + i.ord, 0, 'MessageReceived', 2, i.contact, i.at, i.body, i.data
      from i, head
    ),
    done as (
      update conversation c set version = i.version + 1, seq = i.version + 1, inbound = i.version + 1, last_by = 0,
        last_activity = i.at, preview = i.preview, data = i.state
      from i, head where c.ws = 1 and c.id = i.id and c.version = i.version
      returning 1
    ),
    counted as (
      insert into counter as c (ws, scope, bucket, n) select 1, 'workspace', 'unanswered', $12::bigint from head
      on conflict (ws, scope, bucket) do update set n = c.n + excluded.n
    )
    select 1 / (case when (select count(*) from done) = $10::bigint then 1 else 0 end)`,
}

/**
 * The best that we know to write by hand: messages wait while a connection is busy and go together when one is free, on
 * two connections, in two round trips a batch, with statements that are parsed and planned once.
 */
export const openBatching = async (url: string, schema: string) => {
  const settings =
    'plan_cache_mode=force_generic_plan enable_seqscan=off enable_hashjoin=off enable_mergejoin=off jit=off'
  const options = [`search_path=${schema}`, ...settings.split(' ')].map((setting) => `-c ${setting}`).join(' ')
  const clients = [0, 1].map(() => new pg.Client({ connectionString: url, options }))
  await Promise.all(clients.map((client) => client.connect()))

  const write = async (client: pg.Client, messages: ReadonlyArray<RawInbound>): Promise<void> => {
    const found = await client.query({
      ...load,
      rowMode: 'array',
      values: [messages.map(({ message }) => message.address), account],
    })
    if (found.rowCount !== messages.length) throw new Error('a conversation is missing')
    await client.query({
      ...commit,
      values: [
        messages.map(({ id }) => id),
        messages.map(({ contact }) => contact),
        messages.map(({ message }) => message.externalId),
        messages.map(({ message }) => message.version),
        messages.map(({ message }) => message.at),
        messages.map(({ message }) => message.preview),
        messages.map(({ message }) => message.state),
        messages.map(({ message }) => message.body),
        messages.map(({ message }) => message.data),
        messages.length,
        account,
        messages.filter(({ message }) => message.counts).length,
      ],
    })
  }
  return {
    /** Batches that are there already, taken by whichever connection is free. */
    writeAll: async (batches: ReadonlyArray<ReadonlyArray<RawInbound>>): Promise<void> => {
      const queue = [...batches]
      await Promise.all(
        clients.map(async (client) => {
          for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) await write(client, batch)
        }),
      )
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}
