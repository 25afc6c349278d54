import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conflict } from './rows.ts'

const area = 'counters'

const sorted = (rows: ReadonlyArray<{ scope: string; bucket: string; by: number }>) =>
  rows.map(({ scope, bucket, by }) => `${scope} ${bucket} ${by}`).sort()

export const counterCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'changes add up, also within one changeset',
    body: async ({ store }) => {
      await commit(store, {
        counters: [
          { scope: 'all', bucket: 'open', by: 1 },
          { scope: 'all', bucket: 'open', by: 2 },
          { scope: 'all', bucket: 'closed', by: 1 },
          { scope: 'queue/sales', bucket: 'open', by: 5 },
        ],
      })
      await commit(store, { counters: [{ scope: 'all', bucket: 'open', by: -1 }] })
      same(sorted(await store.counters(acme, ['all'])), ['all closed 1', 'all open 2'], 'counters of one scope')
      same(
        sorted(await store.counters(acme, ['all', 'queue/sales', 'nothing', 'all'])),
        ['all closed 1', 'all open 2', 'queue/sales open 5'],
        'counters of several scopes',
      )
      same(await store.counters(acme, []), [], 'counters of no scope')
    },
  },
  {
    area,
    name: 'a counter that comes to zero is gone',
    body: async ({ store }) => {
      await commit(store, { counters: [{ scope: 'all', bucket: 'open', by: 3 }] })
      await commit(store, { counters: [{ scope: 'all', bucket: 'open', by: -3 }] })
      same(await store.counters(acme, ['all']), [], 'counters')
      await commit(store, { counters: [{ scope: 'all', bucket: 'spam', by: 0 }] })
      same(await store.counters(acme, ['all']), [], 'counters after a change by nothing')
      await commit(store, { counters: [{ scope: 'all', bucket: 'open', by: 1 }] })
      same(sorted(await store.counters(acme, ['all'])), ['all open 1'], 'counters when it is back')
    },
  },
  {
    area,
    name: 'no row is kept for a counter that came to zero',
    needs: 'raw',
    body: async ({ store, raw }) => {
      await commit(store, { counters: [{ scope: 'all', bucket: 'open', by: 3 }] })
      same(await raw().count('counters', acme), 1, 'rows')
      await commit(store, { counters: [{ scope: 'all', bucket: 'open', by: -3 }] })
      same(await raw().count('counters', acme), 0, 'rows')
    },
  },
  {
    area,
    name: 'a conflict counts nothing',
    body: async ({ store }) => {
      await conflict(store, {
        counters: [{ scope: 'all', bucket: 'open', by: 3 }],
        settle: [{ id: '01900000-0000-7000-8000-000000000001', attempts: 1 }],
      })
      same(await store.counters(acme, ['all']), [], 'counters')
    },
  },
]
