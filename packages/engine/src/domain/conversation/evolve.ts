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

const add = <A>(all: ReadonlyArray<A>, more: ReadonlyArray<A>): ReadonlyArray<A> => [...new Set([...all, ...more])]

const remove = <A>(all: ReadonlyArray<A>, less: ReadonlyArray<A>): ReadonlyArray<A> =>
  all.filter((item) => !less.includes(item))

/** Leaving pending forgets its end; archiving remembers what to come back to. */
const into = (state: Conversation, status: Status): Conversation => {
  if (state.status === status) return state
  return {
    ...state,
    status,
    statusBeforeArchive: status === 'archived' ? state.status : null,
    snoozedUntil: status === 'pending' || status === 'archived' ? state.snoozedUntil : null,
  }
}

const own = (state: Conversation, owner: string): Conversation => ({
  ...state,
  owner,
  control: 'team',
  assignees: add(state.assignees, [owner]),
  participants: remove(state.participants, [owner]),
})

const unowned = (state: Conversation): Conversation => ({ ...state, owner: null, locked: false })

/** An agent who is taken off hands it to the next assignee; when none is left, it waits in its queue. */
const withoutAssignees = (state: Conversation, agents: ReadonlyArray<string>): Conversation => {
  const assignees = remove(state.assignees, agents)
  if (state.owner === null || !agents.includes(state.owner)) return { ...state, assignees }
  return { ...unowned(state), assignees, owner: assignees[0] ?? null }
}

const spoken = (
  state: Conversation,
  seq: number,
  by: LastMessage['by'],
  message: { readonly parts: Parameters<typeof previewOf>[0]; readonly sentAt: number },
): Conversation => ({
  ...state,
  lastMessage: { seq, by, preview: previewOf(message.parts) },
  lastActivity: Math.max(state.lastActivity, message.sentAt),
})

/** So that a thread with a mailing list in copy cannot grow its row without end. */
const knownAtMost = 50

const received = (before: Conversation, seq: number, what: Extract<Happening, { readonly _tag: 'MessageReceived' }>): Conversation => {
  const { message } = what
  const state = spoken(before, seq, message.automatic === undefined ? 'contact' : 'system', message)
  // Spam is silent and machines do not wait for an answer: neither makes anything unread.
  const counts = message.automatic === undefined && before.status !== 'spam'
  const known =
    message.from === undefined || state.known.length >= knownAtMost ? state.known : add(state.known, [message.from])
  const counted = { ...state, inbound: state.inbound + (counts ? 1 : 0), known, control: what.control ?? state.control }
  return what.status === undefined ? counted : into(counted, what.status)
}

const sent = (before: Conversation, entry: Entry, what: Extract<Happening, { readonly _tag: 'MessageSent' }>): Conversation => {
  const by = entry.actor.kind === 'agent' || entry.actor.kind === 'bot' ? entry.actor.kind : 'system'
  const state = { ...spoken(before, entry.seq, by, what.message), control: what.control ?? before.control }
  const owned = what.claimed === true ? own(state, entry.actor.id) : state
  return what.status === undefined ? owned : into(owned, what.status)
}

const transferred = (state: Conversation, actor: string, what: Extract<Happening, { readonly _tag: 'Transferred' }>): Conversation => {
  const left: Conversation = {
    ...unowned(state),
    assignees: [],
    participants: remove(state.participants, [actor]),
    control: 'team',
  }
  const moved = 'queue' in what.to ? { ...left, queue: what.to.queue } : own(left, what.to.agent)
  return what.status === undefined ? moved : into(moved, what.status)
}

/** Nothing that was written stays: who and when is in the journal, what is gone. */
const emptied = (state: Conversation): Conversation => ({
  ...unowned(state),
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
})

const flagged = (flags: ReadonlyArray<Flag>, flag: Flag, on: boolean): ReadonlyArray<Flag> =>
  on ? add(flags, [flag]) : remove(flags, [flag])

const apply = (state: Conversation, entry: Entry): Conversation => {
  const { what, actor } = entry
  switch (what._tag) {
    case 'MessageReceived':
      return received(state, entry.seq, what)
    case 'MessageSent':
      return sent(state, entry, what)
    case 'NoteAdded':
      return { ...state, mentioned: add(state.mentioned, what.message.mentions) }
    case 'MessageEdited':
      return state.lastMessage?.seq === what.message
        ? { ...state, lastMessage: { ...state.lastMessage, preview: previewOf(what.parts) } }
        : state
    case 'MessageDeleted':
      return state.lastMessage?.seq === what.message
        ? { ...state, lastMessage: { ...state.lastMessage, preview: '' } }
        : state
    case 'Snoozed':
      return { ...into(state, 'pending'), snoozedUntil: what.until, control: 'team' }
    case 'SnoozeEnded':
    case 'Reopened':
    case 'MarkedNotSpam':
      return { ...into(state, 'open'), ...(what._tag === 'Reopened' ? { control: 'team' as const } : {}) }
    case 'Closed':
      return { ...into(state, 'closed'), control: what.control }
    case 'MarkedSpam':
      return into(state, 'spam')
    case 'Archived':
      return into(state, 'archived')
    case 'Unarchived':
      return into(state, what.status)
    case 'Deleted':
      return emptied(state)
    case 'Claimed':
      return own(state, actor.id)
    case 'TakenOver':
      return own(withoutAssignees({ ...state, locked: false }, [what.from]), actor.id)
    case 'Released':
      return { ...unowned(state), assignees: remove(state.assignees, state.owner === null ? [] : [state.owner]) }
    case 'Assigned': {
      const assigned = {
        ...state,
        assignees: add(state.assignees, what.agents),
        participants: remove(state.participants, what.agents),
        control: 'team' as const,
      }
      const [first] = what.agents
      return state.owner === null && first !== undefined ? own(assigned, first) : assigned
    }
    case 'Unassigned':
      return withoutAssignees(state, what.agents)
    case 'Transferred':
      return transferred(state, actor.id, what)
    case 'Locked':
      return { ...state, locked: true }
    case 'Unlocked':
      return { ...state, locked: false }
    case 'Invited':
      return { ...state, participants: add(state.participants, what.agents) }
    case 'Left':
      return {
        ...state,
        participants: remove(state.participants, [actor.id]),
        assignees: remove(state.assignees, [actor.id]),
      }
    case 'HandedOver':
      return { ...state, control: 'team' }
    case 'GivenToBot':
      return { ...state, control: 'bot' }
    case 'BotBlocked':
      return { ...state, blockedBots: add(state.blockedBots, [what.bot]) }
    case 'BotUnblocked':
      return { ...state, blockedBots: remove(state.blockedBots, [what.bot]) }
    case 'Flagged':
      return { ...state, flags: flagged(state.flags, what.flag, true) }
    case 'Unflagged':
      return { ...state, flags: flagged(state.flags, what.flag, false) }
    case 'Tagged':
      return { ...state, tags: add(state.tags, what.tags) }
    case 'Untagged':
      return { ...state, tags: remove(state.tags, what.tags) }
    case 'Renamed':
      return { ...state, title: what.title }
    case 'SubjectChanged':
      return { ...state, subject: what.subject }
    case 'Erased':
      return state
  }
}

/** The entry that begins a conversation carries all it needs. */
const startOf = (what: Happening): Start | undefined =>
  what._tag === 'MessageReceived' || what._tag === 'MessageSent' ? what.start : undefined

/**
 * The conversation after an entry: total and deterministic. An entry that begins one needs no state before it.
 */
export const evolve = (state: Conversation | undefined, entry: Entry): Conversation | undefined => {
  const start = startOf(entry.what)
  const before = start === undefined ? state : begin(start, entry.at)
  return before === undefined ? undefined : { ...apply(before, entry), seq: entry.seq }
}

/** The state that a journal makes. */
export const fold = (entries: Iterable<Entry>): Conversation | undefined => {
  let state: Conversation | undefined
  for (const entry of entries) state = evolve(state, entry)
  return state
}
