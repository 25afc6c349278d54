import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { emptyRequest } from '@guichet/conformance'
import { sqliteMigrations } from '@guichet/storage-sql'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { arrival, workspace } from '../../../tooling/stores/changesets.ts'
import { lines, startChild } from './support/child.ts'
import { freshFiles } from './support/files.ts'

const freshFile = freshFiles()

const inspect = <A>(file: string, look: (db: Database.Database) => A): A => {
  const db = new Database(file)
  try {
    return look(db)
  } finally {
    db.close()
  }
}

const schema = (file: string): unknown =>
  inspect(file, (db) => db.prepare('select type, name, sql from sqlite_schema order by name').all())

const migrated = async (file: string): Promise<void> => {
  const store = sqlite({ file })
  await store.migrate()
  await store.close()
}

describe('migrations', () => {
  test('are numbered from 1 without gaps', () => {
    expect(sqliteMigrations.map(({ version }) => version)).toEqual(sqliteMigrations.map((_, index) => index + 1))
  })

  test('run again change nothing and lose nothing', async () => {
    const file = freshFile()
    const store = sqlite({ file })
    await store.migrate()
    await store.commit([arrival(1)])
    await store.close()
    const before = schema(file)
    await migrated(file)
    expect(schema(file)).toEqual(before)
    const again = sqlite({ file })
    expect(await again.workspaces()).toEqual([workspace])
    await again.close()
  })

  test('that fail half way leave nothing, and succeed when the cause is gone', async () => {
    const file = freshFile()
    // A file of ours, still empty, in which the name of a later table is taken.
    inspect(file, (db) => {
      db.pragma(`application_id = ${0x67756963}`)
      db.exec('create table quarantine (x)')
    })
    const store = sqlite({ file })
    await expect(store.migrate()).rejects.toThrow('quarantine already exists')
    expect(inspect(file, (db) => db.prepare('select name from sqlite_schema').pluck().all())).toEqual(['quarantine'])
    inspect(file, (db) => db.exec('drop table quarantine'))
    await store.migrate()
    expect(await store.position('acme')).toBe(0)
    await store.close()
  })

  test('refuse tables that are newer than the library', async () => {
    const file = freshFile()
    await migrated(file)
    inspect(file, (db) => db.pragma('user_version = 99'))
    const before = schema(file)
    const store = sqlite({ file })
    await expect(store.migrate()).rejects.toMatchObject({ code: 'ERR_NEWER_DATABASE', retryable: false })
    await expect(store.position('acme')).rejects.toMatchObject({ code: 'ERR_NEWER_DATABASE' })
    await store.close()
    expect(schema(file)).toEqual(before)
  })

  test('by a newer library, while the file is open, stop the older one before it does anything more', async () => {
    const file = freshFile()
    const store = sqlite({ file })
    await store.migrate()
    await store.commit([arrival(1)])
    const version = inspect(file, (db) => db.pragma('user_version', { simple: true }) as number)
    inspect(file, (db) => {
      db.exec('begin immediate; alter table counter add column since integer; commit')
      db.pragma(`user_version = ${version + 1}`)
    })
    const all = { _tag: 'All' } as const
    const operations: ReadonlyArray<() => unknown> = [
      () => store.migrate(),
      () => store.commit([arrival(2)]),
      () => store.claim({ kinds: ['deliver'], now: 0, leaseMs: 1, limit: 1 }),
      () => store.markRead({ workspace, agent: 'ana', visibility: all, filter: {} }),
      () => store.index(1),
      () => store.search({ workspace, visibility: all, words: ['a'], filter: {}, limit: 1 }),
      () => store.load(emptyRequest),
      () => store.list({ workspace, visibility: all, filter: {}, reader: null, limit: 1 }),
      () => store.stream({ workspace, after: 0, limit: 1 }),
      () => store.position(workspace),
      () => store.counters(workspace, ['workspace']),
      () => store.settings(workspace),
      () => store.nextDue(['deliver']),
    ]
    for (const operation of operations) {
      await expect((async () => operation())()).rejects.toMatchObject({ code: 'ERR_NEWER_DATABASE', retryable: false })
    }
    expect(inspect(file, (db) => db.prepare('select count(*) from conversation').pluck().get())).toBe(1)
    // Whoever takes the new tables away again, from a backup say, can go on.
    inspect(file, (db) => db.pragma(`user_version = ${version}`))
    expect(await store.commit([arrival(2)])).toMatchObject([{ _tag: 'Committed' }])
    await store.close()
  })

  test('refuse the database of another application', async () => {
    const file = freshFile()
    inspect(file, (db) => db.exec('create table invoices (id integer)'))
    const before = readFileSync(file)
    const store = sqlite({ file })
    await expect(store.migrate()).rejects.toMatchObject({ code: 'ERR_FOREIGN_DATABASE', retryable: false })
    await store.close()
    expect(readFileSync(file)).toEqual(before)
  })

  test('refuse a file that is no database, and leave it alone', async () => {
    const file = freshFile()
    writeFileSync(file, 'not a database, but longer than a header of one hundred bytes. '.repeat(20))
    const store = sqlite({ file })
    await expect(store.migrate()).rejects.toMatchObject({ code: 'SQLITE_NOTADB', retryable: false })
    rmSync(file)
    await store.migrate()
    expect(await store.position('acme')).toBe(0)
    await store.close()
  })

  test('are asked for when they are missing', async () => {
    const store = sqlite({ file: freshFile() })
    await expect(store.load(emptyRequest)).rejects.toMatchObject({
      code: 'ERR_NOT_MIGRATED',
      message: expect.stringContaining('call migrate first'),
    })
    await store.close()
  })

  test('are left to somebody else by a store that only checks: it works with tables that are there', async () => {
    const file = freshFile()
    await migrated(file)
    const store = sqlite({ file, migrate: 'check' })
    await store.migrate()
    expect(await store.commit([arrival(1)])).toMatchObject([{ _tag: 'Committed' }])
    await store.close()
  })

  test.each([
    ['not there', () => undefined, 'ERR_NOT_MIGRATED'],
    ['empty', (file: string) => writeFileSync(file, ''), 'ERR_NOT_MIGRATED'],
    ['newer', (file: string) => inspect(file, (db) => db.pragma('user_version = 99')), 'ERR_NEWER_DATABASE'],
    [
      'of another application',
      (file: string) => inspect(file, (db) => db.exec('create table x (y)')),
      'ERR_FOREIGN_DATABASE',
    ],
  ] as const)(
    'are refused, and nothing is changed, by a store that only checks and finds a file that is %s',
    async (is, make, code) => {
      const file = freshFile()
      if (is === 'newer') await migrated(file)
      make(file)
      const before = existsSync(file) ? readFileSync(file) : undefined
      const store = sqlite({ file, migrate: 'check' })
      await expect(store.migrate()).rejects.toMatchObject({ code, retryable: false })
      await expect((async () => store.commit([arrival(1)]))()).rejects.toMatchObject({ code })
      await store.close()
      expect(existsSync(file) ? readFileSync(file) : undefined).toEqual(before)
    },
  )

  test('of four processes that start together happen once', async () => {
    const file = freshFile()
    const children = Array.from({ length: 4 }, () => startChild('migrateAtOnce', [file]))
    const said = children.map(() => [] as string[])
    let ready = 0
    const ends = children.map((child, index) =>
      lines(child, (line) => {
        said[index]?.push(line)
        if (line === 'ready' && ++ready === children.length) for (const each of children) each.stdin?.write('go\n')
      }),
    )
    expect(await Promise.all(ends)).toEqual([0, 0, 0, 0])
    expect(said).toEqual(Array.from({ length: 4 }, () => ['ready', '[]']))
  })
})
