import { createEngine, type Engine } from '@guichet/engine'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { plainChannel } from '../../../tooling/channels/plain-channel.ts'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { postgres } from '../src/index.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => database.drop())

/** A request is one message, and where it comes from is what it says. */
const notes = plainChannel({
  name: 'notes',
  parse: ({ body }) => {
    const text = new TextDecoder().decode(body)
    return [
      {
        _tag: 'MessageReceived',
        externalId: text,
        from: { address: text },
        parts: [{ _tag: 'Text', text }],
        sentAt: 0,
      },
    ]
  },
})

const openEngine = async (): Promise<Engine> => {
  const engine = await createEngine({ storage: postgres({ url: database.url }), channels: { notes } })
  onTestFinished(engine.close)
  return engine
}

const workspaces = ['acme', 'globex']
const old = Date.UTC(2020, 0, 1)
const many = 300

const setUp = async (engine: Engine): Promise<void> => {
  for (const name of workspaces) {
    const workspace = engine.workspace(name)
    await workspace.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
    await workspace.accounts.put({ id: 'box', channel: 'notes', queue: 'desk' })
  }
  const imported = await Promise.all(
    Array.from({ length: many }, (_, n) =>
      engine.workspace('acme').import({
        account: 'box',
        externalId: `old ${n}`,
        source: 'the old inbox',
        from: { address: `old ${n}` },
        status: 'closed',
        messages: [{ direction: 'in', sentAt: old, parts: [{ _tag: 'Text', text: `long ago ${n}` }] }],
      }),
    ),
  )
  expect(imported.filter(({ ok }) => !ok)).toEqual([])
}

/** Locks that would keep others from writing to a whole table. A table that grows is locked too, but as an `extend`: for the moment in which a page is added. */
const tableLocks = `
  select c.relname, l.mode from pg_locks l join pg_class c on c.oid = l.relation
  where c.relnamespace = 'guichet'::regnamespace and c.relkind = 'r' and l.locktype = 'relation'
    and l.mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock')`

test('retention lets whoever writes go on, in its own workspace and in others, and locks no table', async () => {
  const [keeper, other] = [await openEngine(), await openEngine()]
  await setUp(keeper)
  const client = new Client({ connectionString: database.url })
  await client.connect()
  onTestFinished(() => client.end())
  await keeper.workspace('acme').retention.put({ closedDays: 365, spamDays: null, archivedDays: null })

  let running = true
  const deleting = keeper
    .workspace('acme')
    .retention.run()
    .finally(() => {
      running = false
    })
  const written = new Map(workspaces.map((name) => [name, 0]))
  const locks: Array<unknown> = []
  const writing = async (name: string): Promise<void> => {
    for (let n = 0; running; n += 1) {
      const request = new Request('http://host.test/', { method: 'POST', body: `${name} ${n}` })
      expect((await other.receive(`${name}/box`, request)).status).toBe(200)
      if (running) written.set(name, n + 1)
    }
  }
  const looking = async (): Promise<void> => {
    while (running) locks.push(...(await client.query(tableLocks)).rows)
  }
  await Promise.all([deleting, looking(), ...workspaces.map(writing)])
  expect(await deleting).toEqual({ deleted: many })
  for (const name of workspaces) expect(written.get(name), name).toBeGreaterThan(2)
  expect(locks).toEqual([])
  const texts = await client.query(
    `select count(*)::integer as n from guichet.entry where body like 'long ago%' or data like '%long ago%'`,
  )
  expect(texts.rows).toEqual([{ n: 0 }])
})
