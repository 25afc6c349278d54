import type { Filter, Storage, Visibility } from '@guichet/engine/ports'
import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conversation, id, noon, opening } from './rows.ts'

const area = 'count'

const all: Visibility = { _tag: 'All' }

const counted = (store: Storage, filter: Filter, visibility: Visibility = all, atMost = 1_000) =>
  store.count({ workspace: acme, visibility, filter, atMost })

export const countCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'a count is the number of rows of the list, each once, whoever looks',
    guarantee: 'G42',
    body: async ({ store }) => {
      const agents = ['ana', 'ben', null]
      const queues = ['sales', 'support', 'vip', null]
      await commit(store, {
        conversations: Array.from({ length: 120 }, (_, n) =>
          opening(
            conversation(n + 1, {
              owner: agents[n % 3] ?? null,
              queue: queues[n % 4] ?? null,
              status: n % 5 === 0 ? 'closed' : 'open',
              involved: n % 7 === 0 ? ['ana'] : [],
              tags: n % 6 === 0 ? ['vip'] : [],
              contact: id(0xc00 + (n % 9)),
              deleted: n % 10 === 9,
              lastActivity: noon + (n % 13),
            }),
          ),
        ),
      })
      const viewers: ReadonlyArray<Visibility> = [
        all,
        { _tag: 'Some', agent: 'ana', queues: ['sales', 'support'], unownedOf: ['vip', 'sales'] },
        { _tag: 'Some', agent: 'cleo', queues: [], unownedOf: [] },
      ]
      const filters: ReadonlyArray<Filter> = [
        {},
        { status: ['open'] },
        { status: [] },
        { queues: ['sales', 'vip'] },
        { contacts: [id(0xc01), id(0xc02)] },
        { ids: [id(1), id(2), id(10), id(500)] },
        { owner: null },
        { owner: 'ana', from: noon + 3, to: noon + 9 },
        { tag: 'vip' },
      ]
      for (const visibility of viewers) {
        for (const filter of filters) {
          const rows = await store.list({ workspace: acme, visibility, filter, reader: null, limit: 1_000 })
          same(await counted(store, filter, visibility), rows.length, `${visibility._tag} ${JSON.stringify(filter)}`)
          const most = Math.min(4, rows.length)
          same(await counted(store, filter, visibility, 4), most, `no further than 4: ${JSON.stringify(filter)}`)
        }
      }
      same(await counted(store, {}, all, 0), 0, 'no further than nothing')
      same(await store.count({ workspace: 'other', visibility: all, filter: {}, atMost: 9 }), 0, 'another workspace')
    },
  },
  {
    area,
    name: 'to count a few costs a few rows, however many there are',
    guarantee: 'G44',
    body: async ({ store }) => {
      const cost = async (): Promise<number> => {
        const before = store.stats().rows
        same(await counted(store, { status: ['open'] }, all, 10), 10, 'the count')
        return store.stats().rows - before
      }
      await commit(store, { conversations: Array.from({ length: 30 }, (_, n) => opening(conversation(n + 1))) })
      const few = await cost()
      await commit(store, { conversations: Array.from({ length: 600 }, (_, n) => opening(conversation(n + 31))) })
      same(await cost(), few, 'rows')
    },
  },
]
