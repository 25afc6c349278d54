import { assert, same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import {
  acme,
  claimAll,
  commit,
  conflict,
  conversation,
  delivery,
  entry,
  everything,
  id,
  load,
  loadOne,
  noon,
  numbers,
  opening,
  work,
} from './rows.ts'

const area = 'durability'

export const durabilityCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'what was committed is there after the store was closed and opened again',
    guarantee: 'G06',
    needs: 'reopen',
    body: async ({ store, reopen }) => {
      await commit(store, {
        conversations: [opening(conversation(1, { inbound: 4 }))],
        externals: [{ account: 'mail', externalId: '<1>', conversation: id(1), seq: 1, at: noon }],
        entries: [entry(1, 1, { body: 'bonjour' })],
        deliveries: [delivery(1, 1)],
        settings: [{ kind: 'queue', id: 'sales', data: '{}' }],
        counters: [{ scope: 'all', bucket: 'open', by: 1 }],
      })
      await store.markRead({ workspace: acme, agent: 'ana', visibility: { _tag: 'All' }, filter: {}, unread: 1 })
      const stream = await everything(store)
      const again = await reopen()
      same(await loadOne(again, 1), { ...conversation(1, { inbound: 4 }), workspace: acme }, 'the conversation')
      same(await everything(again), stream, 'the stream')
      same((await again.settings(acme)).length, 1, 'settings')
      same(await again.counters(acme, ['all']), [{ scope: 'all', bucket: 'open', by: 1 }], 'counters')
      const query = { workspace: acme, visibility: { _tag: 'All' }, filter: {}, limit: 10 } as const
      same((await again.list({ ...query, reader: 'ana' }))[0]?.unread, 1, 'unread')
      same((await again.search({ ...query, words: ['bonjour'] })).length, 1, 'hits')
      await conflict(again, {
        externals: [{ account: 'mail', externalId: '<1>', conversation: id(2), seq: 1, at: noon }],
      })
    },
  },
  {
    area,
    name: 'positions go on rising, also when the last place in the stream was left before',
    guarantee: 'G45',
    needs: 'reopen',
    body: async ({ store, reopen }) => {
      await commit(store, { entries: [entry(1, 1)], deliveries: [delivery(1, 1)] })
      await commit(store, { deliveries: [delivery(1, 1, { version: 2 })] })
      const before = await store.position(acme)
      const again = await reopen()
      same(await again.position(acme), before, 'the position')
      const after = await commit(again, { entries: [entry(1, 2)] })
      assert(after > before, `the next position must be after ${before}, not ${after}`)
      same((await again.stream({ workspace: acme, after: before, limit: 10 })).items.length, 1, 'news')
    },
  },
  {
    area,
    name: 'timers, leases and attempts outlive a restart',
    guarantee: 'G33',
    needs: 'reopen',
    body: async ({ store, reopen }) => {
      await commit(store, { work: [work(1), work(2, { due: noon + 500 }), work(3, { key: 'k' })] })
      await claimAll(store, { limit: 1, leaseMs: 1000 })
      const again = await reopen()
      same(numbers(await claimAll(again)), [3], 'claimed at once')
      same(await again.nextDue(['deliver']), noon + 500, 'the next due time')
      const later = await claimAll(again, { now: noon + 1000 })
      same(
        later.map(({ id: of, attempts }) => [of, attempts]),
        [
          [id(1), 2],
          [id(2), 1],
        ],
        'claimed when the lease has ended',
      )
      await conflict(again, { settle: [{ id: id(1), attempts: 1 }] })
    },
  },
  {
    area,
    name: 'what conflicted is not there after a restart either',
    needs: 'reopen',
    body: async ({ store, reopen }) => {
      await conflict(store, {
        conversations: [opening(conversation(1))],
        entries: [entry(1, 1)],
        settle: [{ id: id(5), attempts: 1 }],
      })
      const again = await reopen()
      const found = await load(again, { conversations: [{ workspace: acme, id: id(1) }] })
      same(found.conversations, [], 'conversations')
      same(await everything(again), [], 'the stream')
    },
  },
]
