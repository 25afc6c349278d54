import { same } from '../assert.ts'
import { emptyRequest } from './empty.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, contact, conversation, delivery, id, identity, load, noon, opening } from './rows.ts'

const area = 'load'

export const loadCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'every field comes back as it was stored',
    body: async ({ store }) => {
      const rich = conversation(1, {
        status: 'archived',
        control: 'bot',
        queue: null,
        owner: 'ana',
        flags: ['followUp', 'urgent'],
        tags: ['vip', 'b2b'],
        involved: ['ben', 'cleo'],
        mentioned: ['dora'],
        inbound: 12,
        lastBy: null,
        subject: 'Où est ma commande ?',
        preview: 'bonjour 👋',
        deleted: true,
        data: '{"nested":{"a":[1,2.5,null,true]}}',
      })
      const plain = conversation(2, { subject: '', preview: '', lastBy: 'system', seq: 2 ** 40, lastActivity: 2 ** 45 })
      await commit(store, { conversations: [opening(rich), opening(plain)] })
      const found = await load(store, { conversations: [1, 2].map((n) => ({ workspace: acme, id: id(n) })) })
      const rows = found.conversations.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      same(
        rows,
        [
          { ...rich, workspace: acme },
          { ...plain, workspace: acme },
        ],
        'the rows',
      )
    },
  },
  {
    area,
    name: 'an identity brings its contact and its active conversation',
    body: async ({ store }) => {
      await commit(store, {
        documents: [contact(0xc00), contact(0xc01)],
        conversations: [opening(conversation(1)), opening(conversation(2))],
        identities: [identity('zoe@example.org', { conversation: id(2) }), identity('max@example.org')],
      })
      const zoe = await load(store, { identities: [{ workspace: acme, account: 'mail', address: 'zoe@example.org' }] })
      same(
        [
          zoe.identities.map((row) => row.address),
          zoe.documents.map((row) => row.id),
          zoe.conversations.map((row) => row.id),
        ],
        [['zoe@example.org'], [id(0xc00)], [id(2)]],
        'what came with the identity',
      )
      const max = await load(store, { identities: [{ workspace: acme, account: 'mail', address: 'max@example.org' }] })
      same(max.conversations, [], 'conversations of an identity that has none')
      same(max.documents.length, 1, 'contacts')
    },
  },
  {
    area,
    name: 'an external id brings the conversation it belongs to',
    body: async ({ store }) => {
      await commit(store, {
        conversations: [opening(conversation(1)), opening(conversation(2))],
        externals: [{ account: 'mail', externalId: '<1>', conversation: id(2), seq: 4, at: noon }],
      })
      const found = await load(store, { externals: [{ workspace: acme, account: 'mail', externalId: '<1>' }] })
      same(found.externals[0]?.seq, 4, 'the seq')
      same(
        found.conversations.map((row) => row.id),
        [id(2)],
        'conversations',
      )
    },
  },
  {
    area,
    name: 'each row comes once, however often and by whatever way it was asked for',
    body: async ({ store }) => {
      await commit(store, {
        documents: [contact(0xc00)],
        counters: [{ scope: 'load:ana', bucket: 'open', by: 2 }],
        conversations: [opening(conversation(1))],
        identities: [identity('zoe@example.org', { conversation: id(1) })],
        externals: [{ account: 'mail', externalId: '<1>', conversation: id(1), seq: 1, at: noon }],
        deliveries: [delivery(1, 1)],
      })
      const twice = <A>(ref: A): ReadonlyArray<A> => [ref, ref]
      const found = await load(store, {
        conversations: twice({ workspace: acme, id: id(1) }),
        identities: twice({ workspace: acme, account: 'mail', address: 'zoe@example.org' }),
        externals: twice({ workspace: acme, account: 'mail', externalId: '<1>' }),
        documents: twice({ workspace: acme, kind: 'contact', id: id(0xc00) }),
        deliveries: twice({ workspace: acme, conversation: id(1), seq: 1 }),
        counters: twice({ workspace: acme, scope: 'load:ana' }),
      })
      same(
        Object.values(found).map((rows) => rows.length),
        [1, 1, 1, 1, 1, 1],
        'rows of each kind',
      )
    },
  },
  {
    area,
    name: 'what does not exist is absent, whatever the reference looks like',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1))], deliveries: [delivery(1, 1)] })
      const odd = ['', 'no-uuid', '__proto__', "' or 1=1 --", 'é'.repeat(300), '\u0000']
      const found = await load(store, {
        conversations: odd.map((each) => ({ workspace: acme, id: each })),
        documents: odd.flatMap((each) => [
          { workspace: acme, kind: 'contact', id: each },
          { workspace: acme, kind: each, id: each },
        ]),
        counters: odd.map((each) => ({ workspace: acme, scope: each })),
        identities: odd.map((each) => ({ workspace: acme, account: each, address: each })),
        externals: odd.map((each) => ({ workspace: acme, account: each, externalId: each })),
        deliveries: [
          ...odd.map((each) => ({ workspace: acme, conversation: each, seq: 1 })),
          { workspace: acme, conversation: id(1), seq: 2 },
        ],
      })
      same(found, emptyRequest, 'what was found')
    },
  },
  {
    area,
    name: 'hundreds of references in one request are all answered',
    body: async ({ store }) => {
      const all = Array.from({ length: 700 }, (_, n) => n + 1)
      await commit(store, { conversations: all.map((n) => opening(conversation(n))) })
      const found = await load(store, { conversations: all.map((n) => ({ workspace: acme, id: id(n) })) })
      same(new Set(found.conversations.map((row) => row.id)).size, 700, 'conversations')
    },
  },
]
