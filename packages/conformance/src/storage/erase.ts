import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conversation, entry, everything, id, opening } from './rows.ts'

const area = 'erase'

const all = { _tag: 'All' } as const

export const eraseCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'an erased entry keeps who and when, and nothing of what',
    body: async ({ store }) => {
      const before = entry(1, 1, {
        kind: 'note',
        type: 'Noted',
        actorKind: 'agent',
        actor: 'ana',
        body: 'confidential',
        data: '{"text":"confidential"}',
      })
      await commit(store, {
        conversations: [opening(conversation(1))],
        entries: [before, entry(1, 2, { body: 'public', data: '"kept"' })],
        amendments: [1, 2].map((seq) => ({ conversation: id(1), seq, data: '{"text":"confidential"}' })),
      })
      await store.index(100)
      await commit(store, { erase: [{ conversation: id(1), seq: 1 }] })
      const found = await store.timeline({ workspace: acme, conversation: id(1), limit: 10 })
      same(found.entries[0], { ...before, body: null, data: '{}' }, 'the erased entry')
      same(found.entries[1], entry(1, 2, { body: 'public', data: '"kept"' }), 'the entry beside it')
      same(
        found.amendments.map(({ seq }) => seq),
        [2],
        'amendments',
      )
      const streamed = (await everything(store)).map((item) => item._tag === 'Entry' && item.entry.data)
      same(streamed, ['{}', '"kept"'], 'what the stream shows')
    },
  },
  {
    area,
    name: 'what is to stay of an entry stays instead of what it contained',
    body: async ({ store }) => {
      await commit(store, {
        entries: [1, 2, 3].map((seq) => entry(1, seq, { body: 'confidential', data: '{"text":"confidential"}' })),
      })
      await commit(store, {
        erase: [
          { conversation: id(1), seq: 1, data: '{"direction":"in"}' },
          { conversation: id(1), seq: 3 },
        ],
      })
      const found = await store.timeline({ workspace: acme, conversation: id(1), limit: 10 })
      same(
        found.entries.map(({ body, data }) => [body, data]),
        [
          [null, '{"direction":"in"}'],
          ['confidential', '{"text":"confidential"}'],
          [null, '{}'],
        ],
        'what is left of the entries',
      )
    },
  },
  {
    area,
    name: 'an erased entry is not found again, whether or not it was indexed before',
    body: async ({ store }) => {
      const find = async () =>
        (await store.search({ workspace: acme, visibility: all, words: ['confidential'], filter: {}, limit: 10 }))
          .length
      await commit(store, {
        conversations: [opening(conversation(1))],
        entries: [entry(1, 1, { body: 'confidential' }), entry(1, 2, { body: 'confidential' })],
      })
      same(await find(), 2, 'hits before')
      await commit(store, {
        entries: [entry(1, 3, { body: 'confidential' })],
        erase: [{ conversation: id(1), seq: 1 }],
      })
      await commit(store, { erase: [{ conversation: id(1), seq: 3 }] })
      same(await find(), 1, 'hits after')
    },
  },
  {
    area,
    name: 'all of a conversation is erased at once, and no other',
    body: async ({ store }) => {
      await commit(store, {
        conversations: [opening(conversation(1)), opening(conversation(2))],
        entries: [entry(1, 1, { body: 'one' }), entry(1, 2, { body: 'two' }), entry(2, 1, { body: 'three' })],
        amendments: [
          { conversation: id(1), seq: 2, data: '"one"' },
          { conversation: id(2), seq: 1, data: '"three"' },
        ],
      })
      await commit(store, { erase: [{ conversation: id(1), seq: 'all' }] })
      const one = await store.timeline({ workspace: acme, conversation: id(1), limit: 10 })
      same(
        one.entries.map(({ body, data }) => [body, data]),
        [
          [null, '{}'],
          [null, '{}'],
        ],
        'what is left of the entries',
      )
      same(one.amendments, [], 'amendments')
      const two = await store.timeline({ workspace: acme, conversation: id(2), limit: 10 })
      same(two.entries[0]?.body, 'three', 'the other conversation')
      same(two.amendments.length, 1, 'amendments of the other conversation')
    },
  },
  {
    area,
    name: 'nothing of an erased entry is kept anywhere',
    needs: 'raw',
    body: async ({ store, raw }) => {
      await commit(store, {
        entries: [entry(1, 1, { body: 'confidential', data: '{"text":"confidential"}' })],
        amendments: [{ conversation: id(1), seq: 1, data: '{"text":"confidential"}' }],
      })
      await commit(store, { erase: [{ conversation: id(1), seq: 1 }] })
      same(await raw().entry(acme, id(1), 1), { body: null, data: '{}' }, 'the entry as it is kept')
      same(await raw().count('amendments', acme), 0, 'amendments')
    },
  },
  {
    area,
    name: 'erasing what is not there does nothing',
    body: async ({ store }) => {
      await commit(store, { entries: [entry(1, 1, { body: 'one' })] })
      await commit(store, {
        erase: [
          { conversation: id(1), seq: 9 },
          { conversation: id(2), seq: 'all' },
        ],
      })
      const found = await store.timeline({ workspace: acme, conversation: id(1), limit: 10 })
      same(found.entries[0]?.body, 'one', 'the body')
    },
  },
]
