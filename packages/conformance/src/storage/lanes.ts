import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { claimAll, commit, id, noon, numbers, work } from './rows.ts'

const area = 'lanes'

const inLane = (lane: string, ...all: ReadonlyArray<number>) => all.map((n) => work(n, { lane }))

export const laneCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'one claim takes one item of a lane, the earliest',
    guarantee: 'G20',
    body: async ({ store }) => {
      await commit(store, { work: [...inLane('a', 3, 1, 2), ...inLane('b', 5, 4)] })
      same(numbers(await claimAll(store)), [1, 4], 'claimed')
      same(numbers(await claimAll(store)), [], 'claimed while the heads are leased')
    },
  },
  {
    area,
    name: 'the next one comes when the one before it is done, in the order of ids',
    guarantee: 'G20',
    body: async ({ store }) => {
      await commit(store, { work: inLane('a', 2, 1) })
      await commit(store, { work: inLane('a', 3) })
      const order: number[] = []
      for (let round = 0; round < 3; round += 1) {
        const claimed = await claimAll(store)
        order.push(...numbers(claimed))
        await commit(store, { settle: claimed.map(({ id: of, attempts }) => ({ id: of, attempts })) })
      }
      same(order, [1, 2, 3], 'the order')
    },
  },
  {
    area,
    name: 'a retry holds back the later ones of its lane, and of no other',
    guarantee: 'G20',
    body: async ({ store }) => {
      await commit(store, { work: [...inLane('a', 1, 2), ...inLane('b', 3, 4)] })
      await claimAll(store)
      await commit(store, {
        settle: [
          { id: id(1), attempts: 1, retryAt: noon + 1000 },
          { id: id(3), attempts: 1 },
        ],
      })
      same(numbers(await claimAll(store, { now: noon + 999 })), [4], 'claimed before the retry')
      same(numbers(await claimAll(store, { now: noon + 1000 })), [1], 'claimed at the retry')
    },
  },
  {
    area,
    name: 'an item that is due waits for an earlier one that is not',
    guarantee: 'G20',
    body: async ({ store }) => {
      await commit(store, { work: [work(1, { lane: 'a', due: noon + 10 }), work(2, { lane: 'a', due: noon - 10 })] })
      same(numbers(await claimAll(store)), [], 'claimed before the first is due')
      same(numbers(await claimAll(store, { now: noon + 10 })), [1], 'claimed when it is')
    },
  },
  {
    area,
    name: 'a lease that ends gives back the head of the lane, not what is behind it',
    guarantee: 'G20',
    body: async ({ store }) => {
      await commit(store, { work: inLane('a', 1, 2) })
      await claimAll(store, { leaseMs: 100 })
      same(numbers(await claimAll(store, { now: noon + 100 })), [1], 'claimed when the lease has ended')
    },
  },
  {
    area,
    name: 'a lane is within one kind and one workspace',
    guarantee: 'G52',
    body: async ({ store }) => {
      await commit(store, { work: [work(1, { lane: 'a' }), work(2, { lane: 'a', kind: 'notify' })] })
      await commit(store, { work: [work(3, { lane: 'a' })] }, 'other')
      same(numbers(await claimAll(store, { kinds: ['deliver', 'notify'] })), [1, 2, 3], 'claimed')
    },
  },
  {
    area,
    name: 'cancelling or replacing the head lets the next one go',
    guarantee: 'G20',
    body: async ({ store }) => {
      await commit(store, { work: [work(1, { lane: 'a', key: 'k', due: noon + 1e6 }), ...inLane('a', 2)] })
      same(numbers(await claimAll(store)), [], 'claimed before')
      await commit(store, { cancel: [{ kind: 'deliver', key: 'k' }] })
      same(numbers(await claimAll(store)), [2], 'claimed after')
      await commit(store, { work: [work(3, { lane: 'b', key: 'k', due: noon + 1e6 }), ...inLane('b', 4)] })
      await commit(store, { work: [work(5, { lane: 'b', key: 'k' })] })
      same(numbers(await claimAll(store)), [4], 'claimed after the head was replaced by one behind')
    },
  },
  {
    area,
    name: 'an item with a smaller id goes first, even when it comes later',
    body: async ({ store }) => {
      await commit(store, { work: inLane('a', 5) })
      await commit(store, { work: inLane('a', 4) })
      same(numbers(await claimAll(store)), [4], 'claimed')
    },
  },
  {
    area,
    name: 'lanes go on in parallel, a hundred of them',
    guarantee: 'G20',
    body: async ({ store }) => {
      const lanes = Array.from({ length: 100 }, (_, n) => `lane ${n}`)
      await commit(store, {
        work: [0, 1, 2].flatMap((round) => lanes.map((lane, n) => work(1 + round * 100 + n, { lane }))),
      })
      const seen = new Map<string, number[]>()
      for (;;) {
        const claimed = await claimAll(store, { limit: 33 })
        if (claimed.length === 0) break
        same(new Set(claimed.map(({ lane }) => lane)).size, claimed.length, 'lanes in one claim')
        for (const item of claimed) seen.set(item.lane, [...(seen.get(item.lane) ?? []), ...numbers([item])])
        await commit(store, { settle: claimed.map(({ id: of, attempts }) => ({ id: of, attempts })) })
      }
      lanes.forEach((lane, n) => same(seen.get(lane), [1 + n, 101 + n, 201 + n], `the order in ${lane}`))
    },
  },
]
