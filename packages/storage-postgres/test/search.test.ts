import type { Storage } from '@guichet/engine/ports'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { changeset, conversation, entry, id } from '../../../tooling/stores/changesets.ts'
import { postgres } from '../src/index.ts'
import { windowsBefore } from '../src/search/lexemes.ts'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => database.drop())

let schemas = 0

const several = async (count: number): Promise<ReadonlyArray<Storage>> => {
  const schema = `search_${(schemas += 1)}`
  const stores = Array.from({ length: count }, () => postgres({ url: database.url, schema }))
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
  await stores[0]?.migrate()
  return stores
}

const find = async (store: Storage, words: ReadonlyArray<string>, limit = 10): Promise<ReadonlyArray<number>> =>
  (await store.search({ workspace: 'acme', visibility: { _tag: 'All' }, words, filter: {}, limit })).map(
    (hit) => hit.entry.seq,
  )

const put = async (store: Storage, bodies: ReadonlyArray<string>): Promise<void> => {
  await store.commit([
    changeset({
      conversations: [{ row: conversation(1), expected: 0 }],
      entries: bodies.map((body, at) => entry(1, at + 1, { body })),
    }),
  ])
}

describe('windows', () => {
  test('together are everything before a position, each once, the newest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (before) => {
        const windows = windowsBefore(1, 'x', before)
        expect(windows[0].before).toBe(before)
        for (const [at, { from }] of windows.entries()) expect(windows[at + 1]?.before ?? 0).toBe(from)
        expect(windows.length).toBeLessThanOrEqual(5)
        // A small workspace asks the index once.
        if (before <= 2 ** 13) expect(windows.length).toBeLessThanOrEqual(2)
      }),
    )
  })

  test('find the newest of many and the oldest of few, however far back', async () => {
    const [store] = await several(1)
    if (store === undefined) return
    const many = 20_000
    await put(
      store,
      Array.from({ length: many }, (_, n) => (n === 5 ? 'commande rare' : n % 2 === 0 ? 'commande' : 'autre')),
    )
    expect(await find(store, ['commande'], 3)).toEqual([many - 1, many - 3, many - 5])
    expect(await find(store, ['rare'])).toEqual([6])
    expect(await find(store, ['commande', 'rare'])).toEqual([6])
    expect(await find(store, ['comm'], many)).toHaveLength(many / 2 + 1)
  })
})

describe('a search', () => {
  test('finds the newest of what is neither common nor rare, however many are wanted', async () => {
    const [store] = await several(1)
    if (store === undefined) return
    const every = 50
    const many = 20_000
    await put(
      store,
      Array.from({ length: many }, (_, n) => (n % every === 0 ? 'parfois' : 'autre')),
    )
    // In the newest stretch, in that and the next, beyond both, and where the newest promises too little of a page.
    for (const wanted of [10, 40, 300, 350]) {
      expect(await find(store, ['parfois'], wanted)).toEqual(
        Array.from({ length: wanted }, (_, n) => many - every * (n + 1) + 1),
      )
    }
  })
})

describe('the index', () => {
  test('takes in texts of any size: words that are very long, and very many', async () => {
    const [store] = await several(1)
    if (store === undefined) return
    const long = 'é𝕳'.repeat(20_000)
    const many = Array.from({ length: 400_000 }, (_, n) => `mot${n}`).join(' ')
    await put(store, [long, many, 'court'])
    expect(await find(store, [long])).toEqual([1])
    expect(await find(store, ['mot17'])).toEqual([2])
    expect(await find(store, ['court'])).toEqual([3])
  })

  test('takes everything in once when several bring it up to date together', async () => {
    const stores = await several(3)
    const [first] = stores
    if (first === undefined) return
    const bodies = Array.from({ length: 500 }, (_, n) => `mot ${n}`)
    await put(first, bodies)
    const taken = await Promise.all(
      stores.map(async (store) => {
        let sum = 0
        for (let step = await store.index(20); step > 0; step = await store.index(20)) sum += step
        return sum
      }),
    )
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(bodies.length)
    expect(await find(first, ['mot'], 1_000)).toHaveLength(bodies.length)
  })

  test('finishes what another process left behind', async () => {
    const [gone, next] = await several(2)
    if (gone === undefined || next === undefined) return
    await put(gone, ['bonjour'])
    await gone.close()
    expect(await next.index(10)).toBe(1)
    expect(await next.index(10)).toBe(0)
  })

  test('knows nothing of what was erased, also when it was being taken in', async () => {
    const [one, other] = await several(2)
    if (one === undefined || other === undefined) return
    const bodies = Array.from({ length: 300 }, (_, n) => `secret ${n}`)
    await put(one, bodies)
    await Promise.all([
      one.commit([changeset({ erase: [{ conversation: id(1), seq: 'all' }] })]),
      ...Array.from({ length: 3 }, () => other.index(100)),
    ])
    expect(await find(other, ['secret'], 1_000)).toEqual([])
  })
})
