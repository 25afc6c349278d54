import type { StoredEntry, TimelineQuery } from '@guichet/engine/ports'
import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, delivery, entry, id } from './rows.ts'

const area = 'timeline'

const kinds: ReadonlyArray<StoredEntry['kind']> = ['in', 'out', 'note', 'event']

/** Twenty entries: in, out, note, event, and again. */
const twenty = Array.from({ length: 20 }, (_, n) => entry(1, n + 1, { kind: kinds[n % 4] ?? 'in' }))

const seqs = async (
  store: { readonly timeline: (query: TimelineQuery) => unknown },
  over: Partial<TimelineQuery>,
): Promise<ReadonlyArray<number>> => {
  const found = (await store.timeline({ workspace: acme, conversation: id(1), limit: 5, ...over })) as {
    readonly entries: ReadonlyArray<StoredEntry>
  }
  return found.entries.map(({ seq }) => seq)
}

export const timelineCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'pages backwards from the newest, each by rising seq',
    body: async ({ store }) => {
      await commit(store, { entries: twenty })
      same(await seqs(store, {}), [16, 17, 18, 19, 20], 'the newest')
      same(await seqs(store, { before: 16 }), [11, 12, 13, 14, 15], 'those before')
      same(await seqs(store, { before: 3 }), [1, 2], 'the oldest')
      same(await seqs(store, { before: 1 }), [], 'those before the first')
    },
  },
  {
    area,
    name: 'pages forwards from a seq',
    body: async ({ store }) => {
      await commit(store, { entries: twenty })
      same(await seqs(store, { after: 0 }), [1, 2, 3, 4, 5], 'the first')
      same(await seqs(store, { after: 5 }), [6, 7, 8, 9, 10], 'those after')
      same(await seqs(store, { after: 18 }), [19, 20], 'the last')
      same(await seqs(store, { after: 20 }), [], 'those after the last')
    },
  },
  {
    area,
    name: 'kinds are left out before a page is cut',
    body: async ({ store }) => {
      await commit(store, { entries: twenty })
      same(await seqs(store, { kinds: ['in', 'out'], limit: 4 }), [13, 14, 17, 18], 'messages, newest')
      same(await seqs(store, { kinds: ['note'], after: 3, limit: 2 }), [7, 11], 'notes after the third entry')
      same(await seqs(store, { kinds: [] }), [], 'no kind at all')
    },
  },
  {
    area,
    name: 'shows of each message where it is and what was said about it since',
    body: async ({ store }) => {
      await commit(store, {
        entries: twenty,
        deliveries: [delivery(1, 2), delivery(1, 18)],
        amendments: [
          { conversation: id(1), seq: 1, data: '"old"' },
          { conversation: id(1), seq: 17, data: '"edited"' },
        ],
      })
      await commit(store, {
        deliveries: [delivery(1, 18, { version: 2, status: 'sent' })],
        amendments: [{ conversation: id(1), seq: 17, data: '"edited again"' }],
      })
      const found = await store.timeline({ workspace: acme, conversation: id(1), limit: 5 })
      same(found.deliveries, [delivery(1, 18, { version: 2, status: 'sent' })], 'deliveries of the page')
      same(found.amendments, [{ conversation: id(1), seq: 17, data: '"edited again"' }], 'amendments of the page')
    },
  },
  {
    area,
    name: 'shows one conversation only',
    body: async ({ store }) => {
      await commit(store, { entries: [entry(1, 1), entry(2, 1), entry(2, 2)], deliveries: [delivery(2, 2)] })
      same(await seqs(store, {}), [1], 'entries')
      same(
        await store.timeline({ workspace: acme, conversation: id(3), limit: 5 }),
        { entries: [], deliveries: [], amendments: [] },
        'a conversation that is not there',
      )
      same(await seqs(store, { conversation: "' or 1=1 --" }), [], 'an id that is none')
    },
  },
]
