import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { emptyRequest } from '@guichet/conformance'
import type { Storage } from '@guichet/engine/ports'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { arrival, changeset, following, id, noon, workspace } from '../../../tooling/stores/changesets.ts'
import { freshFiles } from './support/files.ts'

const freshFile = freshFiles()

const open = async (file: string): Promise<Storage> => {
  const store = sqlite({ file })
  await store.migrate()
  return store
}

describe('a store that fails', () => {
  test('rejects every operation after it was closed', async () => {
    const store = await open(freshFile())
    await store.close()
    const all = { _tag: 'All' } as const
    const operations: ReadonlyArray<() => unknown> = [
      () => store.migrate(),
      () => store.load(emptyRequest),
      () => store.commit([arrival(1)]),
      () => store.list({ workspace, visibility: all, filter: {}, reader: null, limit: 1 }),
      () => store.counters(workspace, ['workspace']),
      () => store.timeline({ workspace, conversation: id(1), limit: 1 }),
      () => store.search({ workspace, visibility: all, words: ['a'], filter: {}, limit: 1 }),
      () => store.index(1),
      () => store.stream({ workspace, after: 0, limit: 1 }),
      () => store.position(workspace),
      () => store.claim({ kinds: ['deliver'], now: noon, leaseMs: 1, limit: 1 }),
      () => store.nextDue(['deliver']),
      () => store.markRead({ workspace, agent: 'ana', visibility: all, filter: {} }),
      () => store.parked(workspace, 'mail', ['x']),
      () => store.draft(workspace, id(1), 'ana', 'reply'),
      () => store.settings(workspace),
      () => store.workspaces(),
      () => store.quarantined(workspace),
    ]
    for (const operation of operations) {
      await expect((async () => operation())()).rejects.toMatchObject({ code: 'ERR_CLOSED', retryable: false })
    }
    await store.close()
  })

  test('says so when the file cannot be opened', async () => {
    const store = sqlite({ file: '/nowhere/at/all/inbox.db' })
    await expect(store.migrate()).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('directory'),
    })
  })

  test('says that somebody else holds the file, and that trying again may help', async () => {
    const file = freshFile()
    const store = await open(file)
    await store.commit([arrival(1)])
    const other = new Database(file)
    other.exec('begin immediate')
    await expect(store.commit([arrival(2)])).rejects.toMatchObject({ code: 'SQLITE_BUSY', retryable: true })
    // Reading goes on meanwhile.
    expect(await store.position(workspace)).toBe(1)
    other.exec('rollback')
    other.close()
    expect(await store.commit([arrival(2)])).toMatchObject([{ _tag: 'Committed' }])
    await store.close()
  })

  test('says that a damaged file is damaged, and that trying again will not help', async () => {
    const file = freshFile()
    const store = await open(file)
    await store.commit(Array.from({ length: 500 }, (_, n) => arrival(n)))
    await store.close()
    // All but the schema, which fills the first pages.
    const { length } = readFileSync(file)
    const handle = openSync(file, 'r+')
    for (let at = 64 * 4096; at < length; at += 4096) writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, at)
    closeSync(handle)
    const damaged = sqlite({ file })
    await expect(
      (async () => {
        await damaged.migrate()
        for (let n = 0; n < 500; n += 1) await damaged.timeline({ workspace, conversation: id(n), limit: 10 })
        await damaged.stream({ workspace, after: 0, limit: 1_000 })
      })(),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CORRUPT/), retryable: false })
    await damaged.close()
  })

  test('stores nothing of a commit that it cannot finish, names what was wrong, and goes on', async () => {
    const store = await open(freshFile())
    await store.commit([arrival(1)])
    const broken = following(1, 2, { status: 'asleep' as 'open' })
    await expect((async () => store.commit([arrival(2), broken]))()).rejects.toMatchObject({
      code: 'ERR_UNEXPECTED',
      message: expect.stringContaining('"asleep" is none of'),
    })
    expect(await store.position(workspace)).toBe(1)
    expect(await store.commit([arrival(2), following(1, 2)])).toMatchObject([{ position: 2 }, { position: 3 }])
    await store.close()
  })
})

/** What happens inside happens without the privileges of root, whom permissions do not stop. */
const asNobody = <A>(run: () => A): A => {
  const user = process.geteuid?.()
  if (user !== 0) return run()
  process.seteuid?.(65_534)
  try {
    return run()
  } finally {
    process.seteuid?.(user)
  }
}

describe.skipIf(process.platform === 'win32')('a file that may only be read', () => {
  /** A database with one message, closed; its folder belongs to whoever runs the store, as far as modes allow. */
  const closedFile = async (modes: { readonly folder: number; readonly file: number }): Promise<string> => {
    const folder = `${freshFile()}-folder`
    mkdirSync(folder)
    const file = join(folder, 'inbox.db')
    const store = await open(file)
    await store.commit([arrival(1)])
    await store.close()
    for (const path of [dirname(folder), folder]) chmodSync(path, 0o755)
    chmodSync(folder, modes.folder)
    chmodSync(file, modes.file)
    return file
  }

  test.each([
    ['by itself', { folder: 0o777, file: 0o444 }],
    ['by its folder', { folder: 0o555, file: 0o666 }],
  ])('is refused by type, and trying again does not help: %s', async (_, modes) => {
    const file = await closedFile(modes)
    const store = sqlite({ file })
    const refused = { code: expect.stringMatching(/^SQLITE_(READONLY|CANTOPEN)/), retryable: false }
    await expect((async () => asNobody(() => store.migrate()))()).rejects.toMatchObject(refused)
    await expect((async () => asNobody(() => store.commit([arrival(2)])))()).rejects.toMatchObject(refused)
    await store.close()
    chmodSync(dirname(file), 0o755)
    chmodSync(file, 0o644)
    const again = await open(file)
    expect(await again.position(workspace)).toBe(1)
    await again.close()
  })
})

/** A disk that is really full needs a file system of our own, which needs leave to mount one. */
const ownMounts = { command: 'unshare', args: ['-Urm'] }
const canMount = spawnSync(ownMounts.command, [...ownMounts.args, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

describe('a full disk', () => {
  test.runIf(canMount)(
    'rejects as SQLITE_FULL and retryable, keeps what was acknowledged, and goes on when there is room',
    () => {
      const script = new URL('support/fill-disk.ts', import.meta.url).pathname
      const run = `mount -t tmpfs -o size=6m tmpfs /mnt && exec "$0" --import tsx --conditions=@guichet/source "$1"`
      const output = execFileSync(ownMounts.command, [...ownMounts.args, 'sh', '-c', run, process.execPath, script], {
        encoding: 'utf8',
      })
      const said = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
      expect(said).toMatchObject({ code: 'SQLITE_FULL', retryable: true, integrity: 'ok' })
      expect(said['acknowledged']).toBeGreaterThan(0)
      expect(said['readable']).toBe(said['acknowledged'])
      expect(said['afterRoom']).toBe((said['acknowledged'] as number) + 1)
      expect(said['afterReopen']).toBe(said['afterRoom'])
    },
    60_000,
  )
})

describe('a changeset for one workspace', () => {
  test('G52 does not wait for, or undo, those of another in the same commit', async () => {
    const store = await open(freshFile())
    await store.commit([arrival(1)])
    const other = { ...arrival(1), workspace: 'other' }
    const late = changeset({ ...following(1, 2), settle: [{ id: id(77), attempts: 1 }] })
    expect(await store.commit([other, late, arrival(2)])).toEqual([
      { _tag: 'Committed', position: 2 },
      { _tag: 'Conflict', over: 'work' },
      { _tag: 'Committed', position: 3 },
    ])
    await store.close()
  })
})
