import type { Storage } from '@guichet/engine/ports'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { changeset, entry } from '../../../tooling/stores/changesets.ts'
import { type PostgresOptions, postgres } from '../src/index.ts'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => database.drop())

let schemas = 0

/** Two stores on the same tables, as in two processes. */
const two = async (options: PostgresOptions = {}): Promise<readonly [one: Storage, other: Storage]> => {
  const schema = `watch_${(schemas += 1)}`
  const open = (): Storage => postgres({ url: database.url, schema, ...options })
  const stores = [open(), open()] as const
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
  await stores[0].migrate()
  return stores
}

const write = async (store: Storage, workspace: string, n: number): Promise<void> => {
  await store.commit([changeset({ workspace, entries: [entry(1, n)] })])
}

const hearing = (store: Storage): { readonly heard: Array<string>; readonly stop: () => void } => {
  const heard: string[] = []
  const stop = store.watch?.((workspace) => heard.push(workspace))
  if (stop === undefined) throw new Error('this store tells nothing')
  return { heard, stop }
}

/** Hears of everything when it begins to listen: that is waited for, so that what comes later is news. */
const listening = async (store: Storage): Promise<ReturnType<typeof hearing>> => {
  const ears = hearing(store)
  await expect.poll(() => ears.heard).toContain('before')
  ears.heard.length = 0
  return ears
}

describe('what others commit', () => {
  test('is heard, with the workspace it is in', async () => {
    const [one, other] = await two({ pollMs: 60_000 })
    await write(other, 'before', 1)
    const { heard } = await listening(one)
    await write(other, 'acme \u0000 é', 1)
    // The news of what was there before may be on its way still.
    await expect.poll(() => heard.filter((workspace) => workspace !== 'before')).toEqual(['acme \u0000 é'])
  })

  test('is not heard any more by those who have stopped', async () => {
    const [one, other] = await two({ pollMs: 60_000 })
    await write(other, 'before', 1)
    const first = await listening(one)
    const second = hearing(one)
    first.stop()
    await write(other, 'acme', 1)
    await expect.poll(() => second.heard).toContain('acme')
    expect(first.heard).toEqual([])
  })

  test('of very many workspaces is heard as news of all of them', async () => {
    const [one, other] = await two({ pollMs: 60_000 })
    await write(other, 'before', 1)
    const { heard } = await listening(one)
    const names = Array.from({ length: 60 }, (_, n) => `${n} ${'x'.repeat(400)}`)
    await other.commit(names.map((workspace) => changeset({ workspace, entries: [entry(1, 1)] })))
    await expect.poll(() => names.filter((name) => !heard.includes(name))).toEqual([])
  })

  test('is found by asking where nothing is listened to', async () => {
    const [one, other] = await two({ listen: false, pollMs: 20 })
    await write(other, 'acme', 1)
    const { position } = await one.stream({ workspace: 'acme', after: 0, limit: 10 })
    const { heard } = hearing(one)
    await expect.poll(() => heard).toContain('acme')
    heard.length = 0
    await write(other, 'acme', 2)
    await expect.poll(() => heard).toContain('acme')
    expect((await one.stream({ workspace: 'acme', after: position, limit: 10 })).items).toHaveLength(1)
  })

  test('is heard of in general when the connection was lost and is there again', async () => {
    const [one, other] = await two({ pollMs: 60_000 })
    await write(other, 'before', 1)
    const { heard } = await listening(one)
    const client = new Client({ connectionString: database.url })
    await client.connect()
    onTestFinished(() => client.end())
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'guichet news' and datname = current_database()`,
    )
    await expect.poll(() => heard).toContain('before')
    heard.length = 0
    await write(other, 'after', 1)
    await expect.poll(() => heard).toContain('after')
  })
})

describe('what is whispered', () => {
  test('is heard by the others, and what is too long to be told does no harm', async () => {
    const [one, other] = await two()
    await write(other, 'before', 1)
    await Promise.all([listening(one), listening(other)])
    const heard: Array<readonly [string, string]> = []
    one.whisper?.hear((workspace, text) => heard.push([workspace, text]))
    other.whisper?.say('acme', 'x'.repeat(10_000))
    other.whisper?.say('acme', 'é'.repeat(2_000))
    other.whisper?.say('acme', 'ana types \u0000')
    await expect.poll(() => heard).toHaveLength(2)
    expect(heard).toEqual([
      ['acme', 'é'.repeat(2_000)],
      ['acme', 'ana types \u0000'],
    ])
  })
})
