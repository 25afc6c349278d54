import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, change, commit, conflict, contact, conversation, entry, everything, id, load, opening } from './rows.ts'

const area = 'limits'

const count = (by: number, bucket = 'open') => ({ scope: 'load:ana', bucket, by })
const atMost = (most: number, bucket = 'open') => ({ scope: 'load:ana', bucket, atMost: most })

export const limitCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'a counter may reach what a changeset allows and not pass it',
    body: async ({ store }) => {
      await commit(store, { counters: [count(1), count(1)], limits: [atMost(2)] })
      await conflict(store, { counters: [count(1)], limits: [atMost(2)] })
      await commit(store, { counters: [count(1), count(-1)], limits: [atMost(2), atMost(0, 'closed')] })
      await conflict(store, { counters: [count(2), count(1, 'closed')], limits: [atMost(9), atMost(0, 'closed')] })
      await conflict(store, { limits: [atMost(1)] })
      await commit(store, { counters: [count(-1)], limits: [atMost(1)] })
      await commit(store, { counters: [count(5)] })
      same(await store.counters(acme, ['load:ana']), [count(6)], 'the counter, which knows no limit by itself')
      await conflict(store, { limits: [atMost(-1)] }, 'other')
      await commit(store, { limits: [atMost(0)] }, 'other')
    },
  },
  {
    area,
    name: 'a changeset over a limit stores nothing of itself',
    body: async ({ store }) => {
      await commit(store, { counters: [count(3)] })
      await conflict(store, {
        conversations: [opening(conversation(1))],
        entries: [entry(1, 1, { body: 'bonjour' })],
        documents: [contact(0xc00, { words: 'zoe' })],
        counters: [count(1), { scope: 'all', bucket: 'open', by: 1 }],
        limits: [atMost(3)],
      })
      const found = await load(store, {
        conversations: [{ workspace: acme, id: id(1) }],
        documents: [{ workspace: acme, kind: 'contact', id: id(0xc00) }],
        counters: [
          { workspace: acme, scope: 'load:ana' },
          { workspace: acme, scope: 'all' },
        ],
      })
      same([found.conversations, found.documents], [[], []], 'rows')
      same(found.counters, [{ ...count(3), workspace: acme }], 'counters')
      same(await everything(store), [], 'the stream')
    },
  },
  {
    area,
    name: 'changesets of one batch count what those before them have added',
    body: async ({ store }) => {
      const one = (n: number) =>
        change(acme, { conversations: [opening(conversation(n))], counters: [count(1)], limits: [atMost(2)] })
      const tags = (await store.commit([1, 2, 3, 4].map(one))).map(({ _tag }) => _tag)
      same(tags, ['Committed', 'Committed', 'Conflict', 'Conflict'], 'results')
      same(await store.counters(acme, ['load:ana']), [count(2)], 'the counter')
      const mixed = await store.commit([
        change(acme, { counters: [count(-1)] }),
        // A conflict after something was written, which has the batch undone and done in another way.
        change(acme, { conversations: [opening(conversation(5)), opening(conversation(1))], counters: [count(1)] }),
        one(6),
        one(7),
      ])
      same(
        mixed.map(({ _tag }) => _tag),
        ['Committed', 'Conflict', 'Committed', 'Conflict'],
        'results of a mixed batch',
      )
      same(await store.counters(acme, ['load:ana']), [count(2)], 'the counter after it')
    },
  },
  {
    area,
    name: 'of many who take the last place at once exactly one gets it',
    body: async ({ store }) => {
      const results = await Promise.all(
        Array.from({ length: 20 }, async (_, n) =>
          store.commit([
            change(acme, { conversations: [opening(conversation(n))], counters: [count(1)], limits: [atMost(1)] }),
          ]),
        ),
      )
      same(results.filter(([result]) => result?._tag === 'Committed').length, 1, 'who got it')
    },
  },
]
