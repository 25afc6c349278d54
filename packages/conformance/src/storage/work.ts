import { assert, same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, claimAll, commit, conflictOverWork, id, noon, numbers, work } from './rows.ts'

const area = 'work'

export const workCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'what is due is claimed, the oldest first, then by id',
    guarantee: 'G33',
    body: async ({ store }) => {
      await commit(store, {
        work: [
          work(1, { due: noon - 10 }),
          work(2, { due: noon - 30 }),
          work(3, { due: noon }),
          work(4, { due: noon + 1 }),
          work(5, { due: noon - 30 }),
        ],
      })
      same(numbers(await claimAll(store)), [2, 5, 1, 3], 'claimed at noon')
      same(numbers(await claimAll(store, { now: noon + 1 })), [4], 'claimed a moment later')
    },
  },
  {
    area,
    name: 'a claim takes no more than its limit and only its kinds',
    body: async ({ store }) => {
      await commit(store, {
        work: [...[1, 2, 3, 4].map((n) => work(n)), work(5, { kind: 'notify' }), work(6, { kind: 'snooze' })],
      })
      same(numbers(await claimAll(store, { limit: 3 })), [1, 2, 3], 'the first three')
      same(numbers(await claimAll(store, { kinds: [] })), [], 'no kind')
      same(numbers(await claimAll(store, { kinds: ['unknown'] })), [], 'a kind that has nothing')
      same(numbers(await claimAll(store, { kinds: ['deliver', 'snooze', 'deliver'] })), [4, 6], 'two kinds')
      same(numbers(await claimAll(store, { kinds: ['notify'], limit: 0 })), [], 'a limit of nothing')
      same(numbers(await claimAll(store, { kinds: ['notify'] })), [5], 'the last')
    },
  },
  {
    area,
    name: 'nobody else gets what is claimed until the lease ends; then the attempt counts as one more',
    guarantee: 'G17',
    body: async ({ store }) => {
      await commit(store, { work: [work(1)] })
      const [first] = await claimAll(store, { leaseMs: 1000 })
      same(first, { ...work(1), workspace: acme, attempts: 1 }, 'the first claim')
      same(await claimAll(store, { now: noon + 999 }), [], 'claims while it is leased')
      const [second] = await claimAll(store, { now: noon + 1000 })
      same(second, { ...work(1), workspace: acme, attempts: 2 }, 'the second claim')
    },
  },
  {
    area,
    name: 'concurrent claims never share an item',
    guarantee: 'G17',
    body: async ({ store }) => {
      await commit(store, { work: Array.from({ length: 60 }, (_, n) => work(n + 1)) })
      const claims = await Promise.all(Array.from({ length: 12 }, async () => claimAll(store, { limit: 5 })))
      const all = claims.flatMap(numbers).toSorted((a, b) => a - b)
      same(
        all,
        Array.from({ length: 60 }, (_, n) => n + 1),
        'what all of them claimed together',
      )
    },
  },
  {
    area,
    name: 'settled work is gone, or due again with its attempts kept',
    guarantee: 'G17',
    body: async ({ store }) => {
      await commit(store, { work: [work(1), work(2)] })
      await claimAll(store)
      await commit(store, {
        settle: [
          { id: id(1), attempts: 1 },
          { id: id(2), attempts: 1, retryAt: noon + 500 },
        ],
      })
      same(await claimAll(store, { now: noon + 499 }), [], 'before the retry')
      const again = await claimAll(store, { now: noon + 500 })
      same(again, [{ ...work(2), due: noon + 500, workspace: acme, attempts: 2 }], 'the retry')
      await commit(store, { settle: [{ id: id(2), attempts: 2 }] })
      same(await claimAll(store, { now: noon + 1e9 }), [], 'what is left')
    },
  },
  {
    area,
    name: 'settling is refused when somebody else has claimed since, or it is gone',
    guarantee: 'G17',
    body: async ({ store }) => {
      await commit(store, { work: [work(1)] })
      await claimAll(store, { leaseMs: 1000 })
      await claimAll(store, { now: noon + 1000, leaseMs: 1000 })
      const late = { settings: [{ kind: 'queue' as const, id: 'late', data: '{}' }] }
      await conflictOverWork(store, { ...late, settle: [{ id: id(1), attempts: 1 }] })
      await conflictOverWork(store, { ...late, settle: [{ id: id(1), attempts: 1, retryAt: noon }] })
      await conflictOverWork(store, { ...late, settle: [{ id: id(7), attempts: 1 }] })
      await conflictOverWork(store, { ...late, settle: [{ id: 'no such id', attempts: 1 }] })
      same(await store.settings(acme), [], 'what the late ones stored')
      await commit(store, { settle: [{ id: id(1), attempts: 2 }] })
      await conflictOverWork(store, { settle: [{ id: id(1), attempts: 2 }] })
    },
  },
  {
    area,
    name: 'a lease that has ended can still be settled while nobody else has claimed it',
    body: async ({ store }) => {
      await commit(store, { work: [work(1)] })
      await claimAll(store, { leaseMs: 1 })
      await commit(store, { settle: [{ id: id(1), attempts: 1 }] })
      same(await claimAll(store, { now: noon + 1e9 }), [], 'what is left')
    },
  },
  {
    area,
    name: 'work is held for longer by who has it, with its due time and attempts kept, and by nobody else',
    guarantee: 'G17',
    body: async ({ store }) => {
      await commit(store, { work: [work(1), work(2, { lane: 'other' })] })
      await claimAll(store, { leaseMs: 1000 })
      const hold = (now: number) => ({ hold: { now, leaseMs: 1000 } })
      await commit(store, { settle: [{ id: id(1), attempts: 1, ...hold(noon + 900) }] })
      same(numbers(await claimAll(store, { now: noon + 1000, leaseMs: 1000 })), [2], 'when their leases had ended')
      same(await store.nextDue(['deliver']), noon + 1900, 'the end of what is held')
      const again = await claimAll(store, { now: noon + 1900, leaseMs: 1000 })
      same(again, [{ ...work(1), workspace: acme, attempts: 2 }], 'when it is held no more')
      await conflictOverWork(store, { settle: [{ id: id(1), attempts: 1, ...hold(noon + 1900) }] })
      await commit(store, {
        settle: [
          { id: id(1), attempts: 2, ...hold(noon + 1900) },
          { id: id(1), attempts: 2 },
        ],
      })
      await conflictOverWork(store, { settle: [{ id: id(1), attempts: 2, ...hold(noon + 1900) }] })
      same(numbers(await claimAll(store, { now: noon + 1e9 })), [2], 'what is left')
      await commit(store, { settle: [{ id: id(2), attempts: 3, retryAt: noon + 1e9 }] })
      await conflictOverWork(store, { settle: [{ id: id(2), attempts: 3, ...hold(noon + 1e9) }] })
    },
  },
  {
    area,
    name: 'a later item with the same kind and key takes the place of the earlier one',
    guarantee: 'G33',
    body: async ({ store }) => {
      const snooze = (n: number, due: number) => work(n, { kind: 'snooze', key: 'conversation 1', due })
      await commit(store, { work: [snooze(1, noon)] })
      await commit(store, { work: [snooze(2, noon + 100)] })
      same(await claimAll(store, { kinds: ['snooze'] }), [], 'the earlier one')
      same(numbers(await claimAll(store, { kinds: ['snooze'], now: noon + 1000 })), [2], 'the later one')
      await commit(store, {
        work: [
          snooze(3, noon),
          snooze(4, noon),
          work(5, { kind: 'other', key: 'conversation 1' }),
          work(6, { kind: 'snooze', key: 'conversation 2' }),
        ],
      })
      same(numbers(await claimAll(store, { kinds: ['snooze', 'other'] })), [4, 5, 6], 'other kinds and keys')
    },
  },
  {
    area,
    name: 'what is leased is replaced as well, and its worker is told when it settles',
    body: async ({ store }) => {
      await commit(store, { work: [work(1, { key: 'k' })] })
      await claimAll(store)
      await commit(store, { work: [work(2, { key: 'k' })] })
      await conflictOverWork(store, { settle: [{ id: id(1), attempts: 1 }] })
      const claimed = await claimAll(store)
      same(claimed, [{ ...work(2, { key: 'k' }), workspace: acme, attempts: 1 }], 'the new one')
    },
  },
  {
    area,
    name: 'items without a key never replace each other',
    body: async ({ store }) => {
      await commit(store, { work: [work(1), work(2)] })
      await commit(store, { work: [work(3)] })
      same(numbers(await claimAll(store)), [1, 2, 3], 'claimed')
    },
  },
  {
    area,
    name: 'cancelling removes what has this kind and key, claimed or not, and nothing else',
    body: async ({ store }) => {
      await commit(store, {
        work: [
          work(1, { key: 'a' }),
          work(2, { key: 'b' }),
          work(3, { key: 'c' }),
          work(4, { kind: 'snooze', key: 'a' }),
          work(5),
        ],
      })
      same(numbers(await claimAll(store, { limit: 1 })), [1], 'claimed before')
      await commit(store, {
        cancel: [
          { kind: 'deliver', key: 'a' },
          { kind: 'deliver', key: 'b' },
          { kind: 'deliver', key: 'nothing' },
        ],
      })
      same(numbers(await claimAll(store, { kinds: ['deliver', 'snooze'] })), [3, 4, 5], 'claimed after')
      await conflictOverWork(store, { settle: [{ id: id(1), attempts: 1 }] })
    },
  },
  {
    area,
    name: 'work that is settled may be put again under its key in the same changeset',
    body: async ({ store }) => {
      await commit(store, { work: [work(1, { key: 'k' })] })
      await claimAll(store)
      await commit(store, { settle: [{ id: id(1), attempts: 1 }], work: [work(2, { key: 'k', due: noon + 5 })] })
      same(numbers(await claimAll(store, { now: noon + 5 })), [2], 'claimed')
    },
  },
  {
    area,
    name: 'after any downtime all that is overdue comes, once',
    guarantee: 'G33',
    body: async ({ store }) => {
      const all = Array.from({ length: 90 }, (_, n) => n + 1)
      await commit(store, { work: all.map((n) => work(n, { due: noon + n * 3_600_000 })) })
      const years = noon + 10 * 365 * 86_400_000
      const claimed: number[] = []
      for (;;) {
        const some = await claimAll(store, { now: years, limit: 25 })
        if (some.length === 0) break
        claimed.push(...numbers(some))
        await commit(store, { settle: some.map(({ id: of, attempts }) => ({ id: of, attempts })) })
      }
      same(claimed, all, 'claimed')
    },
  },
  {
    area,
    name: 'the next due time is known, with leases and lanes taken into account',
    guarantee: 'G33',
    body: async ({ store }) => {
      const next = async (...kinds: ReadonlyArray<string>) => store.nextDue(kinds)
      same(await next('deliver'), undefined, 'when there is nothing')
      await commit(store, {
        work: [
          work(1, { due: noon + 50, lane: 'one' }),
          work(2, { due: noon - 50, lane: 'one' }),
          work(3, { due: noon + 70, lane: 'two' }),
          work(4, { due: noon + 10, kind: 'snooze' }),
        ],
      })
      same(await next('deliver'), noon + 50, 'behind the head of a lane nothing is due')
      same(await next('snooze', 'deliver'), noon + 10, 'of two kinds')
      same(await next('unknown'), undefined, 'of a kind that has nothing')
      same(await next(), undefined, 'of no kind')
      same(numbers(await claimAll(store, { now: noon + 60, leaseMs: 1000 })), [1], 'claimed')
      same(await next('deliver'), noon + 70, 'while one is leased')
      same(numbers(await claimAll(store, { now: noon + 70, leaseMs: 5000 })), [3], 'claimed')
      same(await next('deliver'), noon + 1060, 'when the first lease ends')
      await commit(store, { settle: [{ id: id(1), attempts: 1, retryAt: noon + 9000 }] })
      same(await next('deliver'), noon + 5070, 'when the other lease ends')
      await commit(store, { settle: [{ id: id(3), attempts: 1 }] })
      same(await next('deliver'), noon + 9000, 'the retry')
    },
  },
  {
    area,
    name: 'a due time far in the future or the past is a time like any other',
    body: async ({ store }) => {
      const far = 8_640_000_000_000_000
      await commit(store, { work: [work(1, { due: far }), work(2, { due: 0 })] })
      same(await store.nextDue(['deliver']), 0, 'the next due time')
      same(numbers(await claimAll(store)), [2], 'claimed')
      await commit(store, { settle: [{ id: id(2), attempts: 1 }] })
      same(await store.nextDue(['deliver']), far, 'the next due time')
      assert((await claimAll(store)).length === 0, 'nothing is claimed before its time')
    },
  },
  {
    area,
    name: 'what is still to come is told soonest first, whether somebody holds it or not',
    guarantee: 'G33',
    body: async ({ store }) => {
      await commit(store, {
        work: [
          work(1, { due: noon + 50, lane: 'one' }),
          work(2, { due: noon - 50, lane: 'one', key: 'k' }),
          work(3, { due: noon - 70, lane: 'two' }),
          work(4, { due: noon + 50, kind: 'snooze' }),
        ],
      })
      await commit(store, { work: [work(5)] }, 'other')
      same(numbers(await claimAll(store, { limit: 1 })), [3], 'claimed')
      const coming = await store.upcoming(acme, 10)
      same(numbers(coming), [3, 2, 1, 4], 'what is to come')
      same(
        coming.map(({ attempts, workspace }) => [attempts, workspace]),
        [
          [1, acme],
          [0, acme],
          [0, acme],
          [0, acme],
        ],
        'attempts',
      )
      same(
        coming[1],
        { ...work(2, { due: noon - 50, lane: 'one', key: 'k' }), workspace: acme, attempts: 0 },
        'an item',
      )
      same(numbers(await store.upcoming(acme, 2)), [3, 2], 'the first two')
      same(await store.upcoming(acme, 0), [], 'none of it')
      same(await store.upcoming('nowhere', 10), [], 'of a workspace that is not there')
      await commit(store, { settle: [{ id: id(3), attempts: 1, retryAt: noon + 60 }] })
      same(numbers(await store.upcoming(acme, 10)), [2, 1, 4, 3], 'after a retry was put off')
    },
  },
]
