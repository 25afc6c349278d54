import { assert, same } from '../assert.ts'
import { emptyRequest } from './empty.ts'
import type { StorageCase } from './harness.ts'
import {
  acme,
  change,
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

const area = 'commit'

/** A changeset with something in every table. */
const full = {
  conversations: [opening(conversation(1))],
  identities: [identity('zoe@example.org', { conversation: id(1) })],
  documents: [contact(0xc00, { words: 'Zoé', parent: id(0xc0) })],
  externals: [{ account: 'mail', externalId: '<1@example.org>', conversation: id(1), seq: 1, at: noon }],
  entries: [entry(1, 1, { body: 'bonjour' }), entry(1, 2, { kind: 'out' })],
  deliveries: [delivery(1, 2)],
  amendments: [{ conversation: id(1), seq: 1, data: '{"edited":true}' }],
  work: [work(1)],
  park: [{ id: id(2), account: 'mail', externalId: '<later@example.org>', at: noon, data: '{}' }],
  drafts: [{ conversation: id(1), agent: 'ana', mode: 'reply' as const, data: 'Bonjour', at: noon }],
  settings: [{ kind: 'queue' as const, id: 'sales', data: '{}' }],
  quarantine: [{ id: id(3), account: 'mail', at: noon, reason: 'unreadable', head: '{}', body: Uint8Array.of(1, 0) }],
  counters: [{ scope: 'queue/sales', bucket: 'open', by: 1 }],
}

const tables = [
  'conversations',
  'identities',
  'documents',
  'externals',
  'entries',
  'deliveries',
  'amendments',
  'work',
  'parked',
  'drafts',
  'settings',
  'quarantine',
  'counters',
] as const

/** What every read says of a workspace that has nothing, except what the case put there itself. */
const nothingIsThere = async (store: Parameters<typeof load>[0]): Promise<void> => {
  const snapshot = await load(store, {
    conversations: [{ workspace: acme, id: id(1) }],
    identities: [{ workspace: acme, account: 'mail', address: 'zoe@example.org' }],
    documents: [{ workspace: acme, kind: 'contact', id: id(0xc00) }],
    counters: [{ workspace: acme, scope: 'queue/sales' }],
    externals: [{ workspace: acme, account: 'mail', externalId: '<1@example.org>' }],
    deliveries: [{ workspace: acme, conversation: id(1), seq: 2 }],
  })
  same(snapshot, emptyRequest, 'load')
  same(await store.documents({ workspace: acme, kind: 'contact', limit: 10 }), [], 'documents')
  same(await store.documents({ workspace: acme, kind: 'contact', words: ['zoe'], limit: 10 }), [], 'documents by word')
  same(await store.identitiesOf(acme, [id(0xc00)]), [], 'identities of the contact')
  same(await store.upcoming(acme, 10), [], 'work to come')
  same(await claimAll(store), [], 'claimed work')
  same(await store.parked(acme, 'mail', ['<later@example.org>']), [], 'parked reports')
  same(await store.draft(acme, id(1), 'ana', 'reply'), undefined, 'the draft')
  same(await store.settings(acme), [], 'settings')
  same(await store.quarantined(acme), [], 'the quarantine')
  same(await store.counters(acme, ['queue/sales']), [], 'counters')
  same(await store.position(acme), 0, 'the position')
  same((await everything(store)).length, 0, 'items in the stream')
  same(
    await store.timeline({ workspace: acme, conversation: id(1), limit: 10 }),
    { entries: [], deliveries: [], amendments: [] },
    'the timeline',
  )
  same(
    await store.list({ workspace: acme, visibility: { _tag: 'All' }, filter: {}, reader: null, limit: 10 }),
    [],
    'the list',
  )
}

export const commitCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'a changeset stores all of its parts',
    body: async ({ store }) => {
      await commit(store, full)
      const found = await load(store, {
        identities: [{ workspace: acme, account: 'mail', address: 'zoe@example.org' }],
        externals: [{ workspace: acme, account: 'mail', externalId: '<1@example.org>' }],
        deliveries: [{ workspace: acme, conversation: id(1), seq: 2 }],
      })
      same(found.conversations, [{ ...conversation(1), workspace: acme }], 'the conversation')
      same(found.identities, [{ ...full.identities[0], workspace: acme }], 'the identity')
      same(found.documents, [{ ...full.documents[0], workspace: acme }], 'the contact')
      same(found.externals, [{ ...full.externals[0], workspace: acme }], 'the external id')
      same(found.deliveries, [{ ...delivery(1, 2), workspace: acme }], 'the delivery')
      same(
        await store.timeline({ workspace: acme, conversation: id(1), limit: 10 }),
        { entries: full.entries, deliveries: full.deliveries, amendments: full.amendments },
        'the timeline',
      )
      same(await claimAll(store), [{ ...work(1), workspace: acme, attempts: 1 }], 'the work')
      same(await store.parked(acme, 'mail', ['<later@example.org>']), full.park, 'the parked report')
      same(await store.draft(acme, id(1), 'ana', 'reply'), 'Bonjour', 'the draft')
      same(await store.settings(acme), full.settings, 'the settings')
      same(await store.quarantined(acme), full.quarantine, 'the quarantine')
      same(await store.counters(acme, ['queue/sales']), full.counters, 'the counters')
    },
  },
  {
    area,
    name: 'a changeset that conflicts in one part leaves nothing of the others',
    body: async ({ store }) => {
      await conflict(store, { ...full, settle: [{ id: id(99), attempts: 1 }] })
      await nothingIsThere(store)
      same(await store.workspaces(), [], 'workspaces')
    },
  },
  {
    area,
    name: 'a changeset that conflicts leaves no row in any table',
    needs: 'raw',
    body: async ({ store, raw }) => {
      await conflict(store, { ...full, documents: [contact(0xc00, { version: 2 })] })
      for (const table of tables) same(await raw().count(table, acme), 0, `rows of ${table}`)
    },
  },
  {
    area,
    name: 'what is committed is really kept, table by table',
    needs: 'raw',
    body: async ({ store, raw }) => {
      await commit(store, full)
      for (const table of tables) same(await raw().count(table, acme), table === 'entries' ? 2 : 1, `rows of ${table}`)
      same(
        await raw().conversation(acme, id(1)),
        { version: 1, status: 'open', owner: null },
        'the conversation as it is kept',
      )
      same(await raw().entry(acme, id(1), 1), { body: 'bonjour', data: '{"v":1}' }, 'the entry as it is kept')
      same(await raw().count('conversations', 'other'), 0, 'conversations of another workspace')
    },
  },
  {
    area,
    name: 'a conflict does not touch the other changesets of its batch',
    body: async ({ store }) => {
      const results = await store.commit([
        change(acme, { conversations: [opening(conversation(1))], entries: [entry(1, 1)] }),
        change(acme, {
          conversations: [{ row: conversation(2, { version: 5 }), expected: 4 }],
          entries: [entry(2, 1)],
        }),
        change(acme, { conversations: [opening(conversation(3))], entries: [entry(3, 1)] }),
      ])
      same(
        results.map(({ _tag }) => _tag),
        ['Committed', 'Conflict', 'Committed'],
        'results',
      )
      same((await loadOne(store, 1))?.version, 1, 'the version of the first')
      same(await loadOne(store, 2), undefined, 'the second')
      same((await loadOne(store, 3))?.version, 1, 'the version of the third')
      same(
        (await everything(store)).map((item) => item._tag === 'Entry' && item.entry.conversation),
        [id(1), id(3)],
        'conversations in the stream',
      )
    },
  },
  {
    area,
    name: 'changesets of one batch see those before them',
    body: async ({ store }) => {
      const results = await store.commit([
        change(acme, { conversations: [opening(conversation(1))] }),
        change(acme, { conversations: [{ row: conversation(1, { version: 2, owner: 'ana' }), expected: 1 }] }),
        change(acme, { conversations: [{ row: conversation(1, { version: 2, owner: 'ben' }), expected: 1 }] }),
      ])
      same(
        results.map(({ _tag }) => _tag),
        ['Committed', 'Committed', 'Conflict'],
        'results',
      )
      same((await loadOne(store, 1))?.owner, 'ana', 'the owner')
    },
  },
  {
    area,
    name: 'a batch is one commit, however many changesets it has',
    body: async ({ store }) => {
      const before = store.stats().commits
      await store.commit([1, 2, 3, 4].map((n) => change(acme, { conversations: [opening(conversation(n))] })))
      same(store.stats().commits - before, 1, 'commits')
    },
  },
  {
    area,
    name: 'an empty batch has no results',
    body: async ({ store }) => {
      same(await store.commit([]), [], 'results')
    },
  },
  {
    area,
    name: 'the result names the position of the last thing added, or one between what there is and what comes',
    guarantee: 'G45',
    body: async ({ store }) => {
      const first = await commit(store, { entries: [entry(1, 1), entry(1, 2)] })
      same(await store.position(acme), first, 'the position after two entries')
      const second = await commit(store, { entries: [entry(1, 3)], deliveries: [delivery(1, 2)] })
      same((await everything(store)).at(-1)?.position, second, 'the position of the last item')
      const third = await commit(store, { settings: [{ kind: 'queue', id: 'sales', data: '{}' }] })
      assert(third >= second, `a changeset that adds nothing is not before what there is: ${third} after ${second}`)
      same(await store.position(acme), second, 'the position after it')
      const fourth = await commit(store, { entries: [entry(1, 4)] })
      assert(fourth > third, `what is added next is after it: ${fourth} after ${third}`)
    },
  },
  {
    area,
    name: 'what a changeset removes is what was there before it',
    body: async ({ store }) => {
      await commit(store, {
        work: [work(1, { kind: 'snooze', key: id(1) })],
        entries: [entry(1, 1, { body: 'secret' })],
      })
      await commit(store, {
        cancel: [{ kind: 'snooze', key: id(1) }],
        work: [work(2, { kind: 'snooze', key: id(1) })],
        erase: [{ conversation: id(1), seq: 'all' }],
        entries: [entry(1, 2, { kind: 'event', type: 'Deleted', data: '{"by":"ana"}' })],
        amendments: [{ conversation: id(1), seq: 1, data: '{"deleted":true}' }],
      })
      const claimed = await claimAll(store, { kinds: ['snooze'] })
      same(
        claimed.map((item) => item.id),
        [id(2)],
        'the work that is left',
      )
      const found = await store.timeline({ workspace: acme, conversation: id(1), limit: 10 })
      same(
        found.entries.map(({ data }) => data),
        ['{}', '{"by":"ana"}'],
        'the data of the entries',
      )
      same(found.amendments, [{ conversation: id(1), seq: 1, data: '{"deleted":true}' }], 'the amendments')
    },
  },
]
