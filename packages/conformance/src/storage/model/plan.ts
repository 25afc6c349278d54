import type { Filter, StoredEntry, Visibility } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { id } from '../rows.ts'

/**
 * A plan says what to do in small numbers. Versions, seqs and ids are worked out when it runs; a `slip` makes them
 * wrong now and then, so that conflicts come about.
 */
export type Op = Commit | Claim | List | Count | Look | Documents | Search | Stream | MarkRead | Index

export interface Commit {
  readonly op: 'commit'
  readonly changes: ReadonlyArray<PlannedChange>
}
export interface Claim {
  readonly op: 'claim'
  readonly kinds: ReadonlyArray<string>
  /** How far time goes on before. */
  readonly later: number
  readonly leaseMs: number
  readonly limit: number
}
export interface List {
  readonly op: 'list'
  readonly workspace: string
  readonly visibility: Visibility
  readonly filter: Filter
  readonly reader: string | null
  readonly limit: number
}
export interface Count {
  readonly op: 'count'
  readonly workspace: string
  readonly visibility: Visibility
  readonly filter: Filter
  readonly atMost: number
}
export interface Documents {
  readonly op: 'documents'
  readonly workspace: string
  readonly kind: string
  readonly parent: number | null
  readonly words: ReadonlyArray<string> | null
  readonly limit: number
}
/** One conversation and what hangs on it. */
export interface Look {
  readonly op: 'look'
  readonly workspace: string
  readonly of: number
  readonly kinds: ReadonlyArray<StoredEntry['kind']> | null
  readonly page: { readonly before?: number; readonly after?: number }
  readonly limit: number
}
export interface Search {
  readonly op: 'search'
  readonly workspace: string
  readonly visibility: Visibility
  readonly filter: Filter
  readonly words: ReadonlyArray<string>
  readonly limit: number
}
export interface Stream {
  readonly op: 'stream'
  readonly workspace: string
  /** Which of the positions seen so far it starts from. */
  readonly mark: number
  readonly limit: number
}
export interface MarkRead {
  readonly op: 'markRead'
  readonly workspace: string
  readonly agent: string
  readonly visibility: Visibility
  readonly filter: Filter
  readonly of: number | null
  readonly unread: number | null
}
export interface Index {
  readonly op: 'index'
  readonly limit: number
}

export type PlannedChange = typeof plannedChange extends fc.Arbitrary<infer A> ? A : never

export const agents = ['ana', 'ben'] as const
export const workspaces = ['acme', 'other'] as const
export const conversationNumbers = [1, 2, 3, 4] as const
export const addresses = ['zoe', 'max'] as const
export const contactNumbers = [0xc00, 0xc01] as const
export const documentKinds = ['contact', 'template'] as const
export const externalIds: ReadonlyArray<string> = Array.from({ length: 16 }, (_, n) => `<${n}>`)
export const kinds = ['deliver', 'snooze'] as const
export const scopes = ['all', 'queue/q1'] as const

const pick = <A>(values: ReadonlyArray<A>) => fc.constantFrom(...values)
const few = <A>(one: fc.Arbitrary<A>, maxLength = 2) => fc.array(one, { maxLength })
const workspace: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constant('acme'), weight: 3 },
  { arbitrary: pick(workspaces), weight: 1 },
)
const maybe = <A>(one: fc.Arbitrary<A>): fc.Arbitrary<A | null> => fc.option(one, { nil: null })
const of = pick(conversationNumbers)
const agent = pick(agents)
/** Right most of the time. */
const slip = fc.oneof({ arbitrary: fc.constant(0), weight: 15 }, { arbitrary: pick([-1, 1]), weight: 1 })
const queue = pick(['q1', 'q2', null])
const owner = pick([...agents, null])
const status = pick(['open', 'pending', 'closed', 'spam', 'archived'] as const)
const entryKind = pick(['in', 'out', 'note', 'event', 'record'] as const)
const time = fc.integer({ min: 0, max: 12 })
const vocabulary = ['bonjour', 'Bon', 'commande', 'COMMANDER', 'été', 'ete', 'livre\u0301e', 'hier'] as const
const body = fc.oneof(
  fc.constant(null),
  fc.array(pick(vocabulary), { minLength: 1, maxLength: 4 }).map((words) => words.join(', ')),
)

/** Now and then something is removed. */
const keep = fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, { arbitrary: fc.constant(false), weight: 1 })

const conversation = fc.record({
  of,
  slip,
  status,
  control: pick(['team', 'bot'] as const),
  account: pick(['mail', 'mobile']),
  queue,
  owner,
  contact: pick(contactNumbers),
  flags: fc.subarray(['followUp', 'urgent'] as const),
  tags: fc.subarray(['t1', 't2']),
  involved: fc.subarray([...agents]),
  mentioned: fc.subarray([...agents]),
  inbound: fc.integer({ min: 0, max: 5 }),
  lastBy: pick(['contact', 'agent', 'bot', 'system', null] as const),
  lastActivity: time,
  deleted: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
})

const plannedChange = fc.record({
  workspace,
  conversations: fc.uniqueArray(conversation, { maxLength: 2, selector: (row) => row.of }),
  identities: few(
    fc.record({ address: pick(addresses), slip, contact: pick(contactNumbers), conversation: maybe(of) }),
    1,
  ),
  documents: few(
    fc.record({
      kind: pick(documentKinds),
      n: pick(contactNumbers),
      slip,
      parent: maybe(pick(contactNumbers)),
      words: body,
      keep,
    }),
  ),
  dropIdentities: few(fc.record({ address: pick(addresses) }), 1),
  /** Which of the external ids that are there is moved, counted from the last. */
  moveExternals: few(fc.record({ back: fc.nat(3), slip, of }), 1),
  externals: few(fc.record({ externalId: pick(externalIds), of }), 1),
  entries: few(fc.record({ of, slip, kind: entryKind, body })),
  deliveries: few(fc.record({ of, seq: fc.integer({ min: 1, max: 3 }), slip }), 1),
  amendments: few(fc.record({ of, seq: fc.integer({ min: 1, max: 3 }) }), 1),
  work: few(
    fc.record({
      kind: pick(kinds),
      lane: pick(['l1', 'l2', 'l3']),
      due: fc.integer({ min: -50, max: 200 }),
      key: pick([null, null, 'k1', 'k2']),
      /** Made before what is there already. */
      late: fc.boolean(),
    }),
    3,
  ),
  cancel: few(fc.record({ kind: pick(kinds), key: pick(['k1', 'k2']) }), 1),
  /** Which of the claims so far is settled, counted from the last. */
  settle: few(
    fc.record({
      back: fc.nat(3),
      slip,
      retryIn: maybe(fc.integer({ min: 0, max: 100 })),
      holdFor: maybe(fc.integer({ min: 1, max: 100 })),
    }),
    1,
  ),
  park: few(fc.record({ externalId: pick(externalIds) }), 1),
  unpark: few(fc.nat(3), 1),
  drafts: few(fc.record({ of, agent, mode: pick(['reply', 'note'] as const), keep: fc.boolean() }), 1),
  settings: few(fc.record({ kind: pick(['queue', 'agent'] as const), id: pick(['s1', 's2']), keep: fc.boolean() }), 1),
  quarantine: few(fc.uint8Array({ maxLength: 3 }), 1),
  release: few(fc.nat(3), 1),
  counters: few(
    fc.record({ scope: pick(scopes), bucket: pick(['open', 'closed']), by: fc.integer({ min: -1, max: 1 }) }),
  ),
  limits: few(fc.record({ scope: pick(scopes), bucket: pick(['open', 'closed']), atMost: fc.nat(4) }), 1),
  erase: few(
    fc.oneof(
      fc.record({ of, seq: fc.constant('all' as const) }),
      fc.record({ of, seq: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ of, seq: fc.integer({ min: 1, max: 3 }), data: fc.constant('{"left":true}') }),
    ),
    1,
  ),
})

const some = fc.record({
  _tag: fc.constant('Some' as const),
  agent,
  queues: fc.subarray(['q1', 'q2']),
  unownedOf: fc.subarray(['q1', 'q2']),
})
const visibility: fc.Arbitrary<Visibility> = fc.oneof(fc.constant({ _tag: 'All' as const }), some)

/** At most a few conditions at once: with all of them nothing would ever match. */
const filter: fc.Arbitrary<Filter> = fc
  .tuple(
    fc.record({
      status: few(status),
      control: pick(['team', 'bot'] as const),
      channel: pick(['email', 'sms']),
      account: pick(['mail', 'mobile']),
      ids: few(pick(conversationNumbers).map(id), 3),
      queues: few(pick(['q1', 'q2', 'q3']), 3),
      owner,
      contacts: few(pick([0xc00, 0xc01]).map(id), 2),
      mentions: agent,
      tag: pick(['t1', 't2']),
      flag: pick(['followUp', 'urgent'] as const),
      lastBy: pick(['contact', 'agent'] as const),
      unreadBy: agent,
      from: time,
      to: time,
    }),
    fc.oneof(fc.constant<ReadonlyArray<number>>([]), fc.uniqueArray(fc.nat(14), { maxLength: 2 })),
  )
  .map(([all, kept]) => Object.fromEntries(Object.entries(all).filter((_, index) => kept.includes(index))))

const commit: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('commit' as const),
  changes: fc.array(plannedChange, { minLength: 1, maxLength: 3 }),
})

const claim: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('claim' as const),
  kinds: fc.subarray([...kinds]),
  later: fc.integer({ min: 0, max: 60 }),
  leaseMs: pick([1, 40, 1000]),
  limit: fc.integer({ min: 0, max: 4 }),
})

const list: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('list' as const),
  workspace,
  visibility,
  filter,
  reader: pick([...agents, null]),
  limit: fc.integer({ min: 1, max: 3 }),
})

const count: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('count' as const),
  workspace,
  visibility,
  filter,
  atMost: fc.integer({ min: 0, max: 5 }),
})

const documents: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('documents' as const),
  workspace,
  kind: pick(documentKinds),
  parent: maybe(pick(contactNumbers)),
  words: maybe(fc.array(pick([...vocabulary, 'b', 'comm', 'ÉT', 'rien', '-']), { maxLength: 2 })),
  limit: fc.integer({ min: 1, max: 2 }),
})

const look: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('look' as const),
  workspace,
  of,
  kinds: maybe(fc.subarray(['in', 'out', 'note', 'event', 'record'] as const)),
  page: fc.oneof(
    fc.constant({}),
    fc.record({ before: fc.integer({ min: 0, max: 6 }) }),
    fc.record({ after: fc.integer({ min: 0, max: 6 }) }),
  ),
  limit: fc.integer({ min: 1, max: 5 }),
})

const search: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('search' as const),
  workspace,
  visibility,
  filter,
  words: fc.array(pick([...vocabulary, 'b', 'comm', 'ÉT', 'rien']), { minLength: 1, maxLength: 2 }),
  limit: fc.integer({ min: 1, max: 3 }),
})

const stream: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('stream' as const),
  workspace,
  mark: fc.nat(20),
  limit: fc.integer({ min: 1, max: 5 }),
})

const markRead: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('markRead' as const),
  workspace,
  agent,
  visibility,
  filter,
  of: maybe(of),
  unread: maybe(fc.integer({ min: 0, max: 3 })),
})

const index: fc.Arbitrary<Op> = fc.record({ op: fc.constant('index' as const), limit: fc.integer({ min: 1, max: 4 }) })

const op: fc.Arbitrary<Op> = fc.oneof(
  { arbitrary: commit, weight: 10 },
  { arbitrary: claim, weight: 5 },
  { arbitrary: list, weight: 4 },
  { arbitrary: count, weight: 2 },
  { arbitrary: documents, weight: 3 },
  { arbitrary: look, weight: 2 },
  { arbitrary: search, weight: 3 },
  { arbitrary: stream, weight: 2 },
  { arbitrary: markRead, weight: 2 },
  { arbitrary: index, weight: 1 },
)

/** What might happen to a store in a while. */
export const plan = (atMost: number): fc.Arbitrary<ReadonlyArray<Op>> =>
  fc.array(op, { minLength: 1, maxLength: atMost, size: 'max' })
