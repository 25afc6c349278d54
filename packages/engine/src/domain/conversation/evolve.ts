import type { Actor } from '../actor.ts'
import { previewOf } from '../message/part.ts'
import type { Entry, Happening, Start } from './entry.ts'
import type { Conversation, Flag, LastMessage, Status } from './state.ts'

const begin = (start: Start, at: number): Conversation => ({
  id: start.conversation,
  seq: 0,
  account: start.account,
  channel: start.channel,
  contact: start.contact,
  address: start.address,
  status: 'open',
  statusBeforeArchive: null,
  control: start.control,
  queue: start.queue,
  owner: null,
  locked: false,
  assignees: [],
  participants: [],
  mentioned: [],
  blockedBots: [],
  snoozedUntil: null,
  subject: start.subject,
  title: null,
  tags: [],
  flags: [],
  lastMessage: null,
  inbound: 0,
  known: [start.address],
  follows: start.follows,
  createdAt: at,
  lastActivity: at,
  deleted: false,
})

const add = <A>(all: ReadonlyArray<A>, more: ReadonlyArray<A>): ReadonlyArray<A> =>
  more.every((item) => all.includes(item)) ? all : [...new Set([...all, ...more])]

const remove = <A>(all: ReadonlyArray<A>, less: ReadonlyArray<A>): ReadonlyArray<A> =>
  all.filter((item) => !less.includes(item))

/** What an entry changes; everything else stays as it was. */
type Change = Partial<Conversation>

/** Leaving pending forgets its end; archiving remembers what to come back to. */
const into = (state: Conversation, status: Status): Change =>
  state.status === status
    ? {}
    : {
        status,
        statusBeforeArchive: status === 'archived' ? state.status : null,
        snoozedUntil: status === 'pending' || status === 'archived' ? state.snoozedUntil : null,
      }

const own = (state: Conversation, owner: string): Change => ({
  owner,
  control: 'team',
  assignees: add(state.assignees, [owner]),
  participants: state.participants.length === 0 ? state.participants : remove(state.participants, [owner]),
})

const unowned: Change = { owner: null, locked: false }

/** An agent who is taken off hands it to the next assignee; when none is left, it waits in its queue. */
const withoutAssignees = (state: Conversation, agents: ReadonlyArray<string>): Change => {
  const assignees = remove(state.assignees, agents)
  return state.owner === null || !agents.includes(state.owner)
    ? { assignees }
    : { locked: false, assignees, owner: assignees[0] ?? null }
}

const lastSaid = (
  seq: number,
  by: LastMessage['by'],
  message: { readonly parts: Parameters<typeof previewOf>[0] },
): LastMessage => ({ seq, by, preview: previewOf(message.parts) })

/** So that a thread with a mailing list in copy cannot grow its row without end. */
const knownAtMost = 50

const knownWith = (known: ReadonlyArray<string>, from: string | undefined): ReadonlyArray<string> =>
  from === undefined || known.length >= knownAtMost ? known : add(known, [from])

const received = (
  state: Conversation,
  seq: number,
  { message, status, control }: Extract<Happening, { readonly _tag: 'MessageReceived' }>,
): Conversation => {
  // Spam is silent and machines do not wait for an answer: neither makes anything unread.
  const counts = message.automatic === undefined && state.status !== 'spam'
  const next = {
    ...state,
    seq,
    lastMessage: lastSaid(seq, message.automatic === undefined ? 'contact' : 'system', message),
    lastActivity: Math.max(state.lastActivity, message.sentAt),
    inbound: counts ? state.inbound + 1 : state.inbound,
    known: knownWith(state.known, message.from),
    control: control ?? state.control,
  }
  return status === undefined ? next : { ...next, ...into(state, status) }
}

const sent = (
  state: Conversation,
  { seq, actor }: Entry,
  { message, status, control, claimed }: Extract<Happening, { readonly _tag: 'MessageSent' }>,
): Conversation => {
  const next = {
    ...state,
    seq,
    lastMessage: lastSaid(seq, actor.kind === 'agent' || actor.kind === 'bot' ? actor.kind : 'system', message),
    lastActivity: Math.max(state.lastActivity, message.sentAt),
    control: control ?? state.control,
  }
  if (status === undefined && claimed === undefined) return next
  return {
    ...next,
    ...(claimed === true ? own(state, actor.id) : {}),
    ...(status === undefined ? {} : into(state, status)),
  }
}

const transferred = (
  state: Conversation,
  actor: string,
  { to, status }: Extract<Happening, { readonly _tag: 'Transferred' }>,
): Change => {
  const participants = remove(state.participants, [actor])
  const left: Change = { ...unowned, assignees: [], participants, control: 'team' }
  const moved = 'queue' in to ? { queue: to.queue } : { ...own({ ...state, assignees: [], participants }, to.agent) }
  return { ...left, ...moved, ...(status === undefined ? {} : into(state, status)) }
}

/** Nothing that was written stays: who and when is in the journal, what is gone. */
const emptied: Change = {
  ...unowned,
  deleted: true,
  address: '',
  subject: null,
  title: null,
  tags: [],
  flags: [],
  known: [],
  mentioned: [],
  assignees: [],
  participants: [],
  snoozedUntil: null,
  lastMessage: null,
}

/** The preview of a message that is edited or deleted changes with it. */
const previewed = (state: Conversation, message: number, preview: string): Change =>
  state.lastMessage?.seq === message ? { lastMessage: { ...state.lastMessage, preview } } : {}

type Event = Exclude<Happening, { readonly _tag: 'MessageReceived' | 'MessageSent' }>

const changed = (state: Conversation, what: Event, actor: Actor): Change => {
  switch (what._tag) {
    case 'NoteAdded':
      return { mentioned: add(state.mentioned, what.message.mentions) }
    case 'MessageEdited':
      return previewed(state, what.message, previewOf(what.parts))
    case 'MessageDeleted':
      return previewed(state, what.message, '')
    case 'Snoozed':
      return { ...into(state, 'pending'), snoozedUntil: what.until, control: 'team' }
    case 'SnoozeEnded':
    case 'MarkedNotSpam':
      return into(state, 'open')
    case 'Reopened':
      return { ...into(state, 'open'), control: 'team' }
    case 'Closed':
      return { ...into(state, 'closed'), control: what.control }
    case 'MarkedSpam':
      return into(state, 'spam')
    case 'Archived':
      return into(state, 'archived')
    case 'Unarchived':
      return into(state, what.status)
    case 'Deleted':
      return emptied
    case 'Claimed':
      return own(state, actor.id)
    case 'TakenOver':
      return { locked: false, ...own({ ...state, assignees: remove(state.assignees, [what.from]) }, actor.id) }
    case 'Released':
      return { ...unowned, assignees: remove(state.assignees, state.owner === null ? [] : [state.owner]) }
    case 'Assigned': {
      const assigned = {
        assignees: add(state.assignees, what.agents),
        participants: remove(state.participants, what.agents),
        control: 'team' as const,
      }
      const [first] = what.agents
      return state.owner === null && first !== undefined ? { ...assigned, owner: first } : assigned
    }
    case 'Unassigned':
      return withoutAssignees(state, what.agents)
    case 'Transferred':
      return transferred(state, actor.id, what)
    case 'Locked':
      return { locked: true }
    case 'Unlocked':
      return { locked: false }
    case 'Invited':
      return { participants: add(state.participants, what.agents) }
    case 'Left':
      return {
        participants: remove(state.participants, [actor.id]),
        assignees: remove(state.assignees, [actor.id]),
      }
    case 'HandedOver':
      return { control: 'team' }
    case 'GivenToBot':
      return { control: 'bot' }
    case 'BotBlocked':
      return { blockedBots: add(state.blockedBots, [what.bot]) }
    case 'BotUnblocked':
      return { blockedBots: remove(state.blockedBots, [what.bot]) }
    case 'Flagged':
      return { flags: add<Flag>(state.flags, [what.flag]) }
    case 'Unflagged':
      return { flags: remove<Flag>(state.flags, [what.flag]) }
    case 'Tagged':
      return { tags: add(state.tags, what.tags) }
    case 'Untagged':
      return { tags: remove(state.tags, what.tags) }
    case 'Renamed':
      return { title: what.title }
    case 'SubjectChanged':
      return { subject: what.subject }
    case 'Erased':
      return {}
  }
}

/** Messages, nearly all there is, make their state in one step; everything else says what it changes. */
const apply = (state: Conversation, entry: Entry): Conversation => {
  const { what, seq } = entry
  if (what._tag === 'MessageReceived') return received(state, seq, what)
  if (what._tag === 'MessageSent') return sent(state, entry, what)
  return { ...state, ...changed(state, what, entry.actor), seq }
}

/** The entry that begins a conversation carries all it needs. */
const startOf = (what: Happening): Start | undefined =>
  what._tag === 'MessageReceived' || what._tag === 'MessageSent' ? what.start : undefined

/**
 * The conversation after an entry: total and deterministic. An entry that begins one needs no state before it.
 *
 * @example
 * ```ts
 * import { decide, evolve } from '@guichet/engine/domain'
 *
 * const decision = decide(conversation, { _tag: 'Close' }, facts)
 * if (decision._tag === 'Accepted') {
 *   const [entry] = decision.entries
 *   const closed = entry && evolve(conversation, entry)
 *   console.log(conversation.status, closed?.status)
 * }
 * ```
 *
 * ```text
 * open closed
 * ```
 */
export const evolve = (state: Conversation | undefined, entry: Entry): Conversation | undefined => {
  const start = startOf(entry.what)
  const before = start === undefined ? state : begin(start, entry.at)
  return before === undefined ? undefined : apply(before, entry)
}

/**
 * The state that a journal makes.
 *
 * @example
 * ```ts
 * import { decide, fold } from '@guichet/engine/domain'
 *
 * const decision = decide(conversation, { _tag: 'Close' }, facts)
 * const more = decision._tag === 'Accepted' ? decision.entries : []
 * console.log(fold(journal)?.status, fold([...journal, ...more])?.status, fold([]))
 * ```
 *
 * ```text
 * open closed undefined
 * ```
 */
export const fold = (entries: Iterable<Entry>): Conversation | undefined => {
  let state: Conversation | undefined
  for (const entry of entries) state = evolve(state, entry)
  return state
}
