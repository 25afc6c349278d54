import type { StoredDraft, StoredParked, StoredQuarantine, StoredSetting } from '@guichet/engine/ports'
import { fails, same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conversation, id, load, noon, opening } from './rows.ts'

const parked = (n: number, externalId: string, over: Partial<StoredParked> = {}): StoredParked => ({
  id: id(n),
  account: 'mail',
  externalId,
  at: noon + n,
  data: `{"n":${n}}`,
  ...over,
})

const draft = (data: string | null, over: Partial<StoredDraft> = {}): StoredDraft => ({
  conversation: id(1),
  agent: 'ana',
  mode: 'reply',
  data,
  at: noon,
  ...over,
})

const quarantined = (n: number, over: Partial<StoredQuarantine> = {}): StoredQuarantine => ({
  id: id(n),
  account: 'mail',
  at: noon + n,
  reason: 'unreadable',
  head: '{"method":"POST"}',
  body: Uint8Array.of(n),
  ...over,
})

const byKindAndId = (rows: ReadonlyArray<StoredSetting>) =>
  rows.map(({ kind, id: of, data }) => `${kind} ${of} ${data}`).sort()

export const keepingCases: ReadonlyArray<StorageCase> = [
  {
    area: 'parked reports',
    name: 'wait under their external id and account, in the order of their ids, until they are taken',
    guarantee: 'G18',
    body: async ({ store }) => {
      const first = [parked(3, '<a>'), parked(1, '<a>'), parked(2, '<b>')]
      await commit(store, { park: [...first, parked(4, '<a>', { account: 'mail 2' })] })
      same(await store.parked(acme, 'mail', ['<a>']), [parked(1, '<a>'), parked(3, '<a>')], 'reports for one message')
      same(
        (await store.parked(acme, 'mail', ['<b>', '<a>', '<c>', '<a>'])).map((row) => row.id),
        [id(1), id(2), id(3)],
        'reports for several',
      )
      same(await store.parked(acme, 'mail', []), [], 'reports for none')
      await commit(store, { unpark: [id(1), id(99)] })
      same(await store.parked(acme, 'mail', ['<a>']), [parked(3, '<a>')], 'what still waits')
      same((await store.parked(acme, 'mail 2', ['<a>'])).length, 1, 'reports of another account')
    },
  },
  {
    area: 'drafts',
    name: 'are one for each agent, conversation and mode; the last one counts',
    guarantee: 'G32',
    body: async ({ store }) => {
      await commit(store, {
        drafts: [
          draft('Bonjour'),
          draft('Note', { mode: 'note' }),
          draft('Ben', { agent: 'ben' }),
          draft('Autre', { conversation: id(2) }),
        ],
      })
      await commit(store, { drafts: [draft('Bonjour !')] })
      const read = async (n: number, agent: string, mode: 'reply' | 'note') => store.draft(acme, id(n), agent, mode)
      same(
        [
          await read(1, 'ana', 'reply'),
          await read(1, 'ana', 'note'),
          await read(1, 'ben', 'reply'),
          await read(2, 'ana', 'reply'),
        ],
        ['Bonjour !', 'Note', 'Ben', 'Autre'],
        'the drafts',
      )
      same(await read(2, 'ben', 'note'), undefined, 'a draft that nobody wrote')
      await commit(store, { drafts: [draft(null), draft(null, { agent: 'nobody' })] })
      same([await read(1, 'ana', 'reply'), await read(1, 'ana', 'note')], [undefined, 'Note'], 'after it was removed')
      await commit(store, { drafts: [draft('')] })
      same(await read(1, 'ana', 'reply'), '', 'an empty draft')
    },
  },
  {
    area: 'settings',
    name: 'are one for each kind and id; null removes one',
    body: async ({ store }) => {
      await commit(store, {
        settings: [
          { kind: 'queue', id: 'x', data: '1' },
          { kind: 'agent', id: 'x', data: '2' },
          { kind: 'account', id: 'y', data: '3' },
        ],
      })
      await commit(store, {
        settings: [
          { kind: 'queue', id: 'x', data: '4' },
          { kind: 'account', id: 'y', data: null },
          { kind: 'account', id: 'z', data: null },
        ],
      })
      same(byKindAndId(await store.settings(acme)), ['agent x 2', 'queue x 4'], 'settings')
    },
  },
  {
    area: 'workspaces',
    name: 'are those that something was stored in',
    body: async ({ store }) => {
      same(await store.workspaces(), [], 'workspaces at first')
      await commit(store, { settings: [{ kind: 'queue', id: 'x', data: '1' }] }, 'one')
      await commit(store, { conversations: [opening(conversation(1))] }, 'two')
      await load(store, { conversations: [{ workspace: 'three', id: id(1) }] })
      await store.markRead({ workspace: 'three', agent: 'ana', visibility: { _tag: 'All' }, filter: {} })
      same((await store.workspaces()).toSorted(), ['one', 'two'], 'workspaces')
    },
  },
  {
    area: 'quarantine',
    name: 'keeps what could not be read, byte by byte, until it is released',
    guarantee: 'G06',
    body: async ({ store }) => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => (n * 7) % 256)
      await commit(store, {
        quarantine: [quarantined(2, { body: bytes }), quarantined(1), quarantined(3, { body: new Uint8Array() })],
      })
      same(
        await store.quarantined(acme),
        [quarantined(1), quarantined(2, { body: bytes }), quarantined(3, { body: new Uint8Array() })],
        'the quarantine, by id',
      )
      await commit(store, { release: [id(1), id(99)] })
      same(
        (await store.quarantined(acme)).map((row) => row.id),
        [id(2), id(3)],
        'what is left',
      )
    },
  },
  {
    area: 'quarantine',
    name: 'bytes that their owner uses again do not change what is kept',
    guarantee: 'G06',
    body: async ({ store }) => {
      const buffer = Uint8Array.of(1, 2, 3)
      await commit(store, { quarantine: [quarantined(1, { body: buffer })] })
      buffer.fill(0)
      const [kept] = await store.quarantined(acme)
      same(kept?.body, Uint8Array.of(1, 2, 3), 'the bytes')
      kept?.body.fill(9)
      same((await store.quarantined(acme))[0]?.body, Uint8Array.of(1, 2, 3), 'the bytes, read again')
    },
  },
  {
    area: 'close',
    name: 'a closed store refuses rather than answer with nothing, and closing again is harmless',
    body: async ({ another }) => {
      const store = await another()
      await commit(store, { conversations: [opening(conversation(1))] })
      await store.close()
      await fails(() => load(store, { conversations: [{ workspace: acme, id: id(1) }] }), 'load after close')
      await fails(() => commit(store, {}), 'commit after close')
      await fails(async () => store.stream({ workspace: acme, after: 0, limit: 1 }), 'stream after close')
      await store.close()
    },
  },
  {
    area: 'migrate',
    name: 'can be called again, and nothing is lost by it',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1))] })
      await store.migrate()
      await store.migrate()
      const found = await load(store, { conversations: [{ workspace: acme, id: id(1) }] })
      same(found.conversations.length, 1, 'conversations')
    },
  },
  {
    area: 'stats',
    name: 'count what has been done, and only ever rise',
    body: async ({ store }) => {
      const before = store.stats()
      await commit(store, { conversations: [opening(conversation(1))] })
      const after = store.stats()
      same(after.commits, before.commits + 1, 'commits')
      same(after.statements > before.statements, true, 'statements have risen')
      same(after.rows > before.rows, true, 'rows have risen')
    },
  },
]
