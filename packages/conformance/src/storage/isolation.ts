import type { Storage } from '@guichet/engine/ports'
import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import {
  claimAll,
  commit,
  conflict,
  contact,
  conversation,
  delivery,
  entry,
  everything,
  id,
  identity,
  load,
  loadOne,
  noon,
  opening,
  work,
} from './rows.ts'

const area = 'isolation'

const all = { _tag: 'All' } as const

/** The same ids in every workspace, with what tells them apart in the data. */
const house = (name: string, n: number) => ({
  conversations: [opening(conversation(1, { subject: name, inbound: 3 }))],
  identities: [identity('zoe@example.org', { conversation: id(1), verified: name === 'acme' })],
  documents: [contact(0xc00, { data: `"${name}"`, words: `Zoé ${name}`, parent: id(0xc0) })],
  externals: [{ account: 'mail', externalId: '<1>', conversation: id(1), seq: 1, at: noon + n }],
  entries: [entry(1, 1, { body: `secret of ${name}`, data: `"${name}"` })],
  deliveries: [delivery(1, 1, { data: `"${name}"` })],
  amendments: [{ conversation: id(1), seq: 1, data: `"${name}"` }],
  work: [work(n, { lane: 'one', key: 'k', payload: `{"n":${n}}` })],
  park: [{ id: id(2), account: 'mail', externalId: '<2>', at: noon, data: `"${name}"` }],
  drafts: [{ conversation: id(1), agent: 'ana', mode: 'reply' as const, data: name, at: noon }],
  settings: [{ kind: 'queue' as const, id: 'sales', data: `"${name}"` }],
  quarantine: [{ id: id(3), account: 'mail', at: noon, reason: name, head: '{}', body: Uint8Array.of(n) }],
  counters: [{ scope: 'all', bucket: 'open', by: n }],
})

/** Everything that a workspace can be asked for, in one value. */
const picture = async (store: Storage, workspace: string) => ({
  loaded: await load(store, {
    conversations: [{ workspace, id: id(1) }],
    identities: [{ workspace, account: 'mail', address: 'zoe@example.org' }],
    externals: [{ workspace, account: 'mail', externalId: '<1>' }],
    documents: [{ workspace, kind: 'contact', id: id(0xc00) }],
    deliveries: [{ workspace, conversation: id(1), seq: 1 }],
    counters: [{ workspace, scope: 'all' }],
  }),
  list: await store.list({ workspace, visibility: all, filter: {}, reader: 'ana', limit: 10 }),
  count: await store.count({ workspace, visibility: all, filter: {}, atMost: 10 }),
  documents: await store.documents({ workspace, kind: 'contact', limit: 10 }),
  documentsUnder: await store.documents({ workspace, kind: 'contact', parent: id(0xc0), limit: 10 }),
  documentsWith: await store.documents({ workspace, kind: 'contact', words: ['zoe'], limit: 10 }),
  identities: await store.identitiesOf(workspace, [id(0xc00)]),
  upcoming: (await store.upcoming(workspace, 10)).map(({ payload }) => payload),
  timeline: await store.timeline({ workspace, conversation: id(1), limit: 10 }),
  found: (await store.search({ workspace, visibility: all, words: ['secret'], filter: {}, limit: 10 })).map(
    ({ entry: of, row }) => [of.body, row.subject],
  ),
  stream: (await everything(store, workspace)).map((item) =>
    item._tag === 'Entry' ? item.entry.data : item.delivery.data,
  ),
  counters: await store.counters(workspace, ['all']),
  parked: await store.parked(workspace, 'mail', ['<2>']),
  draft: await store.draft(workspace, id(1), 'ana', 'reply'),
  settings: await store.settings(workspace),
  quarantine: await store.quarantined(workspace),
})

export const isolationCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'the same ids in two workspaces are two of everything',
    guarantee: 'G52',
    body: async ({ store, another }) => {
      await commit(store, house('acme', 10), 'acme')
      await commit(store, house('other', 20), 'other')
      for (const [name, n] of [
        ['acme', 10],
        ['other', 20],
      ] as const) {
        const alone = await another()
        await commit(alone, house(name, n), name)
        same(await picture(store, name), await picture(alone, name), `what ${name} sees beside another, and alone`)
      }
    },
  },
  {
    area,
    name: 'whatever one workspace changes, another sees nothing of it',
    guarantee: 'G52',
    body: async ({ store }) => {
      await commit(store, house('acme', 10), 'acme')
      await commit(store, house('other', 20), 'other')
      const before = await picture(store, 'acme')
      await commit(
        store,
        {
          conversations: [
            { row: conversation(1, { version: 2, deleted: true, lastActivity: noon + 99 }), expected: 1 },
          ],
          identities: [identity('zoe@example.org', { version: 2, contact: id(0xbad) })],
          documents: [
            contact(0xc00, { version: 2, data: '"changed"', words: 'Max', parent: id(0xc1) }),
            contact(0xc05),
          ],
          moveExternals: [{ account: 'mail', externalId: '<1>', conversation: id(9), seq: 9, at: noon }],
          entries: [entry(1, 2, { body: 'secret' })],
          deliveries: [delivery(1, 1, { version: 2, status: 'failed' })],
          amendments: [{ conversation: id(1), seq: 1, data: '"changed"' }],
          cancel: [{ kind: 'deliver', key: 'k' }],
          unpark: [id(2)],
          drafts: [{ conversation: id(1), agent: 'ana', mode: 'reply', data: null, at: noon }],
          settings: [{ kind: 'queue', id: 'sales', data: null }],
          release: [id(3)],
          counters: [{ scope: 'all', bucket: 'open', by: -20 }],
          erase: [{ conversation: id(1), seq: 'all' }],
        },
        'other',
      )
      await store.markRead({ workspace: 'other', agent: 'ana', visibility: all, filter: {} })
      await store.markRead({ workspace: 'other', agent: 'ana', visibility: all, filter: {}, conversation: id(1) })
      same(await picture(store, 'acme'), before, 'what acme sees')
      same(
        (await claimAll(store)).map(({ workspace }) => workspace),
        ['acme'],
        'the workspaces of the work that is left',
      )
    },
  },
  {
    area,
    name: 'what is dropped, moved, removed or limited in one workspace is not in another',
    guarantee: 'G52',
    body: async ({ store }) => {
      await commit(store, house('acme', 10), 'acme')
      const before = await picture(store, 'acme')
      await commit(store, { dropIdentities: [{ account: 'mail', address: 'zoe@example.org' }] }, 'other')
      const moved = { account: 'mail', externalId: '<1>', conversation: id(9), seq: 9, at: noon }
      await conflict(store, { moveExternals: [moved] }, 'other')
      await conflict(store, { documents: [contact(0xc00, { version: 2, data: null })] }, 'other')
      await commit(store, { documents: [contact(0xc00)] }, 'other')
      await commit(store, { documents: [contact(0xc00, { version: 2, data: null })] }, 'other')
      const counted = { counters: [{ scope: 'all', bucket: 'open', by: 1 }] }
      await commit(store, { ...counted, limits: [{ scope: 'all', bucket: 'open', atMost: 1 }] }, 'other')
      same(await picture(store, 'acme'), before, 'what acme sees')
    },
  },
  {
    area,
    name: 'the work of one workspace cannot be settled, cancelled or replaced from another',
    guarantee: 'G52',
    body: async ({ store }) => {
      await commit(store, { work: [work(1, { key: 'k' })] }, 'acme')
      await claimAll(store)
      await conflict(store, { settle: [{ id: id(1), attempts: 1 }] }, 'other')
      await commit(store, { cancel: [{ kind: 'deliver', key: 'k' }], work: [work(2, { key: 'k' })] }, 'other')
      await commit(store, { settle: [{ id: id(1), attempts: 1 }] }, 'acme')
    },
  },
  {
    area,
    name: 'an identity or an external id does not lead into another workspace',
    guarantee: 'G52',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1))], documents: [contact(0xc00)] }, 'acme')
      await commit(
        store,
        {
          identities: [identity('zoe@example.org', { conversation: id(1) })],
          externals: [{ account: 'mail', externalId: '<1>', conversation: id(1), seq: 1, at: noon }],
          entries: [entry(1, 1, { body: 'secret' })],
        },
        'other',
      )
      const found = await load(store, {
        identities: [{ workspace: 'other', account: 'mail', address: 'zoe@example.org' }],
        externals: [{ workspace: 'other', account: 'mail', externalId: '<1>' }],
      })
      same([found.conversations, found.documents], [[], []], 'what was loaded with them')
      same(
        (await store.search({ workspace: 'other', visibility: all, words: ['secret'], filter: {}, limit: 10 })).length,
        0,
        'hits whose conversation is in another workspace',
      )
    },
  },
  {
    area,
    name: 'names that look alike are different workspaces',
    guarantee: 'G52',
    body: async ({ store }) => {
      const names = [
        'a',
        'A',
        'a ',
        ' a',
        'á',
        'a\u0301',
        'a\u0000',
        'a\u0000b',
        '__proto__',
        'constructor',
        '%',
        '_',
        '',
      ]
      for (const name of names)
        await commit(store, { conversations: [opening(conversation(1, { subject: name }))] }, name)
      for (const name of names)
        same((await loadOne(store, 1, name))?.subject, name, `the subject in ${JSON.stringify(name)}`)
      same((await store.workspaces()).toSorted(), names.toSorted(), 'workspaces')
    },
  },
]
