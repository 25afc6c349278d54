import { type Engine, EngineError } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import type { Changeset, Storage } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop } from './telegraph.ts'

/** Whatever a host passes on without looking: what no compiler has seen. */
type Anything = any

/** What is there to be asked for, by name. */
interface Things {
  readonly id: string
  readonly other: string
  readonly contact: string
  readonly stranger: string
}

/** A call as somebody makes it who knows what she does: every argument and every option once. */
type Sample = (things: Things) => ReadonlyArray<Anything>

const options = { expectedVersion: 1, idempotencyKey: 'once' }
const plain: Sample = ({ id }) => [id, options]
const carrying =
  (carried: object): Sample =>
  ({ id }) => [id, { ...carried, ...options }]
const said = { text: 'Bonjour', html: '<p>Bonjour</p>', quote: 1, mentions: ['ben'] }
const file = { name: 'a.txt', mime: 'text/plain', bytes: new Uint8Array(1) }
const location = { _tag: 'Location', latitude: 48, longitude: 2, label: 'Paris' }
const filter = {
  tab: 'open',
  channel: 'telegraph',
  account: 'wire',
  queue: 'desk',
  department: 'house',
  owner: 'ana',
  contact: 'x',
  tag: 'vip',
  flag: 'urgent',
  lastBy: 'contact',
  unread: true,
  from: 0,
  to: 9e15,
}
const page = { limit: 10 }

const conversations: Readonly<Record<string, Sample>> = {
  list: () => [{ ...filter, ...page, after: '5:x' }],
  counts: () => [{}],
  get: ({ id }) => [id, {}],
  timeline: ({ id }) => [id, { before: 5, after: 1, ...page }],
  search: () => ['Bonjour', { ...filter, ...page, before: 5 }],
  transcript: ({ id }) => [id, { as: 'html', notes: true, timeZone: 'Europe/Paris', labels: {} }],
  canSend: ({ id }) => [id, {}],
  scheduled: ({ id }) => [id, {}],
  file: ({ id }) => [id, 'blob', {}],
  draft: ({ id }) => [id, 'note'],
  saveDraft: ({ id }) => [id, 'So far', 'note'],
  typing: ({ id }) => [id, true],
  watchers: ({ id }) => [id],
  start: () => [
    {
      account: 'wire',
      to: { address: 'zoe', name: 'Zoe' },
      subject: 'A parcel',
      cc: [],
      replyTo: 'account',
      ...said,
      files: [file],
      parts: [location],
      ...options,
    },
  ],
  discuss: ({ id }) => [
    { title: 'A parcel', participants: ['ben'], text: 'Where?', about: { conversation: id, message: 1 }, ...options },
  ],
  reply: carrying({ ...said, cc: [], replyTo: 'account', expectedLastMessage: 1, files: [file], parts: [location] }),
  schedule: carrying({ ...said, at: { date: '2099-03-29', minute: 600 }, unlessTheyWrite: true }),
  changeSchedule: carrying({ schedule: 2, at: 8e15, text: 'Salut' }),
  cancelSchedule: carrying({ schedule: 2 }),
  react: carrying({ message: 1, emoji: '👍' }),
  split: carrying({ message: 1, following: true, close: true }),
  merge: ({ id, other }) => [id, { into: other, ...options }],
  note: carrying({ ...said, files: [file], parts: [location] }),
  edit: carrying({ message: 1, text: 'Salut' }),
  deleteMessage: carrying({ message: 1 }),
  assign: carrying({ agents: ['ben'] }),
  unassign: carrying({ agents: ['ben'] }),
  transfer: carrying({ to: { agent: 'ben' } }),
  invite: carrying({ agents: ['ben'] }),
  snooze: carrying({ until: 8e15 }),
  setPriority: carrying({ priority: 'high' }),
  setAttributes: carrying({ attributes: { size: 'XL' } }),
  setTranslation: carrying({ translation: { team: 'fr', customer: 'de' } }),
  noteConsent: carrying({ given: false, scope: 'all', word: 'STOP' }),
  runBot: carrying({ bot: 'porter' }),
  handOver: carrying({ reason: 'lost' }),
  blockBot: carrying({ bot: 'porter' }),
  unblockBot: carrying({ bot: 'porter' }),
  flag: carrying({ flag: 'urgent' }),
  unflag: carrying({ flag: 'urgent' }),
  tag: carrying({ tags: ['vip'] }),
  untag: carrying({ tags: ['vip'] }),
  rename: carrying({ title: 'A parcel' }),
  setSubject: carrying({ subject: 'A parcel' }),
  ...Object.fromEntries(
    [
      'claim',
      'takeOver',
      'release',
      'takeControl',
      'passControl',
      'lock',
      'unlock',
      'leave',
      'close',
      'reopen',
      'spam',
      'notSpam',
      'archive',
      'unarchive',
      'delete',
      'acceptOffer',
      'declineOffer',
      'giveToBot',
    ].map((name) => [name, plain]),
  ),
  markRead: ({ id }) => [id],
  markUnread: ({ id }) => [id],
  markAllRead: () => [filter],
  bulk: ({ id, other }) => [[id, other], { _tag: 'Assign', agents: ['ben'] }],
  look: ({ id }) => [id],
}

const contact = { name: 'Zoe', emails: ['zoe@example.org'], phones: ['+33'], kind: 'client', custom: { size: 'XL' } }

const session: Readonly<Record<string, Readonly<Record<string, Sample>> | Sample>> = {
  conversations,
  contacts: {
    get: ({ contact: id }) => [id, {}],
    find: () => [{ words: 'zoe', company: 'x', after: 'x', ...page }],
    history: ({ contact: id }) => [id, { after: '5:x', ...page }],
    create: () => [{ ...contact, identities: [{ account: 'wire', address: 'zoe' }] }],
    add: ({ contact: id }) => [id, contact],
    ignore: ({ contact: id }) => [id],
    edit: ({ contact: id }) => [id, contact],
    remark: ({ contact: id }) => [id, 'kind'],
    removeRemark: ({ contact: id }) => [id, 'x'],
    verify: ({ contact: id }) => [id, { account: 'wire', address: 'claire', verified: true }],
    merge: ({ contact: id, stranger }) => [id, { into: stranger }],
    undoMerge: ({ contact: id, stranger }) => [id, { merged: stranger }],
    export: ({ contact: id }) => [id],
    erase: ({ contact: id }) => [id],
  },
  companies: {
    get: () => ['x'],
    find: () => [{ words: 'x', ...page }],
    put: () => [{ id: 'x', name: 'X', domains: ['example.org'] }],
    remove: () => ['x'],
  },
  blocks: {
    list: () => [{}],
    add: () => [{ target: { _tag: 'Identity', account: 'wire', address: 'x' }, reason: 'x', until: 8e15 }],
    remove: () => ['x'],
  },
  templates: {
    find: () => [{ words: 'x', category: 'x', language: 'fr', channel: 'telegraph' }],
    get: () => ['x'],
    put: () => [
      { id: 'x', title: 'X', text: 'Bonjour', scope: { _tag: 'All' }, category: 'x', shortcut: 'x', language: 'fr' },
    ],
    remove: () => ['x'],
    fromMessage: ({ id }) => [id, 1, { title: 'X', scope: { _tag: 'All' } }],
    fill: ({ id }) => ['x', id],
  },
  tags: {
    list: () => [{}],
    put: () => [{ id: 'vip', about: 'x', hue: 5 }],
    rename: () => ['vip', 'gold'],
    remove: () => ['vip'],
  },
  views: {
    list: () => [{}],
    put: () => [{ id: 'x', name: 'X', filter, shared: true }],
    remove: () => ['x'],
  },
  slash: { list: () => [], run: ({ id }) => [id, '/rename A parcel', {}] },
  presence: { set: () => ['away', 8e15], device: () => ['desk', 'active'], list: () => [{}] },
  queues: { overview: () => [{}] },
  people: { find: () => ['a', { queue: 'desk' }] },
  report: () => [{ from: 0, to: 9e15, by: 'queue', queue: 'desk', channel: 'telegraph', tag: 'vip' }],
}

const setting = (one: object): Readonly<Record<string, Sample>> => ({
  put: () => [one],
  get: () => ['x'],
  list: () => [],
  remove: () => ['x'],
})
const hours = { id: 'x', name: 'X', timeZone: 'UTC', week: { 1: [{ from: 1, to: 2 }] }, holidays: [] }
const rule = { id: 'x', name: 'X', when: { account: ['wire'], words: ['x'] }, to: { queue: 'desk', priority: 'high' } }

const house: Readonly<Record<string, Readonly<Record<string, Sample>> | Sample>> = {
  agents: setting({
    id: 'x',
    name: 'X',
    role: 'agent',
    queues: ['desk'],
    email: 'x@example.org',
    extension: '5',
    capacity: 5,
    signature: 'X',
    languages: ['fr'],
    absences: [{ from: 1, to: 2, reason: 'x' }],
    permissions: ['manageTags'],
  }),
  queues: setting({
    id: 'x',
    name: 'X',
    mode: 'shared',
    claimOnReply: true,
    strategy: { _tag: 'FirstN', n: 2 },
    offerMs: 5,
    sticky: 'never',
    away: 'return',
    overflow: { afterMs: 5, to: 'desk' },
    outside: { _tag: 'Wait' },
  }),
  accounts: {
    health: () => ['wire'],
    resume: () => ['wire'],
    ...setting({
      id: 'x',
      channel: 'telegraph',
      queue: 'desk',
      name: 'X',
      bots: [],
      handover: { ask: ['email'], waitMs: 5 },
      signature: true,
      translate: null,
      settings: {},
      policy: { pending: 'keep', closed: { within: 5 }, spam: 'new', archived: 'reopen' },
    }),
  },
  departments: setting({ id: 'x', name: 'X', queue: 'desk' }),
  hours: setting(hours),
  slaPolicies: setting({
    id: 'x',
    name: 'X',
    when: { queues: ['desk'], channels: ['telegraph'], priorities: ['high'] },
    firstResponse: 5,
    nextResponse: 5,
    resolution: 5,
    hours: null,
  }),
  attributes: setting({ id: 'x', of: 'conversation', name: 'X', type: 'text' }),
  tags: setting({ id: 'x', about: 'X', hue: 5 }),
  routing: {
    get: () => [],
    put: () => [[rule]],
    explain: () => [
      {
        account: 'wire',
        channel: 'telegraph',
        language: 'fr',
        contactKind: 'visitor',
        attributes: {},
        formerOwner: null,
        source: null,
        text: 'x',
      },
    ],
  },
  retention: { get: () => [], put: () => [{ closedDays: 5, spamDays: 5, archivedDays: null }], run: () => [] },
  import: () => [
    {
      externalId: 'x',
      source: 'old',
      account: 'wire',
      from: { address: 'old', name: 'Old' },
      subject: 'x',
      tags: ['vip'],
      status: 'closed',
      messages: [{ direction: 'out', sentAt: 5, parts: [{ _tag: 'Text', text: 'x' }], agent: 'ana', externalId: 'x' }],
    },
  ],
  upcoming: () => [page],
  quarantine: { list: () => [], replay: () => ['x'] },
  position: () => [],
}

/** What does not answer with a value, but goes on: it is looked at below. */
const goesOn = new Set(['feed', 'on', 'onTyping', 'onWatching', 'as'])

const callsOf = (target: object, path: ReadonlyArray<string> = []): ReadonlyArray<string> =>
  Object.entries(target).flatMap(([name, one]: [string, unknown]) => {
    if (typeof one === 'function') return goesOn.has(name) ? [] : [[...path, name].join('.')]
    return typeof one === 'object' && one !== null ? callsOf(one, [...path, name]) : []
  })

const at = (target: Anything, path: string): Anything => path.split('.').reduce((one, name) => one?.[name], target)

/** Every place in the arguments of a call: each argument, and each field and item in it. */
const placesIn = (given: Anything, path: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> =>
  typeof given !== 'object' || given === null || given instanceof Uint8Array
    ? [path]
    : [path, ...Object.keys(given).flatMap((name) => placesIn(given[name], [...path, name]))]

const missing = Symbol('missing')

const replaced = (given: Anything, [name, ...rest]: ReadonlyArray<string>, by: Anything): Anything => {
  if (name === undefined) return by === missing ? undefined : by
  const copy = Array.isArray(given) ? [...given] : { ...given }
  if (rest.length === 0 && by === missing && !Array.isArray(copy)) delete copy[name]
  else copy[name] = replaced(given[name], rest, by)
  return copy
}

const deep = (levels: number): Anything => {
  let one: Anything = {}
  for (let level = 0; level < levels; level += 1) one = level % 2 === 0 ? { a: one } : [one]
  return Object.defineProperty(one, fc.toStringMethod, { value: () => `${levels} levels` })
}

const nonsense: fc.Arbitrary<Anything> = fc.oneof(
  fc.constantFrom<Anything>(missing, undefined, null, true, '', '\0', 'a\0b', '\ud800', 'x'.repeat(200_000)),
  fc.constantFrom<Anything>(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 1e308, 0, 7n),
  fc.constantFrom<Anything>(
    [],
    [null],
    [[]],
    {},
    { length: 1 },
    { toString: null },
    Object.create(null),
    new Date(NaN),
  ),
  fc.constantFrom<Anything>(JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"constructor":{"prototype":5}}')),
  fc.constantFrom<Anything>(
    Object.assign(() => 5, {}),
    deep(6),
    deep(5_000),
  ),
  fc.anything({ maxDepth: 2, withBigInt: true, withNullPrototype: true }),
)

/** What is typed is kept when it is refused: that loses nobody's words, and changes nothing else. */
const isDraft = ({ workspace: _, drafts: __, ...more }: Changeset): boolean =>
  Object.values(more).every((value) => Array.isArray(value) && value.length === 0)

/** A store that counts what is written, drafts apart. */
const counting = () => {
  const storage = memoryStorage()
  let writes = 0
  const counted: Storage = {
    ...storage,
    commit: (changes) => {
      if (!changes.every(isDraft)) writes += 1
      return storage.commit(changes)
    },
    markRead: (request) => {
      writes += 1
      return storage.markRead(request)
    },
  }
  return { storage: counted, writes: () => writes }
}

const open = async () => {
  const { storage, writes } = counting()
  const shop = await openShop({ storage })
  const workspace = shop.engine.workspace('shop')
  const boss = workspace.as('chloe')
  await shop.write('hello')
  await shop.write('hello', { from: { address: 'zed' } })
  await shop.engine.settle()
  const { items } = await boss.conversations.list()
  const [one, two] = items
  if (one === undefined || two === undefined) throw new Error('nobody wrote')
  const things: Things = { id: one.id, other: two.id, contact: one.contact.id, stranger: two.contact.id }
  return { ...shop, workspace, boss, things, writes }
}
type Opened = Awaited<ReturnType<typeof open>>

/** Refused in words: what was asked for, and not what came of it beneath. */
const isRefusal = (outcome: Anything): boolean =>
  outcome?.ok === false && /^[A-Z][A-Za-z]+$/.test(outcome.refusal?._tag ?? '')

const ask = async (target: Anything, path: string, given: ReadonlyArray<Anything>): Promise<Anything> => {
  const owner = path.includes('.') ? at(target, path.slice(0, path.lastIndexOf('.'))) : target
  return owner[path.slice(path.lastIndexOf('.') + 1)](...given)
}

const survives = (whose: (opened: Opened) => object, path: string, sample: Sample): Promise<void> => {
  let opened: Opened | undefined
  const engines = new Set<Engine>()
  onTestFinished(async () => {
    for (const engine of engines) await engine.close()
  })
  return fc.assert(
    fc.asyncProperty(fc.nat(), nonsense, async (where, what) => {
      opened ??= await open()
      engines.add(opened.engine)
      const given = sample(opened.things)
      const places = placesIn(given).filter((one) => one.length > 0)
      const place = places.length === 0 ? undefined : places[where % places.length]
      const wrong = place === undefined ? [what] : replaced(given, place, what)
      const before = opened.writes()
      let outcome: Anything
      try {
        outcome = await ask(whose(opened), path, wrong)
      } catch (error) {
        const told = error instanceof EngineError ? `${error.code}: ${error.message}` : String(error)
        throw new Error(`${path} at ${place?.join('.')} threw ${told}`, { cause: error })
      }
      if (isRefusal(outcome)) {
        expect([path, place, outcome.refusal._tag, opened.writes()]).toEqual([
          path,
          place,
          outcome.refusal._tag,
          before,
        ])
        return
      }
      // It made sense after all: what comes of it must be sound, and the next one begins afresh.
      expect([path, place, outcome?.ok]).not.toEqual([path, place, false])
      await opened.engine.settle()
      expect([path, place, opened.problems.splice(0)]).toEqual([path, place, []])
      if (opened.writes() === before) return
      await opened.boss.conversations.list()
      opened = undefined
    }),
    { numRuns: 60 },
  )
}

describe('whatever is handed to a call of an agent', () => {
  it('there is a sample of every call', async () => {
    const { boss, workspace, engine } = await open()
    expect(callsOf(boss).toSorted()).toEqual(callsOf(session).toSorted())
    expect(callsOf(workspace).toSorted()).toEqual(callsOf(house).toSorted())
    await engine.close()
  })

  it.each(callsOf(session))('%s answers, and what it refuses it leaves as it was', async (path) => {
    await survives(({ boss }) => boss, path, at(session, path))
  })
})

describe('whatever is handed to a call of a host', () => {
  it.each(callsOf(house))('%s answers, and what it refuses it leaves as it was', async (path) => {
    await survives(({ workspace }) => workspace, path, at(house, path))
  })
})
