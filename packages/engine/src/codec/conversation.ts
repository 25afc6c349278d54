import type { Conversation, LastMessage } from '../domain/conversation/state.ts'
import type { StoredConversation } from '../ports/storage.ts'

/** What lists do not need as a column. `v` is the shape's version: older shapes are upcast when they are read. */
interface Rest {
  readonly v: 1
  readonly address: string
  readonly before: Conversation['statusBeforeArchive']
  readonly locked: boolean
  readonly assignees: ReadonlyArray<string>
  readonly participants: ReadonlyArray<string>
  readonly blockedBots: ReadonlyArray<string>
  readonly snoozedUntil: number | null
  readonly title: string | null
  readonly last: number | null
  readonly known: ReadonlyArray<string>
  readonly follows: string | null
  readonly createdAt: number
  /** What most conversations do not have is left out when it has its default. */
  readonly more?: Partial<More>
}

type More = Pick<
  Conversation,
  | 'priority'
  | 'waitingSince'
  | 'queuedSince'
  | 'offer'
  | 'passed'
  | 'scheduled'
  | 'translation'
  | 'attributes'
  | 'handover'
  | 'askedBot'
  | 'botTurns'
  | 'sla'
  | 'heardAt'
  | 'windowRefusedAt'
  | 'remindAt'
  | 'elsewhere'
  | 'mergedInto'
>

const nothingMore: More = {
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
}

const moreNames = Object.keys(nothingMore) as ReadonlyArray<keyof More>

const isDefault = (value: unknown, usual: unknown): boolean => {
  if (value === usual) return true
  if (Array.isArray(value)) return value.length === 0
  if (typeof value !== 'object' || value === null || usual === null) return false
  for (const _ in value) return false
  return true
}

const moreOf = (state: Conversation): { readonly more?: Partial<More> } => {
  const more: Record<string, unknown> = {}
  let any = false
  for (const name of moreNames) {
    const value = state[name]
    if (isDefault(value, nothingMore[name])) continue
    more[name] = value
    any = true
  }
  return any ? { more: more as Partial<More> } : {}
}

/** Whom it is offered to sees it as those do who were asked to it. */
const involved = ({ owner, assignees, participants, offer }: Conversation): ReadonlyArray<string> => {
  if (participants.length === 0 && offer === null && assignees.every((id) => id === owner)) return []
  return [...new Set([...assignees, ...participants, ...(offer?.agents ?? [])])].filter((id) => id !== owner)
}

export const encodeConversation = (state: Conversation): StoredConversation => {
  const rest: Rest = {
    v: 1,
    address: state.address,
    before: state.statusBeforeArchive,
    locked: state.locked,
    assignees: state.assignees,
    participants: state.participants,
    blockedBots: state.blockedBots,
    snoozedUntil: state.snoozedUntil,
    title: state.title,
    last: state.lastMessage?.seq ?? null,
    known: state.known,
    follows: state.follows,
    createdAt: state.createdAt,
    ...moreOf(state),
  }
  return {
    id: state.id,
    version: state.seq,
    seq: state.seq,
    account: state.account,
    channel: state.channel,
    contact: state.contact,
    status: state.status,
    control: state.control,
    queue: state.queue,
    owner: state.owner,
    flags: state.flags,
    tags: state.tags,
    involved: involved(state),
    mentioned: state.mentioned,
    inbound: state.inbound,
    lastBy: state.lastMessage?.by ?? null,
    lastActivity: state.lastActivity,
    subject: state.subject,
    preview: state.lastMessage?.preview ?? null,
    deleted: state.deleted,
    data: JSON.stringify(rest),
  }
}

const lastMessage = (row: StoredConversation, rest: Rest): LastMessage | null =>
  rest.last === null || row.lastBy === null ? null : { seq: rest.last, by: row.lastBy, preview: row.preview ?? '' }

export const decodeConversation = (row: StoredConversation): Conversation => {
  const rest = JSON.parse(row.data) as Rest
  return {
    id: row.id,
    seq: row.seq,
    account: row.account,
    channel: row.channel,
    contact: row.contact,
    address: rest.address,
    status: row.status,
    statusBeforeArchive: rest.before,
    control: row.control,
    queue: row.queue ?? '',
    owner: row.owner,
    locked: rest.locked,
    assignees: rest.assignees,
    participants: rest.participants,
    mentioned: row.mentioned,
    blockedBots: rest.blockedBots,
    snoozedUntil: rest.snoozedUntil,
    subject: row.subject,
    title: rest.title,
    tags: row.tags,
    flags: row.flags,
    lastMessage: lastMessage(row, rest),
    inbound: row.inbound,
    known: rest.known,
    follows: rest.follows,
    createdAt: rest.createdAt,
    lastActivity: row.lastActivity,
    deleted: row.deleted,
    ...(rest.more === undefined ? nothingMore : { ...nothingMore, ...rest.more }),
  }
}
