import { storageCases, titleOf } from '@guichet/conformance'
import type { Storage } from '@guichet/engine/ports'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { installedPgBouncer, type PgBouncer, startPgBouncer } from '../../../tooling/postgres/pgbouncer.ts'
import { arrival, changeset, entry, following } from '../../../tooling/stores/changesets.ts'
import { populate } from '../../../tooling/stores/population.ts'
import { postgres } from '../src/index.ts'
import { type Asked, readAsked } from './support/asked.ts'
import { proxyTo } from './support/proxy.ts'
import { rawReader } from './support/raw-reader.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => database.drop())

/** Uses each way that the store has to speak to the server. */
const useAllOf = async (store: Storage): Promise<void> => {
  await store.migrate()
  await store.commit([arrival(1), following(1, 2)])
  await store.load({
    conversations: [{ workspace: 'acme', id: '0198c0de-0000-7000-8000-000000000001' }],
    identities: [],
    externals: [],
    documents: [],
    deliveries: [],
    counters: [],
  })
  await populate(store, 100)
  await store.index(100)
  const all = { workspace: 'acme', visibility: { _tag: 'All' }, filter: {} } as const
  await store.search({ ...all, words: ['bonjour'], limit: 10 })
  await store.count({ ...all, atMost: 10 })
  await store.claim({ kinds: ['deliver'], now: Date.now(), leaseMs: 1_000, limit: 10 })
  await store.stream({ workspace: 'acme', after: 0, limit: 10 })
  const heard: Array<string> = []
  store.watch?.((workspace) => heard.push(workspace))
  store.whisper?.say('acme', 'ana types')
  await store.commit([following(1, 3)])
  await expect.poll(() => heard).toContain('acme')
}

/** What a connection would remember after the transaction that it is asked in. */
const stays = /^\s*(set\s+(?!local)|listen|unlisten|declare|prepare|deallocate|load|create\s+temp)|advisory_lock/im

describe('a store that is pooled', () => {
  test('leaves nothing on a connection and looks for nothing there, as each of its transactions may meet another', async () => {
    const asked: Array<Asked> = []
    const proxy = await proxyTo(database.url, () => readAsked((one) => asked.push(one)))
    onTestFinished(proxy.close)
    const store = postgres({ url: proxy.url, schema: 'on_the_wire', pooled: true, pollMs: 20 })
    onTestFinished(store.close)
    await useAllOf(store)
    expect(asked.filter((one) => one._tag !== 'Query' && one.name !== '')).toEqual([])
    const texts = asked.flatMap((one) => (one._tag === 'Bind' ? [] : one.text.split(';')))
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => stays.test(text))).toEqual([])
  })

  test('is the only one that does: the others name their statements, and listen', async () => {
    const asked: Array<Asked> = []
    const proxy = await proxyTo(database.url, () => readAsked((one) => asked.push(one)))
    onTestFinished(proxy.close)
    const store = postgres({ url: proxy.url, schema: 'direct', pollMs: 20 })
    onTestFinished(store.close)
    await useAllOf(store)
    expect(asked.some((one) => one._tag === 'Parse' && one.name !== '')).toBe(true)
    expect(asked.some((one) => one._tag !== 'Bind' && stays.test(one.text))).toBe(true)
  })
})

/** Other areas ask in the same ways. */
const areas = new Set(['commit', 'limits', 'lanes', 'search', 'stream', 'migrate', 'close'])

const program = installedPgBouncer()
if (program === undefined) console.warn('SKIPPED: no pgbouncer here (Debian: apt-get install pgbouncer)')

describe.skipIf(program === undefined)(
  'through PgBouncer, which gives wiped connections away after each transaction',
  () => {
    let pooler: PgBouncer
    beforeAll(async () => {
      pooler = await startPgBouncer(program ?? '', database.url)
    })
    afterAll(() => pooler.stop())

    let opened = 0
    const schemas = new WeakMap<Storage, string>()
    const schemaOf = (store: Storage): string => schemas.get(store) ?? ''
    const open = async (schema: string): Promise<Storage> => {
      const store = postgres({ url: pooler.url, schema, pooled: true, leaseClock: 'caller' })
      schemas.set(store, schema)
      await store.migrate()
      return store
    }
    const cases = storageCases({
      open: () => open(`store_${(opened += 1)}`),
      reopen: async (store) => {
        await store.close()
        return open(schemaOf(store))
      },
      raw: (store) => rawReader(database.url, schemaOf(store)),
    })
    test('what is said to one connection is gone when the next transaction begins', async () => {
      const client = new Client({ connectionString: pooler.url })
      await client.connect()
      onTestFinished(() => client.end())
      await client.query('set jit = off; prepare mine as select 1; select pg_advisory_lock(1)')
      expect((await client.query('show jit')).rows).toEqual([{ jit: 'on' }])
      expect((await client.query('select name from pg_prepared_statements')).rows).toEqual([])
      expect((await client.query("select 1 from pg_locks where locktype = 'advisory'")).rows).toEqual([])
    })

    for (const each of cases.filter(({ area }) => areas.has(area))) test(titleOf(each), each.run)

    test('news are heard on a direct way beside it, and found by asking without one', async () => {
      const options = { url: pooler.url, schema: 'news', pooled: true }
      const one = postgres({ ...options, listen: database.url, pollMs: 60_000 })
      const other = postgres({ ...options, pollMs: 20 })
      const third = postgres({ ...options, listen: database.url, pollMs: 60_000 })
      onTestFinished(async () => void (await Promise.all([one, other, third].map((store) => store.close()))))
      await one.migrate()
      await one.commit([arrival(1)])
      const [, byAsking, listening] = [one, other, third].map((store) => {
        const heard: Array<string> = []
        store.watch?.((workspace) => heard.push(workspace))
        return heard
      })
      // Whoever begins to listen hears of everything: that is waited for, so that what comes later is news.
      await other.stream({ workspace: 'acme', after: 0, limit: 10 })
      await expect.poll(() => listening).toContain('acme')
      await one.commit([arrival(2)])
      await one.commit([changeset({ workspace: 'other', entries: [entry(1, 1)] })])
      await expect.poll(() => listening).toContain('other')
      await expect.poll(() => byAsking).toContain('acme')
    })
  },
)
