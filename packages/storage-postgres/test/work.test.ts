import type { Storage } from '@guichet/engine/ports'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { changeset, id } from '../../../tooling/stores/changesets.ts'
import { type PostgresOptions, postgres } from '../src/index.ts'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => database.drop())

let schemas = 0

const open = async (count: number, options: PostgresOptions = {}): Promise<ReadonlyArray<Storage>> => {
  const schema = `work_${(schemas += 1)}`
  const stores = Array.from({ length: count }, () => postgres({ url: database.url, schema, ...options }))
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
  await stores[0]?.migrate()
  return stores
}

const put = async (store: Storage | undefined, count: number): Promise<void> => {
  const work = Array.from({ length: count }, (_, n) => ({
    id: id(n),
    kind: n % 2 === 0 ? 'deliver' : 'notify',
    lane: `lane ${n}`,
    due: 0,
    key: null,
    payload: '{}',
  }))
  await store?.commit([changeset({ work })])
}

const kinds = ['deliver', 'notify']
const hour = 3_600_000

describe('work', () => {
  test('G17 is given to one of many processes that take what they can get at once', async () => {
    const stores = await open(4)
    await put(stores[0], 400)
    const taken = await Promise.all(
      stores.map(async (store) => {
        const ids: string[] = []
        for (;;) {
          const some = await store.claim({ kinds, now: Date.now(), leaseMs: hour, limit: 7 })
          if (some.length > 0) ids.push(...some.map((one) => one.id))
          else if (((await store.nextDue(kinds)) ?? Infinity) > Date.now()) return ids
        }
      }),
    )
    expect(taken.flat()).toHaveLength(400)
    expect(new Set(taken.flat()).size).toBe(400)
  })

  test('G17 that somebody holds stays his, however wrong the clocks of others are', async () => {
    const [slow, fast] = await open(2)
    await put(slow, 1)
    expect(await slow?.claim({ kinds, now: Date.now() - hour, leaseMs: 60_000, limit: 1 })).toHaveLength(1)
    expect(await fast?.claim({ kinds, now: Date.now() + hour, leaseMs: 60_000, limit: 1 })).toEqual([])
  })

  test('G33 whose lease ends is announced for then by the clock of who asks', async () => {
    const [slow] = await open(1)
    await put(slow, 1)
    const now = Date.now() - hour
    await slow?.claim({ kinds, now, leaseMs: 60_000, limit: 1 })
    expect(await slow?.nextDue(kinds)).toBe(now + 60_000)
  })

  test('G33 whose lease has ended by the clock of the database is given to another', async () => {
    const [one, other] = await open(2)
    await put(one, 1)
    await one?.claim({ kinds, now: Date.now(), leaseMs: 1, limit: 1 })
    await expect
      .poll(() => other?.claim({ kinds, now: Date.now(), leaseMs: hour, limit: 1 }))
      .toMatchObject([{ attempts: 2 }])
  })
})
