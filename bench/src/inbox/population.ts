import type { Conversation } from '@guichet/engine/domain'
import type { StoredConversation, StoredEntry } from '@guichet/engine/ports'
import { mix } from './mix.ts'
import { textOf } from './words.ts'

/** Half of all conversations are in this workspace, the others in the other nine. */
export const workspace = 'acme'
export const workspaces: ReadonlyArray<string> = [workspace, ...Array.from({ length: 9 }, (_, n) => `tenant-${n + 1}`)]

export const agents = 400
export const queues: ReadonlyArray<string> = Array.from({ length: 20 }, (_, n) => `queue-${n}`)
export const channels: ReadonlyArray<string> = ['email', 'whatsapp', 'sms', 'livechat']

const start = Date.UTC(2024, 0, 1)
const minute = 60_000

/** A UUID made of a number; the fixed part stands where version 7 has its time. */
const uuid = (kind: number, n: number): string =>
  `0198c0de-${kind.toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}`

const pick = <A>(list: ReadonlyArray<A>, n: number): A => list[n % list.length] as A

/** Ten messages a conversation: five in most, 105 in every twentieth. */
const messagesOf = (n: number): number => (mix(n, 1) % 20 === 0 ? 105 : 5)

/** One in twenty is open. */
const statusOf = (n: number): StoredConversation['status'] => {
  const draw = mix(n, 2) % 100
  if (draw < 5) return 'open'
  if (draw < 6) return 'pending'
  if (draw < 8) return 'spam'
  return draw < 10 ? 'archived' : 'closed'
}

/** What is known of the n-th conversation of so many. When it was last active says nothing about when it began. */
export interface Drawn {
  readonly n: number
  readonly workspace: string
  readonly row: StoredConversation
  readonly state: Conversation
}

/** Conversation `n` was the `rank`-th to get its last message; the stride shares no factor with a power of ten. */
const stride = 618_033
export const rankOf = (n: number, size: number): number => (n * stride) % size

export const draw = (n: number, size: number): Drawn => {
  const status = statusOf(n)
  const control = status === 'open' && mix(n, 3) % 10 === 0 ? 'bot' : 'team'
  const owner = control === 'bot' || mix(n, 4) % 3 === 0 ? null : `agent-${mix(n, 5) % agents}`
  const messages = messagesOf(n)
  const lastBy = mix(n, 6) % 2 === 0 ? 'contact' : 'agent'
  const inbound = lastBy === 'contact' ? Math.ceil(messages / 2) : Math.floor(messages / 2)
  const other = `agent-${mix(n, 7) % agents}`
  const lastActivity = start + rankOf(n, size) * minute
  const preview = textOf(n, messages)
  const address = `customer${n}@example.com`
  const assignees = owner === null ? [] : [owner]
  const participants = mix(n, 10) % 50 === 0 ? [other] : []
  const before = status === 'archived' ? 'closed' : null
  const columns = {
    id: uuid(1, n),
    seq: messages,
    account: 'support',
    channel: pick(channels, mix(n, 8)),
    contact: uuid(2, n),
    status,
    control,
    queue: pick(queues, mix(n, 9)),
    owner,
    flags: mix(n, 14) % 1_000 === 0 ? ['urgent' as const] : mix(n, 14) % 100 === 1 ? ['followUp' as const] : [],
    tags: mix(n, 12) % 5 === 0 ? [`tag-${mix(n, 13) % 20}`] : [],
    mentioned: mix(n, 11) % 100 === 0 ? [other] : [],
    inbound,
    lastActivity,
    subject: `Question ${n}`,
    deleted: false,
  } as const
  const rest = {
    address,
    locked: false,
    assignees,
    participants,
    blockedBots: [],
    snoozedUntil: null,
    title: null,
    known: [address],
    follows: null,
    createdAt: lastActivity - messages * minute,
  }
  return {
    n,
    workspace: mix(n, 15) % 2 === 0 ? workspace : pick(workspaces.slice(1), mix(n, 16)),
    state: {
      ...columns,
      ...rest,
      statusBeforeArchive: before,
      lastMessage: { seq: messages, by: lastBy, preview },
      priority: 'normal',
      waitingSince: null,
      queuedSince: null,
      offer: null,
      passed: [],
      scheduled: [],
      translation: null,
      attributes: {},
      handover: null,
      askedBot: null,
      botTurns: 0,
      sla: null,
      heardAt: null,
      windowRefusedAt: null,
      remindAt: null,
      elsewhere: null,
      mergedInto: null,
    },
    row: {
      ...columns,
      version: messages,
      involved: participants.length === 0 ? [] : [...new Set([...assignees, ...participants])],
      lastBy,
      preview,
      data: JSON.stringify({ v: 1, ...rest, before, last: messages }),
    },
  }
}

/** Customer and agent take turns, and the last word is who has it. */
export const messageOf = ({ n, state }: Drawn, seq: number): StoredEntry => {
  const text = textOf(n, seq)
  const incoming = (state.seq - seq) % 2 === (state.lastMessage?.by === 'contact' ? 0 : 1)
  const at = state.lastActivity - (state.seq - seq) * minute
  return {
    conversation: state.id,
    seq,
    kind: incoming ? 'in' : 'out',
    type: incoming ? 'MessageReceived' : 'MessageSent',
    actorKind: incoming ? 'contact' : 'agent',
    actor: incoming ? state.contact : (state.owner ?? 'agent-0'),
    at,
    body: text,
    data: `{"v":1,"parts":[{"_tag":"Text","text":"${text}"}],"address":"${state.address}","sentAt":${at},"receivedAt":${at + 1_500}}`,
  }
}
