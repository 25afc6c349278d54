import type { Filter, ListQuery, Storage, Visibility } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conversation, id, noon, opening } from './rows.ts'

const area = 'list'

const all: Visibility = { _tag: 'All' }

const query = (over: Partial<ListQuery>): ListQuery => ({
  workspace: acme,
  visibility: all,
  filter: {},
  reader: null,
  limit: 100,
  ...over,
})

/** The numbers of the conversations found, in the order in which they were listed. */
const listed = async (store: Storage, over: Partial<ListQuery>): Promise<ReadonlyArray<number>> =>
  (await store.list(query(over))).map(({ row }) => Number.parseInt(row.id.slice(-12), 16))

const filtered = (store: Storage, filter: Filter) => listed(store, { filter })

export const listCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'newest activity first, then the higher id',
    guarantee: 'G44',
    body: async ({ store }) => {
      const at = { 1: 5, 2: 9, 3: 5, 4: 1, 5: 9 }
      await commit(store, {
        conversations: Object.entries(at).map(([n, lastActivity]) =>
          opening(conversation(Number(n), { lastActivity })),
        ),
      })
      same(await listed(store, {}), [5, 2, 3, 1, 4], 'the order')
      await commit(store, { conversations: [{ row: conversation(4, { version: 2, lastActivity: 7 }), expected: 1 }] })
      same(await listed(store, {}), [5, 2, 4, 3, 1], 'the order after one of them moved')
    },
  },
  {
    area,
    name: 'pages join without a gap or a double, also between rows of the same time',
    guarantee: 'G44',
    body: async ({ store }) => {
      const numbers = Array.from({ length: 50 }, (_, n) => n + 1)
      await commit(store, {
        conversations: numbers.map((n) => opening(conversation(n, { lastActivity: noon + (n % 4) }))),
      })
      const whole = await listed(store, {})
      same(whole.length, 50, 'rows in one page')
      const pages: number[] = []
      let after: ListQuery['after']
      for (;;) {
        const page = await store.list(query({ limit: 7, ...(after === undefined ? {} : { after }) }))
        const last = page.at(-1)?.row
        if (last === undefined) break
        assert(page.length <= 7, `a page of at most 7 has ${page.length} rows`)
        pages.push(...page.map(({ row }) => Number.parseInt(row.id.slice(-12), 16)))
        after = { lastActivity: last.lastActivity, id: last.id }
      }
      same(pages, whole, 'all pages together')
    },
  },
  {
    area,
    name: 'more than a thousand rows stay in order while they move about',
    guarantee: 'G44',
    body: async ({ store }) => {
      const rows = Array.from({ length: 1300 }, (_, n) =>
        conversation(n + 1, { lastActivity: noon + ((n * 7919) % 400) }),
      )
      await commit(store, { conversations: rows.map(opening) })
      for (let round = 1; round <= 3; round += 1) {
        const moved = rows.flatMap((row, n) => (n % 3 === round % 3 ? [n] : []))
        await commit(store, {
          conversations: moved.map((n) => {
            const row = rows[n] ?? conversation(0)
            const lastActivity = noon + ((n * 104_729 + round * 31) % 500)
            rows[n] = { ...row, version: row.version + 1, lastActivity }
            return { row: { ...row, version: row.version + 1, lastActivity }, expected: row.version }
          }),
        })
        const expected = rows.toSorted((a, b) => b.lastActivity - a.lastActivity || (a.id < b.id ? 1 : -1))
        const found = await store.list(query({ limit: 2000 }))
        same(
          found.map(({ row }) => row.id),
          expected.map((row) => row.id),
          `the order after ${round} rounds`,
        )
        const from = expected[700]
        if (from === undefined) continue
        const page = await store.list(query({ limit: 10, after: { lastActivity: from.lastActivity, id: from.id } }))
        same(
          page.map(({ row }) => row.id),
          expected.slice(701, 711).map((row) => row.id),
          `a page from the middle after ${round} rounds`,
        )
      }
    },
  },
  {
    area,
    name: 'a page goes on behind a row that has moved or gone meanwhile',
    guarantee: 'G44',
    body: async ({ store }) => {
      await commit(store, { conversations: [1, 2, 3, 4].map((n) => opening(conversation(n))) })
      await commit(store, {
        conversations: [
          { row: conversation(3, { version: 2, lastActivity: noon + 100 }), expected: 1 },
          { row: conversation(2, { version: 2, deleted: true }), expected: 1 },
        ],
      })
      same(await listed(store, { after: { lastActivity: noon + 3, id: id(3) } }), [1], 'the next page')
    },
  },
  {
    area,
    name: 'every filter keeps what matches, and filters add up',
    guarantee: 'G44',
    body: async ({ store }) => {
      await commit(store, {
        conversations: [
          opening(conversation(1)),
          opening(conversation(2, { status: 'pending', control: 'bot' })),
          opening(conversation(3, { channel: 'sms', account: 'mobile' })),
          opening(conversation(4, { queue: 'support', owner: 'ana', lastBy: 'agent' })),
          opening(conversation(5, { queue: null, contact: id(0xc01) })),
          opening(conversation(6, { mentioned: ['ben'], tags: ['vip', 'b2b'], flags: ['urgent'], lastBy: null })),
        ],
      })
      same(await filtered(store, {}), [6, 5, 4, 3, 2, 1], 'no filter')
      same(await filtered(store, { status: ['pending'] }), [2], 'status')
      same(await filtered(store, { status: ['open', 'pending'] }), [6, 5, 4, 3, 2, 1], 'several statuses')
      same(await filtered(store, { status: [] }), [], 'no status at all')
      same(await filtered(store, { control: 'bot' }), [2], 'control')
      same(await filtered(store, { channel: 'sms' }), [3], 'channel')
      same(await filtered(store, { notChannel: 'sms' }), [6, 5, 4, 2, 1], 'any other channel')
      same(await filtered(store, { channel: 'sms', notChannel: 'sms' }), [], 'a channel that it must not be')
      same(await filtered(store, { account: 'mobile' }), [3], 'account')
      same(await filtered(store, { queues: ['support'] }), [4], 'queue')
      same(
        await filtered(store, { queues: ['support', 'nowhere', 'sales', 'support'] }),
        [6, 4, 3, 2, 1],
        'several queues',
      )
      same(await filtered(store, { queues: [] }), [], 'no queue at all')
      same(await filtered(store, { owner: 'ana' }), [4], 'owner')
      same(await filtered(store, { owner: null }), [6, 5, 3, 2, 1], 'nobody owns it')
      same(await filtered(store, { contacts: [id(0xc01)] }), [5], 'contact')
      same(await filtered(store, { contacts: [id(0xc01), id(0xc02), id(0xc00)] }), [6, 5, 4, 3, 2, 1], 'contacts')
      same(await filtered(store, { contacts: [] }), [], 'no contact at all')
      same(await filtered(store, { ids: [id(2), id(99), id(5), id(2), 'x'] }), [5, 2], 'ids')
      same(await filtered(store, { ids: [id(2), id(5)], status: ['open'] }), [5], 'ids, and what else must hold')
      same(await filtered(store, { ids: [] }), [], 'no id at all')
      same(await filtered(store, { mentions: 'ben' }), [6], 'mentions')
      same(await filtered(store, { tag: 'b2b' }), [6], 'tag')
      same(await filtered(store, { tag: 'vi' }), [], 'part of a tag')
      same(await filtered(store, { flag: 'urgent' }), [6], 'flag')
      same(await filtered(store, { flag: 'followUp' }), [], 'another flag')
      same(await filtered(store, { lastBy: 'agent' }), [4], 'last word')
      same(await filtered(store, { from: noon + 5 }), [6, 5], 'from, inclusive')
      same(await filtered(store, { to: noon + 2 }), [2, 1], 'to, inclusive')
      same(await filtered(store, { from: noon + 2, to: noon + 3 }), [3, 2], 'from and to')
      same(await filtered(store, { status: ['open'], owner: null, queues: ['sales'], from: noon + 2 }), [6, 3], 'many')
      same(await filtered(store, { status: ['open'], control: 'bot' }), [], 'filters that exclude each other')
    },
  },
  {
    area,
    name: 'a viewer sees her own, what she is involved in, her queues, and the unowned of others',
    guarantee: 'G42',
    body: async ({ store }) => {
      await commit(store, {
        conversations: [
          opening(conversation(1, { queue: 'exclusive', owner: 'ana' })),
          opening(conversation(2, { queue: 'exclusive', owner: 'ben' })),
          opening(conversation(3, { queue: 'exclusive', owner: 'ben', involved: ['cleo', 'ana'] })),
          opening(conversation(4, { queue: 'exclusive', owner: null })),
          opening(conversation(5, { queue: 'shared', owner: 'ben' })),
          opening(conversation(6, { queue: 'foreign', owner: null })),
          opening(conversation(7, { queue: null, owner: null })),
          opening(conversation(8, { queue: 'exclusive', owner: 'ana b', involved: ['anabel'] })),
        ],
      })
      const ana = (queues: ReadonlyArray<string>, unownedOf: ReadonlyArray<string>): Visibility => ({
        _tag: 'Some',
        agent: 'ana',
        queues,
        unownedOf,
      })
      same(await listed(store, { visibility: all }), [8, 7, 6, 5, 4, 3, 2, 1], 'all')
      same(await listed(store, { visibility: ana([], []) }), [3, 1], 'no queue')
      same(await listed(store, { visibility: ana(['shared'], []) }), [5, 3, 1], 'a shared queue')
      same(await listed(store, { visibility: ana([], ['exclusive']) }), [4, 3, 1], 'the unowned of an exclusive queue')
      same(await listed(store, { visibility: ana(['shared'], ['exclusive', 'shared']) }), [5, 4, 3, 1], 'both')
      same(
        await listed(store, { visibility: ana(['shared', 'exclusive'], []), filter: { owner: 'ben' } }),
        [5, 3, 2],
        'both, filtered',
      )
    },
  },
  {
    area,
    name: 'deleted conversations are in no list',
    guarantee: 'G42',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1, { deleted: true })), opening(conversation(2))] })
      same(await listed(store, {}), [2], 'the list')
      same(await filtered(store, { contacts: [id(0xc00)] }), [2], 'the list of a contact')
      same(await filtered(store, { ids: [id(1), id(2)] }), [2], 'the list of ids')
    },
  },
  {
    area,
    name: 'what was deleted and is put back is in its lists again, and found by all that it had',
    body: async ({ store }) => {
      const row = { tags: ['vip'], flags: ['urgent' as const], involved: ['ana'], mentioned: ['ben'], owner: 'ben' }
      const ana: Visibility = { _tag: 'Some', agent: 'ana', queues: [], unownedOf: [] }
      const filters: ReadonlyArray<Filter> = [
        {},
        { tag: 'vip' },
        { flag: 'urgent' },
        { mentions: 'ben' },
        { owner: 'ben' },
      ]
      await commit(store, {
        conversations: [opening(conversation(1, row)), opening(conversation(2, { ...row, deleted: true }))],
      })
      const put = async (version: number, over: Partial<typeof row & { deleted: boolean; lastActivity: number }>) =>
        commit(store, {
          conversations: [1, 2].map((n) => ({
            row: conversation(n, { ...row, version, ...over }),
            expected: version - 1,
          })),
        })
      await put(2, { deleted: true })
      for (const filter of filters)
        same(await listed(store, { filter, visibility: ana }), [], `deleted: ${JSON.stringify(filter)}`)
      await put(3, {})
      for (const filter of filters)
        same(await listed(store, { filter, visibility: ana }), [2, 1], `back: ${JSON.stringify(filter)}`)
      await put(4, { deleted: true })
      await put(5, { lastActivity: noon + 50 })
      for (const filter of filters)
        same(await listed(store, { filter, visibility: ana }), [2, 1], `moved: ${JSON.stringify(filter)}`)
    },
  },
  {
    area,
    name: 'rows come whole',
    body: async ({ store }) => {
      const row = conversation(1, {
        owner: 'ana',
        flags: ['urgent'],
        tags: ['vip'],
        involved: ['ben'],
        mentioned: ['cleo'],
        subject: 'sujet',
        preview: 'aperçu',
        lastBy: 'bot',
      })
      await commit(store, { conversations: [opening(row)] })
      same(await store.list(query({})), [{ row, unread: 0 }], 'the list')
      same(await store.list(query({ limit: 0 })), [], 'a page of no rows')
    },
  },
  {
    area,
    name: 'the cost of a page does not grow with the number of conversations',
    guarantee: 'G44',
    body: async ({ store }) => {
      const cost = async (): Promise<number> => {
        const before = store.stats().rows
        await listed(store, { limit: 5, after: { lastActivity: noon + 20, id: id(20) } })
        return store.stats().rows - before
      }
      await commit(store, { conversations: Array.from({ length: 30 }, (_, n) => opening(conversation(n + 1))) })
      const few = await cost()
      assert(few >= 5, `a page of 5 rows must count at least 5 rows, not ${few}`)
      await commit(store, { conversations: Array.from({ length: 600 }, (_, n) => opening(conversation(n + 31))) })
      same(await cost(), few, 'rows')
    },
  },
]
