import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import {
  acme,
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

const area = 'hostile data'

/** In characters, of two bytes each: indexes of PostgreSQL hold no more than a third of a page. */
const longestKey = 600

const hostile: Readonly<Record<string, string>> = {
  'a NUL character': 'a\u0000b',
  'nothing but a NUL character': '\u0000',
  'an SQL fragment': "'; drop table conversation; --",
  'another SQL fragment': '") or 1=1 /* \\',
  'a name of the prototype chain': '__proto__',
  'another name of the prototype chain': 'constructor',
  'a wildcard': '%_*?',
  'an empty string': '',
  'white space': ' \t\r\n\u00a0\u2028',
  'a byte order mark': '\ufeffa',
  'characters outside the plane': '👩‍👩‍👧 𝕳',
  'text from right to left': '\u202eabc\u202c שלום',
  'a template': '${process.exit(1)} {{7*7}}',
  'characters that JSON escapes': '"\\\u0001\u007f\u0085',
}

/**
 * What a lone surrogate may become: databases keep Unicode text, and it is none. Some give a replacement character for
 * each of its bytes.
 */
const wellFormed = (text: string): string => text.replace(/[\p{Surrogate}\ufffd]+/gu, '\ufffd')

/** One string in every place where strings from outside can go. */
const everywhere = (text: string) => {
  const data = JSON.stringify({ text, [text]: text })
  return {
    conversations: [
      opening(
        conversation(1, {
          account: text,
          channel: text,
          queue: text,
          owner: text,
          tags: [text, 'x', `${text}2`],
          involved: [text],
          mentioned: [text],
          subject: text,
          preview: text,
          data,
        }),
      ),
    ],
    identities: [identity(text, { account: text })],
    documents: [
      contact(0xc00, { data, words: text, parent: text }),
      { kind: text, id: text, version: 1, parent: null, words: `${text} mot`, data },
    ],
    externals: [{ account: text, externalId: text, conversation: id(1), seq: 1, at: noon }],
    moveExternals: [{ account: text, externalId: text, conversation: id(1), seq: 1, at: noon }],
    entries: [entry(1, 1, { type: text, actor: text, body: text, data })],
    deliveries: [delivery(1, 1, { account: text, data })],
    amendments: [{ conversation: id(1), seq: 1, data }],
    work: [work(1, { kind: text, lane: text, key: text, payload: data })],
    park: [{ id: id(2), account: text, externalId: text, at: noon, data }],
    drafts: [{ conversation: id(1), agent: text, mode: 'note' as const, data: text, at: noon }],
    settings: [{ kind: 'agent' as const, id: text, data }],
    quarantine: [{ id: id(3), account: text, at: noon, reason: text, head: data, body: Uint8Array.of(0, 255) }],
    counters: [{ scope: text, bucket: text, by: 2 }],
    limits: [{ scope: text, bucket: text, atMost: 2 }],
  }
}

const roundTrip = async (store: Parameters<typeof commit>[0], workspace: string, text: string): Promise<void> => {
  const put = everywhere(text)
  await commit(store, put, workspace)
  const back = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, inner: unknown) => (typeof inner === 'string' ? wellFormed(inner) : inner))
  const check = (actual: unknown, expected: unknown, what: string): void => same(back(actual), back(expected), what)
  const at = { workspace }
  const found = await load(store, {
    identities: [{ ...at, account: text, address: text }],
    externals: [{ ...at, account: text, externalId: text }],
    documents: [
      { ...at, kind: 'contact', id: id(0xc00) },
      { ...at, kind: text, id: text },
    ],
    counters: [{ ...at, scope: text }],
    deliveries: [{ ...at, conversation: id(1), seq: 1 }],
  })
  check(found.conversations, [{ ...put.conversations[0]?.row, ...at }], 'the conversation')
  check(found.identities, [{ ...put.identities[0], ...at }], 'the identity')
  check(found.externals, [{ ...put.externals[0], ...at }], 'the external id')
  check(
    found.documents,
    put.documents.map((row) => ({ ...row, ...at })),
    'the documents',
  )
  check(found.counters, [{ ...put.counters[0], ...at }], 'the counter')
  check(await store.documents({ ...at, kind: 'contact', parent: text, limit: 9 }), [put.documents[0]], 'by parent')
  check(await store.documents({ ...at, kind: text, words: ['mot'], limit: 9 }), [put.documents[1]], 'by word')
  check(await store.identitiesOf(workspace, [id(0xc00), text]), put.identities, 'identities of the contact')
  check(found.deliveries, [{ ...put.deliveries[0], ...at }], 'the delivery')
  const filter = {
    account: text,
    channel: text,
    queues: [text],
    owner: text,
    tag: text,
    mentions: text,
    unreadBy: text,
  }
  const some = { _tag: 'Some', agent: text, queues: [text], unownedOf: [text] } as const
  const list = await store.list({ ...at, visibility: some, filter, reader: text, limit: 10 })
  check(list, [{ row: put.conversations[0]?.row, unread: 1 }], 'the list')
  const timeline = { entries: put.entries, deliveries: put.deliveries, amendments: put.amendments }
  check(await store.timeline({ ...at, conversation: id(1), limit: 10 }), timeline, 'the timeline')
  same((await everything(store, workspace)).length, 2, 'items in the stream')
  const claimed = await claimAll(store, { kinds: [text] })
  check(claimed, [{ ...put.work[0], ...at, attempts: 1 }], 'the work')
  await commit(store, { settle: [{ id: id(1), attempts: 1 }], cancel: [{ kind: text, key: text }] }, workspace)
  check(await store.parked(workspace, text, [text]), put.park, 'the parked report')
  check(await store.draft(workspace, id(1), text, 'note'), text, 'the draft')
  check(await store.settings(workspace), put.settings, 'the settings')
  const [kept] = await store.quarantined(workspace)
  check({ ...kept, body: [...(kept?.body ?? [])] }, { ...put.quarantine[0], body: [0, 255] }, 'the quarantine')
  check(await store.counters(workspace, [text]), put.counters, 'the counters')
  same(await store.count({ ...at, visibility: some, filter, atMost: 10 }), 1, 'the count')
  await conflict(store, { limits: [{ scope: text, bucket: text, atMost: 1 }] }, workspace)
  await store.search({ ...at, visibility: some, words: [text], filter, limit: 10 })
  await store.markRead({ ...at, agent: text, visibility: some, filter })
  const read = await store.list({ ...at, visibility: some, filter: { tag: text }, reader: text, limit: 10 })
  same(read[0]?.unread, 0, 'unread after it was read')
  await conflict(store, { externals: put.externals }, workspace)
  await commit(store, { dropIdentities: [{ account: text, address: text }] }, workspace)
  same(await store.identitiesOf(workspace, [id(0xc00)]), [], 'identities after it was dropped')
  const removed = put.documents.map((row) => ({ ...row, version: 2, data: null }))
  await commit(store, { documents: removed }, workspace)
  for (const kind of ['contact', text])
    same(await store.documents({ ...at, kind, limit: 9 }), [], 'documents after they were removed')
}

export const hostileCases: ReadonlyArray<StorageCase> = [
  ...Object.entries(hostile).map(
    ([what, text]): StorageCase => ({
      area,
      name: `${what} comes back from every field as it went in`,
      body: async ({ store }) => {
        await commit(store, { conversations: [opening(conversation(1))] }, 'bystander')
        await roundTrip(store, text, text)
        same(await loadOne(store, 1, 'bystander'), { ...conversation(1), workspace: 'bystander' }, 'the bystander')
        same((await store.workspaces()).toSorted(), ['bystander', text].toSorted(), 'workspaces')
      },
    }),
  ),
  {
    area,
    name: 'a string as long as keys may be comes back from every field as it went in',
    body: async ({ store }) => {
      await roundTrip(store, 'acme', 'à'.repeat(longestKey))
    },
  },
  {
    area,
    name: 'what is no key may be 1,000,000 characters long',
    body: async ({ store }) => {
      const long = 'à '.repeat(500_000)
      const row = conversation(1, { subject: long, preview: long, data: long })
      const line = entry(1, 1, { body: long, data: long })
      const reason = { id: id(3), account: 'mail', at: noon, reason: long, head: long, body: Buffer.from(long) }
      await commit(store, {
        conversations: [opening(row)],
        entries: [line],
        documents: [contact(0xc00, { data: long })],
        drafts: [{ conversation: id(1), agent: 'ana', mode: 'note', data: long, at: noon }],
        quarantine: [reason],
        work: [work(1, { payload: long })],
      })
      same(await loadOne(store, 1), { ...row, workspace: acme }, 'the conversation')
      same((await store.timeline({ workspace: acme, conversation: id(1), limit: 1 })).entries, [line], 'the entry')
      same(await store.draft(acme, id(1), 'ana', 'note'), long, 'the draft')
      same(
        (await store.quarantined(acme)).map(({ head }) => head),
        [long],
        'the quarantine',
      )
      same(
        (await claimAll(store)).map(({ payload }) => payload),
        [long],
        'the work',
      )
      await store.index(10)
    },
  },
  {
    area,
    name: 'lone surrogates come back, or as replacement characters, and never fail',
    body: async ({ store }) => {
      for (const [n, text] of ['a\ud800', '\udfff', '\udc00\ud800', 'x\ud83d y'].entries()) {
        await roundTrip(store, `acme ${n}`, text)
      }
    },
  },
  {
    area,
    name: 'keys that run into each other when they are joined are different keys',
    body: async ({ store }) => {
      const pairs = [
        ['a', 'b:c'],
        ['a:b', 'c'],
        ['a', 'b\u0000c'],
        ['a\u0000b', 'c'],
        ['', 'a/b'],
        ['a/', 'b'],
        ['a', '/b'],
      ] as const
      for (const [account, address] of pairs) {
        await commit(store, {
          identities: [identity(address, { account })],
          externals: [{ account, externalId: address, conversation: id(1), seq: 1, at: noon }],
          counters: [{ scope: account, bucket: address, by: 1 }],
        })
      }
      const found = await load(store, {
        identities: pairs.map(([account, address]) => ({ workspace: 'acme', account, address })),
      })
      same(found.identities.length, pairs.length, 'identities')
    },
  },
  {
    area,
    name: 'numbers that are large or broken come back as they went in',
    body: async ({ store }) => {
      const row = conversation(1, {
        lastActivity: Number.MAX_SAFE_INTEGER,
        seq: Number.MAX_SAFE_INTEGER,
        inbound: 2 ** 40,
      })
      await commit(store, { conversations: [opening(row), opening(conversation(2, { lastActivity: -1 }))] })
      same(await loadOne(store, 1), { ...row, workspace: 'acme' }, 'the largest')
      same((await loadOne(store, 2))?.lastActivity, -1, 'a time before 1970')
    },
  },
]
