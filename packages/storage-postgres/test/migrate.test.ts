import { emptyRequest } from '@guichet/conformance'
import type { Storage } from '@guichet/engine/ports'
import { postgresMigrations } from '@guichet/storage-sql'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { arrival, following, workspace } from '../../../tooling/stores/changesets.ts'
import { type PostgresOptions, postgres } from '../src/index.ts'
import { blockedBy, operator } from './support/operator.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => database.drop())

let schemas = 0
const newest = postgresMigrations.at(-1)?.version ?? 0

/** A schema's name, how a store is opened on it, and somebody else who sees what is in it. */
const place = async (): Promise<{
  readonly schema: string
  readonly open: (options?: PostgresOptions) => Storage
  readonly other: Client
}> => {
  const schema = `migrate_${(schemas += 1)}`
  const open = (options: PostgresOptions = {}): Storage => {
    const store = postgres({ url: database.url, schema, ...options })
    onTestFinished(() => store.close())
    return store
  }
  return { schema, open, other: await operator(database.url, { options: `-c search_path=${schema}` }) }
}

const tables = async (other: Client, schema: string): Promise<ReadonlyArray<string>> =>
  (
    await other.query<{ readonly name: string }>(
      'select table_name as name from information_schema.tables where table_schema = $1 order by 1',
      [schema],
    )
  ).rows.map(({ name }) => name)

const refusing = (run: () => unknown, failure: object): Promise<void> =>
  expect((async () => run())()).rejects.toMatchObject(failure)

/** What an engine does with a store while it runs. */
const operations = (store: Storage): ReadonlyArray<() => unknown> => [
  () => store.commit([arrival(2)]),
  () => store.claim({ kinds: ['deliver'], now: 0, leaseMs: 1, limit: 1 }),
  () => store.load({ ...emptyRequest, conversations: [{ workspace, id: 'x' }] }),
  () => store.nextDue(['deliver']),
  () => store.timeline({ workspace, conversation: 'x', limit: 1 }),
  () => store.stream({ workspace, after: 0, limit: 1 }),
  () => store.position(workspace),
  () => store.list({ workspace, visibility: { _tag: 'All' }, filter: {}, reader: null, limit: 1 }),
  () => store.counters(workspace, ['workspace']),
  () => store.settings(workspace),
  () => store.workspaces(),
]

describe('migrations', () => {
  test('are numbered from 1 without gaps', () => {
    expect(postgresMigrations.map(({ version }) => version)).toEqual(postgresMigrations.map((_, index) => index + 1))
  })

  test('of engines that start together are done by one of them', async () => {
    const { open, other, schema } = await place()
    const stores = Array.from({ length: 4 }, () => open())
    await Promise.all(stores.map((store) => store.migrate()))
    expect((await other.query('select version from schema_version')).rows).toEqual([{ version: newest }])
    expect(await tables(other, schema)).toContain('conversation')
    expect(await stores[3]?.commit([arrival(1)])).toMatchObject([{ position: 1 }])
  })

  test('run again change nothing and lose nothing', async () => {
    const { open, other, schema } = await place()
    await open().migrate()
    await open().commit([arrival(1)])
    const before = await tables(other, schema)
    await open().migrate()
    expect(await tables(other, schema)).toEqual(before)
    expect(await open().workspaces()).toEqual([workspace])
  })

  test('that fail half way leave nothing, and succeed when the cause is gone', async () => {
    const { open, other, schema } = await place()
    await other.query(`create schema ${schema}; create table quarantine (x integer)`)
    await refusing(() => open().migrate(), { code: '42P07', retryable: false })
    expect(await tables(other, schema)).toEqual(['quarantine'])
    await other.query('drop table quarantine')
    const store = open()
    await store.migrate()
    expect(await store.commit([arrival(1)])).toMatchObject([{ position: 1 }])
  })

  test('wait for the commits that are under way, and leave nothing when they are ended meanwhile', async () => {
    const { open, other, schema } = await place()
    await other.query(`create schema ${schema}; create table schema_version (version integer not null)`)
    await other.query('insert into schema_version values (0)')
    await other.query('begin; select version from schema_version')
    const ended = refusing(() => open().migrate(), { code: '57P01', retryable: true })
    await other.query('select pg_terminate_backend($1)', [await blockedBy(other)])
    await ended
    expect(await tables(other, schema)).toEqual(['schema_version'])
    const store = open()
    const migrated = store.migrate()
    await blockedBy(other)
    await other.query('commit')
    await migrated
    expect(await store.commit([arrival(1)])).toMatchObject([{ position: 1 }])
  })
})

describe('tables of another version', () => {
  test('are refused when they are newer, by every operation that writes, and left as they are', async () => {
    const { open, other, schema } = await place()
    await open().migrate()
    await other.query('update schema_version set version = 99')
    const before = await tables(other, schema)
    for (const migrate of ['auto', 'check'] as const) {
      await refusing(() => open({ migrate }).migrate(), {
        code: 'ERR_NEWER_DATABASE',
        retryable: false,
        message: expect.stringContaining('update @guichet/storage-postgres'),
      })
    }
    await refusing(() => open().commit([arrival(1)]), { code: 'ERR_NEWER_DATABASE' })
    expect(await tables(other, schema)).toEqual(before)
  })

  test('are refused when they are older and the host migrates by itself', async () => {
    const { open, other, schema } = await place()
    const refused = {
      code: 'ERR_NOT_MIGRATED',
      retryable: false,
      message: expect.stringMatching(/no tables in schema .*: call migrate/),
    }
    await refusing(() => open({ migrate: 'check' }).migrate(), refused)
    expect(await tables(other, schema)).toEqual([])
    await open().migrate()
    await open({ migrate: 'check' }).migrate()
  })

  test('that were never made are named by every operation, which works once they are there', async () => {
    const { open } = await place()
    const store = open()
    for (const operation of operations(store)) {
      await refusing(operation, {
        code: 'ERR_NOT_MIGRATED',
        retryable: false,
        message: expect.stringContaining('call migrate first'),
      })
    }
    await open().migrate()
    for (const operation of operations(store)) await operation()
  })

  test('that lose one of them are to be restored', async () => {
    const { open, other } = await place()
    const store = open()
    await store.migrate()
    await store.commit([arrival(1)])
    await other.query('alter table counter rename to taken')
    await refusing(() => store.commit([arrival(2)]), {
      code: 'ERR_NOT_MIGRATED',
      retryable: false,
      message: expect.stringMatching(/missing or damaged.*backup.*counter/),
    })
    await other.query('alter table taken rename to counter')
    expect(await store.commit([arrival(2)])).toMatchObject([{ position: 2 }])
  })
})

describe('an engine that runs while a newer one migrates', () => {
  /** What a newer library does. */
  const migrating = `begin; lock table schema_version in access exclusive mode;
    alter table counter add column since integer; update schema_version set version = version + 1`
  const queued = { id: 'w', kind: 'deliver', lane: 'l', due: 0, key: null, payload: '{}' }

  test('waits, and goes on when the migration comes to nothing', async () => {
    const { open, other } = await place()
    const store = open()
    await store.migrate()
    await store.commit([arrival(1)])
    await other.query(migrating)
    const writing = store.commit([following(1, 2)])
    await blockedBy(other)
    await other.query('rollback')
    expect(await writing).toEqual([{ _tag: 'Committed', position: 2 }])
  })

  test('writes nothing and takes no work any more when it is done, and goes on where it is undone', async () => {
    const { open, other } = await place()
    const store = open()
    await store.migrate()
    await store.commit([{ ...arrival(1), work: [queued] }])
    await other.query(migrating)
    const claim = { kinds: ['deliver'], now: 0, leaseMs: 60_000, limit: 1 }
    const refused = { code: 'ERR_NEWER_DATABASE', retryable: false, message: expect.stringContaining('update') }
    const writing = refusing(() => store.commit([following(1, 2)]), refused)
    await blockedBy(other)
    await other.query('commit')
    await writing
    await refusing(() => store.claim(claim), refused)
    const { rows } = await other.query('select pos::integer, attempts::integer from stream_head, work')
    expect(rows).toEqual([{ pos: 1, attempts: 0 }])
    await other.query('alter table counter drop column since; update schema_version set version = version - 1')
    expect(await store.commit([following(1, 2)])).toEqual([{ _tag: 'Committed', position: 2 }])
    expect(await store.claim(claim)).toMatchObject([{ id: 'w', attempts: 1 }])
  })

  test('marks nothing as read, indexes nothing and names no workspace any more, and goes on where it is undone', async () => {
    const { open, other } = await place()
    const store = open()
    await store.migrate()
    await store.commit([arrival(1)])
    await other.query(migrating)
    const refused = { code: 'ERR_NEWER_DATABASE', retryable: false, message: expect.stringContaining('update') }
    const marking = () => store.markRead({ workspace, agent: 'ana', visibility: { _tag: 'All' }, filter: {} })
    const waiting = refusing(marking, refused)
    await blockedBy(other)
    await other.query('commit')
    await waiting
    await refusing(() => store.index(10), refused)
    await refusing(() => store.commit([{ ...arrival(1), workspace: 'new' }]), refused)
    for (const table of ['read_mark', 'search', 'search_mark', "workspace where name = 'new'"]) {
      expect((await other.query(`select from ${table}`)).rowCount).toBe(0)
    }
    await other.query('alter table counter drop column since; update schema_version set version = version - 1')
    await marking()
    expect((await other.query('select read::integer from read_mark')).rows).toEqual([{ read: 1 }])
    expect(await store.index(10)).toBe(1)
    expect(await store.commit([{ ...arrival(1), workspace: 'new' }])).toMatchObject([{ _tag: 'Committed' }])
  })
})
