import type { ListQuery, Storage } from '@guichet/engine/ports'
import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conversation, id, opening } from './rows.ts'

const area = 'read marks'

const all = { _tag: 'All' } as const

/** Unread counts by conversation number, of one reader. */
const unread = async (store: Storage, reader: string | null, over: Partial<ListQuery> = {}) =>
  Object.fromEntries(
    (await store.list({ workspace: acme, visibility: all, filter: {}, reader, limit: 100, ...over })).map((found) => [
      Number.parseInt(found.row.id.slice(-12), 16),
      found.unread,
    ]),
  )

const mark = async (store: Storage, over: Partial<Parameters<Storage['markRead']>[0]>): Promise<void> =>
  store.markRead({ workspace: acme, agent: 'ana', visibility: all, filter: {}, ...over })

const three = [
  opening(conversation(1, { inbound: 3 })),
  opening(conversation(2, { inbound: 5, queue: 'support' })),
  opening(conversation(3, { inbound: 0, status: 'closed' })),
]

export const readMarkCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'everything is unread until an agent reads it, for her alone',
    guarantee: 'G43',
    body: async ({ store }) => {
      await commit(store, { conversations: three })
      same(await unread(store, 'ana'), { 1: 3, 2: 5, 3: 0 }, 'unread by ana before')
      await mark(store, { conversation: id(1) })
      same(await unread(store, 'ana'), { 1: 0, 2: 5, 3: 0 }, 'unread by ana')
      same(await unread(store, 'ben'), { 1: 3, 2: 5, 3: 0 }, 'unread by ben')
      same(await unread(store, null), { 1: 0, 2: 0, 3: 0 }, 'unread by nobody')
    },
  },
  {
    area,
    name: 'what comes later is unread again',
    guarantee: 'G43',
    body: async ({ store }) => {
      await commit(store, { conversations: three })
      await mark(store, { conversation: id(1) })
      await commit(store, { conversations: [{ row: conversation(1, { version: 2, inbound: 5 }), expected: 1 }] })
      same(await unread(store, 'ana'), { 1: 2, 2: 5, 3: 0 }, 'unread')
    },
  },
  {
    area,
    name: 'all that matches a filter and is seen is read in one statement',
    guarantee: 'G43',
    body: async ({ store }) => {
      await commit(store, { conversations: three })
      await mark(store, { filter: { queues: ['support'] } })
      same(await unread(store, 'ana'), { 1: 3, 2: 0, 3: 0 }, 'after a filter')
      await mark(store, { visibility: { _tag: 'Some', agent: 'ana', queues: ['support'], unownedOf: [] } })
      same(await unread(store, 'ana'), { 1: 3, 2: 0, 3: 0 }, 'after marking what she sees')
      const before = store.stats().statements
      await mark(store, {})
      const statements = store.stats().statements - before
      same(await unread(store, 'ana'), { 1: 0, 2: 0, 3: 0 }, 'after marking everything')
      await commit(store, { conversations: Array.from({ length: 40 }, (_, n) => opening(conversation(n + 10))) })
      const again = store.stats().statements
      await mark(store, {})
      same(store.stats().statements - again, statements, 'statements for forty conversations more')
      same(
        Object.values(await unread(store, 'ana')).every((n) => n === 0),
        true,
        'everything is read',
      )
    },
  },
  {
    area,
    name: 'what she does not see stays unread, even when it is named',
    guarantee: 'G42',
    body: async ({ store }) => {
      await commit(store, { conversations: [...three, opening(conversation(4, { inbound: 2, deleted: true }))] })
      const none = { _tag: 'Some', agent: 'ana', queues: [], unownedOf: [] } as const
      await mark(store, { visibility: none, conversation: id(1) })
      await mark(store, { filter: { queues: ['support'] }, conversation: id(1) })
      await mark(store, { conversation: id(99) })
      await mark(store, { conversation: 'no such id' })
      await mark(store, { conversation: id(4) })
      await commit(store, { conversations: [{ row: conversation(4, { version: 2, inbound: 2 }), expected: 1 }] })
      same(await unread(store, 'ana'), { 1: 3, 2: 5, 3: 0, 4: 2 }, 'unread')
    },
  },
  {
    area,
    name: 'some can be left unread, and never more than there are',
    guarantee: 'G43',
    body: async ({ store }) => {
      await commit(store, { conversations: three })
      await mark(store, {})
      await mark(store, { conversation: id(2), unread: 2 })
      await mark(store, { conversation: id(1), unread: 9 })
      same(await unread(store, 'ana'), { 1: 3, 2: 2, 3: 0 }, 'unread')
    },
  },
  {
    area,
    name: 'lists can be narrowed to what an agent has not read',
    guarantee: 'G43',
    body: async ({ store }) => {
      await commit(store, { conversations: three })
      await mark(store, { conversation: id(1) })
      same(Object.keys(await unread(store, 'ana', { filter: { unreadBy: 'ana' } })), ['2'], 'unread by ana')
      same(Object.keys(await unread(store, 'ana', { filter: { unreadBy: 'ben' } })), ['1', '2'], 'unread by ben')
      await mark(store, { filter: { unreadBy: 'ana' } })
      same(await unread(store, 'ana', { filter: { unreadBy: 'ana' } }), {}, 'unread by ana when all is read')
    },
  },
]
