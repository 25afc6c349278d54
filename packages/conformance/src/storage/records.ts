import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conflict, conversation, entry, everything, id, opening } from './rows.ts'

const area = 'records'

const all = { _tag: 'All' } as const

/** A line about a contact. */
const line = (seq: number, data: string) => ({
  ...entry(0xc00, seq, { kind: 'record', type: 'Remarked', body: 'secret', data }),
})

export const recordCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'lines about something else than a conversation have a timeline and are in the stream',
    body: async ({ store }) => {
      await commit(store, { entries: [line(1, '"a"'), line(2, '"b"')] })
      await conflict(store, { entries: [line(2, '"c"')] })
      const read = async (over = {}) =>
        (await store.timeline({ workspace: acme, conversation: id(0xc00), limit: 10, ...over })).entries
      same(await read(), [line(1, '"a"'), line(2, '"b"')], 'the timeline')
      same(await read({ kinds: ['record'], before: 2 }), [line(1, '"a"')], 'of its kind')
      same(await read({ kinds: ['in', 'out', 'note', 'event'] }), [], 'of other kinds')
      same(
        (await everything(store)).map((item) => item._tag === 'Entry' && item.entry),
        [line(1, '"a"'), line(2, '"b"')],
        'the stream',
      )
      await commit(store, { erase: [{ conversation: id(0xc00), seq: 'all' }] })
      same(
        (await read()).map(({ body, data }) => [body, data]),
        [
          [null, '{}'],
          [null, '{}'],
        ],
        'what is left when it was erased',
      )
    },
  },
  {
    area,
    name: 'no list and no search shows them, not even beside a conversation of the same id',
    guarantee: 'G42',
    body: async ({ store }) => {
      const found = async () =>
        store.search({ workspace: acme, visibility: all, words: ['secret'], filter: {}, limit: 9 })
      const listed = async () => store.list({ workspace: acme, visibility: all, filter: {}, reader: null, limit: 9 })
      await commit(store, { entries: [line(1, '"a"')] })
      same([await found(), await listed()], [[], []], 'hits and rows')
      await commit(store, { conversations: [opening(conversation(0xc00))], entries: [line(2, '"b"')] })
      same([await found(), (await listed()).length], [[], 1], 'hits and rows beside a conversation')
      await commit(store, {
        erase: [{ conversation: id(0xc00), seq: 'all' }],
        entries: [entry(0xc00, 3, { body: 'secret' })],
      })
      same(
        (await found()).map((hit) => hit.entry.seq),
        [3],
        'hits after the lines were erased and a message came',
      )
    },
  },
]
