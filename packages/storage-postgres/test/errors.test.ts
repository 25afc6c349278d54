import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Storage } from '@guichet/engine/ports'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { type Postgres, startPostgres } from '../../../tooling/postgres/start.ts'
import { arrival, following, workspace } from '../../../tooling/stores/changesets.ts'
import { type PostgresOptions, postgres } from '../src/index.ts'
import { blockedBy, operator, setDatabase } from './support/operator.ts'

let shared: FreshDatabase
beforeAll(async () => {
  shared = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => shared.drop())

const opened = (options: PostgresOptions): Storage => {
  const store = postgres(options)
  onTestFinished(() => store.close())
  return store
}

const fresh = async (): Promise<string> => {
  const { url, drop } = await freshDatabase(inject('databaseUrl'))
  onTestFinished(drop)
  return url
}

let schemas = 0

/** A store with one message in it, and somebody else who sees its tables. */
const open = async (
  options: PostgresOptions & { readonly patient?: true } = {},
): Promise<readonly [store: Storage, other: Client]> => {
  const { patient, ...given } = options
  const schema = `errors_${(schemas += 1)}`
  const store = opened({ url: shared.url, schema, ...given })
  await store.migrate()
  await store.commit([arrival(1)])
  const patience = patient === true ? ' -c deadlock_timeout=60s' : ''
  return [store, await operator(given.url ?? shared.url, { options: `-c search_path=${schema}${patience}` })]
}

const rejection = (run: () => unknown): Promise<unknown> =>
  (async () => run())().then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error,
  )

/** A failure by its code, whose message says what happened and what to do. */
const failing = (code: string, retryable: boolean, message: RegExp) => ({
  code,
  retryable,
  message: expect.stringMatching(message),
})

const holdStream = 'begin; update stream_head set pos = pos'
const second = { _tag: 'Committed', position: 2 }
const claim = { kinds: ['deliver'], now: 0, leaseMs: 1_000, limit: 1 }

describe('a transaction that another one is in the way of', () => {
  test('40P01 is done again at once when it was undone to end a deadlock', async () => {
    const [store, other] = await open({ patient: true })
    await other.query('begin; select from conversation for update')
    const writing = store.commit([following(1, 2)])
    await blockedBy(other)
    await other.query('update stream_head set pos = pos; commit')
    expect(await writing).toEqual([second])
  })

  test('40001 is done again at once where the database is stricter than it has to be', async () => {
    const url = await fresh()
    await setDatabase(await operator(url), 'default_transaction_isolation = serializable')
    const [store, other] = await open({ url })
    await other.query(holdStream)
    const writing = store.commit([following(1, 2)])
    await blockedBy(other)
    await other.query('commit')
    expect(await writing).toEqual([second])
  })

  test('55P03 may be tried again when it has waited for a lock for as long as the host lets it', async () => {
    const [store, other] = await open({ client: { lock_timeout: 50 } })
    await other.query(holdStream)
    expect(await rejection(() => store.commit([following(1, 2)]))).toMatchObject(
      failing('55P03', true, /lock timeout: .*pg_stat_activity/),
    )
    await other.query('rollback')
    expect(await store.commit([following(1, 2)])).toEqual([second])
  })

  test('57014 may be tried again when it took longer than an answer may, and its connection stays', async () => {
    const [patient, other] = await open()
    // Only the server is in a hurry.
    const store = opened({
      url: shared.url,
      schema: `errors_${schemas}`,
      timeoutMs: 1_000,
      client: { query_timeout: 60_000 },
      connections: { writers: 1 },
      listen: false,
    })
    expect(await store.claim(claim)).toEqual([])
    await other.query(holdStream)
    const late = rejection(() => store.commit([following(1, 2)]))
    const connection = await blockedBy(other)
    expect(await late).toMatchObject(failing('57014', true, /statement timeout: .*`timeoutMs`/))
    const { rowCount } = await other.query('select from pg_stat_activity where pid = $1', [connection])
    expect(rowCount).toBe(1)
    await other.query('rollback')
    expect(await patient.commit([following(1, 2)])).toEqual([second])
  })
})

describe('a server that is not well', () => {
  test('57P01 may be asked again when an operator ends the connection', async () => {
    const [store, other] = await open()
    await other.query(holdStream)
    const ended = rejection(() => store.commit([following(1, 2)]))
    await other.query('select pg_terminate_backend($1)', [await blockedBy(other)])
    expect(await ended).toMatchObject(failing('57P01', true, /administrator command: .*try again/))
    await other.query('rollback')
    expect(await store.commit([following(1, 2)])).toEqual([second])
  })

  test('25006 may be asked again when it only reads for now, and answers readers meanwhile', async () => {
    const url = await fresh()
    const [, other] = await open({ url })
    await setDatabase(other, 'default_transaction_read_only = on')
    const store = opened({ url, schema: `errors_${schemas}` })
    expect(await store.position(workspace)).toBe(1)
    for (const change of [() => store.commit([following(1, 2)]), () => store.claim(claim)]) {
      expect(await rejection(change)).toMatchObject(failing('25006', true, /read-only.*: .*primary/))
    }
  })

  test.each([
    ['53100', 'disk_full', true, /make room/],
    ['53200', 'out_of_memory', true, /memory/],
    ['58030', 'io_error', true, /told so/],
    ['XX001', 'data_corrupted', false, /told so/],
  ] as const)('%s stores nothing of a commit, and goes on when it is well', async (code, name, retryable, advice) => {
    const [store, other] = await open()
    await other.query(`
      create function fail() returns trigger language plpgsql as
        $$ begin raise exception 'told so' using errcode = '${name}'; end $$;
      create trigger fail after insert on entry execute function fail()`)
    expect(await rejection(() => store.commit([following(1, 2)]))).toMatchObject(failing(code, retryable, advice))
    expect(await store.position(workspace)).toBe(1)
    await other.query('drop trigger fail on entry')
    expect(await store.commit([following(1, 2)])).toEqual([second])
  })
})

describe('a server that does not let us in', () => {
  /** Somebody with no more rights than these. */
  const role = async (by: Client, options: string, url = shared.url): Promise<string> => {
    const name = `guichet_${process.pid}_${(schemas += 1)}`
    await by.query(`create role ${name} login ${options}`)
    onTestFinished(async () => void (await by.query(`drop role ${name}`)))
    const own = new URL(url)
    own.username = name
    return own.href
  }

  test('3D000 has no such database, and is not asked for it again', async () => {
    const url = new URL(shared.url)
    url.pathname = '/nowhere'
    const store = opened({ url: url.href })
    for (const ask of [() => store.migrate(), () => store.position(workspace)]) {
      expect(await rejection(ask)).toMatchObject(failing('3D000', false, /"nowhere" does not exist: create/))
    }
  })

  test('53300 may be asked again when it has too many connections', async () => {
    const by = await operator(shared.url)
    const url = await role(by, 'connection limit 1')
    const only = await operator(url)
    const store = opened({ url, listen: false })
    expect(await rejection(() => store.workspaces())).toMatchObject(
      failing('53300', true, /too many connections .*: raise max_connections/),
    )
    await only.end()
    // It is let in: what it is told now is another thing.
    await expect.poll(async () => rejection(() => store.workspaces())).toMatchObject({ code: 'ERR_NOT_MIGRATED' })
  })

  test('42501 does not let us make tables, or see them', async () => {
    const by = await operator(shared.url)
    const url = await role(by, '')
    expect(await rejection(() => opened({ url, schema: 'ours' }).migrate())).toMatchObject(
      failing('42501', false, /permission denied .*: grant/),
    )
    await open()
    expect(await rejection(() => opened({ url, schema: `errors_${schemas}` }).workspaces())).toMatchObject(
      failing('42501', false, /permission denied .*: grant/),
    )
  })

  describe('of its own', () => {
    let own: Postgres
    beforeAll(async () => {
      own = await startPostgres()
    })
    afterAll(() => own.stop())

    test('28P01 has another password, and 28000 does not know us; neither is tried again', async () => {
      const by = await operator(own.url)
      const rules = join(own.dataDirectory, 'pg_hba.conf')
      const before = readFileSync(rules, 'utf8')
      const url = new URL(await role(by, "password 'right'", own.url))
      writeFileSync(rules, `host all ${url.username} all scram-sha-256\nhost all stranger all reject\n${before}`)
      await by.query('select pg_reload_conf()')
      url.password = 'wrong'
      await expect
        .poll(() => rejection(() => opened({ url: url.href }).migrate()))
        .toMatchObject(failing('28P01', false, /password authentication failed .*: check the user and the password/))
      url.username = 'stranger'
      expect(await rejection(() => opened({ url: url.href }).migrate())).toMatchObject(
        failing('28000', false, /pg_hba.conf rejects .*: check the user/),
      )
    })

    test('57P03 may be asked again while it stops, and so when it is away; the store goes on when it is back', async () => {
      const store = opened({ url: own.url, listen: false })
      await store.migrate()
      // It waits for those who are connected, and lets nobody else in.
      const [postmaster = ''] = readFileSync(join(own.dataDirectory, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(postmaster), 'SIGTERM')
      await expect
        .poll(() => rejection(() => opened({ url: own.url }).workspaces()))
        .toMatchObject(failing('57P03', true, /shutting down: .*try again/))
      await own.kill('SIGINT')
      expect(await rejection(() => store.workspaces())).toMatchObject({ code: 'ECONNREFUSED', retryable: true })
      await own.restart()
      expect(await store.workspaces()).toEqual([])
    })
  })

  test('says so, and may be asked again, when nobody answers at any of its addresses', async () => {
    const store = opened({ url: 'postgres://localhost:1/none' })
    expect(await rejection(() => store.workspaces())).toMatchObject(
      failing('ECONNREFUSED', true, /ECONNREFUSED|cannot be reached/),
    )
  })
})
