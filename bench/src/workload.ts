import { emptyChangeset, emptyRequest } from '@guichet/conformance'
import type { Changeset, LoadRequest, Storage, StoredConversation } from '@guichet/engine/ports'

/** Conversations in each database; messages go to them at random, which is the worst case for pages. */
export const population = 20_000

export const workspace = 'acme'
export const account = 'support'

const noon = Date.UTC(2026, 0, 1, 12)
const subject = 'Question about my order of last week'
const words =
  'Bonjour, I ordered two chairs last week and only one has arrived. Could you tell me where the other one is? '
const state = JSON.stringify({
  v: 1,
  assignees: [],
  participants: [],
  blockedBots: [],
  known: ['customer@example.com'],
  statusBeforeArchive: null,
  snoozedUntil: null,
  locked: false,
  title: null,
  follows: null,
  lastMessage: { seq: 3, by: 'contact', preview: words.slice(0, 80) },
  createdAt: noon,
})
const message = JSON.stringify({
  v: 1,
  parts: [{ _tag: 'Text', text: words + words }],
  address: 'customer@example.com',
  sentAt: noon,
  receivedAt: noon + 1_500,
  matched: 'token',
})

/** A UUID made of a number; the fixed part stands where version 7 has its time. */
const uuid = (kind: number, n: number): string =>
  `0198c0de-${kind.toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}`

/** The next message of one conversation, as plain values. */
export interface Inbound {
  readonly n: number
  readonly id: string
  readonly contact: string
  readonly address: string
  readonly externalId: string
  /** Of the conversation before this message. */
  readonly version: number
  readonly at: number
  readonly preview: string
  readonly body: string
  readonly state: string
  readonly data: string
  /** Whether the conversation becomes unanswered, which a counter shows. */
  readonly counts: boolean
}

export interface Workload {
  /** The next messages, each of another conversation. */
  readonly next: (size: number) => ReadonlyArray<Inbound>
}

/** Deterministic: two workloads with one seed give the same messages. */
export const workload = (seed: number): Workload => {
  const versions = new Uint32Array(population).fill(1)
  let random = seed
  let at = noon
  const pick = (): number => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    return random % population
  }
  return {
    next: (size) => {
      const chosen = new Set<number>()
      while (chosen.size < size) chosen.add(pick())
      return [...chosen].map((n) => {
        const version = versions[n] ?? 1
        versions[n] = version + 1
        at += 1
        return {
          n,
          id: uuid(1, n),
          contact: uuid(2, n),
          address: `customer${n}@example.com`,
          externalId: `<${n}.${version}.20260101@mail.example.com>`,
          version,
          at,
          preview: words.slice(0, 80),
          body: words + words,
          state,
          data: message,
          counts: version % 4 === 1,
        }
      })
    },
  }
}

const conversationOf = (n: number, version: number, at: number): StoredConversation => ({
  id: uuid(1, n),
  version,
  seq: version,
  account,
  channel: 'email',
  contact: uuid(2, n),
  status: n % 20 === 0 ? 'open' : 'closed',
  control: 'team',
  queue: `queue-${n % 20}`,
  owner: n % 3 === 0 ? null : `agent-${n % 400}`,
  flags: [],
  tags: [],
  involved: [],
  mentioned: [],
  inbound: version,
  lastBy: 'contact',
  lastActivity: at,
  subject,
  preview: words.slice(0, 80),
  deleted: false,
  data: state,
})

const entryOf = (n: number, seq: number, at: number): Changeset['entries'][number] => ({
  conversation: uuid(1, n),
  seq,
  kind: 'in',
  type: 'MessageReceived',
  actorKind: 'contact',
  actor: uuid(2, n),
  at,
  body: words + words,
  data: message,
})

/** What the engine asks for before it decides about these messages. */
export const requestFor = (messages: ReadonlyArray<Inbound>): LoadRequest => ({
  ...emptyRequest,
  identities: messages.map(({ address }) => ({ workspace, account, address })),
})

const changesetFor = ({ n, id, version, at, externalId, counts }: Inbound): Changeset => ({
  ...emptyChangeset,
  workspace,
  conversations: [{ row: conversationOf(n, version + 1, at), expected: version }],
  externals: [{ account, externalId, conversation: id, seq: version + 1, at }],
  entries: [entryOf(n, version + 1, at)],
  counters: counts ? [{ scope: 'workspace', bucket: 'unanswered', by: 1 }] : [],
})

/** What it commits: everything that is decided together in one workspace is one changeset. */
export const changesetOf = (messages: ReadonlyArray<Inbound>): Changeset => {
  const parts = messages.map(changesetFor)
  return {
    ...emptyChangeset,
    workspace,
    conversations: parts.flatMap(({ conversations }) => conversations),
    externals: parts.flatMap(({ externals }) => externals),
    entries: parts.flatMap(({ entries }) => entries),
    counters: parts.flatMap(({ counters }) => counters),
  }
}

const beginningOf = (n: number): Pick<Changeset, 'conversations' | 'identities' | 'documents' | 'entries'> => {
  const at = noon - population + n
  const contact = uuid(2, n)
  const address = `customer${n}@example.com`
  return {
    conversations: [{ row: conversationOf(n, 1, at), expected: 0 }],
    identities: [{ account, address, contact, conversation: uuid(1, n), verified: true, version: 1 }],
    documents: [
      {
        kind: 'contact',
        id: contact,
        version: 1,
        parent: null,
        words: `Customer ${n} ${address}`,
        data: JSON.stringify({ names: [`Customer ${n}`] }),
      },
    ],
    entries: [entryOf(n, 1, at)],
  }
}

/** Fills a store with conversations of one message each. */
export const populate = async (store: Storage): Promise<void> => {
  const atOnce = 250
  for (let from = 0; from < population; from += atOnce) {
    const beginnings = Array.from({ length: atOnce }, (_, index) => beginningOf(from + index))
    await store.commit([
      {
        ...emptyChangeset,
        workspace,
        conversations: beginnings.flatMap(({ conversations }) => conversations),
        identities: beginnings.flatMap(({ identities }) => identities),
        documents: beginnings.flatMap(({ documents }) => documents),
        entries: beginnings.flatMap(({ entries }) => entries),
      },
    ])
  }
}
