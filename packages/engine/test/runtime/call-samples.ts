/** Whatever a host passes on without looking: what no compiler has seen. */
export type Anything = any

/** What is there to be asked for, by name. */
export interface Things {
  readonly id: string
  readonly other: string
  readonly contact: string
  readonly stranger: string
}

/** A call as somebody makes it who knows what she does: every argument and every option once. */
export type Sample = (things: Things) => ReadonlyArray<Anything>

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

const contact = {
  name: 'Zoe',
  emails: ['zoe@example.org'],
  phones: ['+33'],
  kind: 'client',
  custom: { size: 'XL' },
}

export const session: Readonly<Record<string, Readonly<Record<string, Sample>> | Sample>> = {
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

export const house: Readonly<Record<string, Readonly<Record<string, Sample>> | Sample>> = {
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
