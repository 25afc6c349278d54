import type { Actor } from '../actor.ts'
import { changeAttributes } from '../contact/attributes.ts'
import { previewOf } from '../message/part.ts'
import { type Draft, assign, copyOf } from './copy.ts'
import { answersElsewhere } from './echoed.ts'
import type { Entry, Happening, Start } from './entry.ts'
import { begin } from './evolve/begin.ts'
import {
  type Change,
  add,
  backInQueue,
  cameBackTo,
  own,
  remove,
  toTeam,
  unowned,
  withoutAssignees,
} from './evolve/ownership.ts'
import { languageHeard, translatedFrom } from './evolve/translation.ts'
import { movedIn } from './moved-in.ts'
import { knownWith, left, merged, mergedAway, movedOut, noted } from './moved.ts'
import { rescheduled, scheduledBy, withoutScheduled } from './scheduled.ts'
import type { Conversation, Flag, LastMessage, Status } from './state.ts'
import { heardWith } from './window.ts'
import { wait } from './waiting.ts'

/** Leaving pending forgets its end; archiving remembers what to come back to. */
const into = (state: Conversation, status: Status): Change =>
  state.status === status
    ? {}
    : {
        status,
        statusBeforeArchive: status === 'archived' ? state.status : null,
        snoozedUntil: status === 'pending' || status === 'archived' ? state.snoozedUntil : null,
        // Nobody is asked for details where nobody waits for a person any more.
        handover: null,
      }

const lastSaid = (
  seq: number,
  by: LastMessage['by'],
  message: { readonly parts: Parameters<typeof previewOf>[0] },
): LastMessage => ({ seq, by, preview: previewOf(message.parts) })

const received = (
  state: Conversation,
  seq: number,
  what: Extract<Happening, { readonly _tag: 'MessageReceived' }>,
): Draft => {
  const { message, status, control, completesHandover, cameBack, cancelled, remindAt } = what
  // Spam is silent and machines do not wait for an answer: neither makes anything unread.
  const counts = message.automatic === undefined && state.status !== 'spam'
  const next = copyOf(state)
  next.seq = seq
  next.lastMessage = lastSaid(seq, message.automatic === undefined ? 'contact' : 'system', message)
  next.lastActivity = Math.max(state.lastActivity, message.sentAt)
  if (counts) next.inbound = state.inbound + 1
  if (counts) next.botTurns = 0
  if (message.automatic === undefined) next.heardAt = heardWith(state.heardAt, message.sentAt)
  if (remindAt !== undefined) next.remindAt = remindAt
  next.known = knownWith(state.known, message.from)
  if (control !== undefined) next.control = control
  if (completesHandover === true) assign(next, toTeam)
  next.scheduled = withoutScheduled(state.scheduled, cancelled)
  return status === undefined ? next : assign(assign(next, into(state, status)), cameBackTo(state, cameBack))
}

/** A sign of the customer that counts as a word of it. */
const heardBy = ({ heardAt, remindAt }: Conversation, at: number, remind: number | undefined): Change => ({
  heardAt: heardWith(heardAt, at),
  remindAt: remind ?? remindAt,
})

/** Bots count how often they speak; a person who writes ends their turn, and answers what was handed over. */
const turn = (state: Conversation, byPerson: boolean, { kind }: Actor): Change => {
  if (byPerson) return { botTurns: 0, askedBot: null, handover: null }
  return kind === 'bot' ? { botTurns: state.botTurns + 1 } : {}
}

const sent = (
  state: Conversation,
  { seq, actor }: Entry,
  what: Extract<Happening, { readonly _tag: 'MessageSent' }>,
): Draft => {
  const { message, status, control, claimed, cameBack, schedule, late } = what
  const byPerson = actor.kind === 'agent' || answersElsewhere(what)
  const next = copyOf(state)
  next.seq = seq
  if (late !== true) {
    next.lastMessage = lastSaid(seq, byPerson ? 'agent' : actor.kind === 'bot' ? 'bot' : 'system', message)
  }
  next.lastActivity = Math.max(state.lastActivity, message.sentAt)
  if (control !== undefined) next.control = control
  if (message.mentions !== undefined) next.mentioned = add(state.mentioned, message.mentions)
  assign(next, turn(state, byPerson, actor))
  if (schedule !== undefined) next.scheduled = withoutScheduled(state.scheduled, [schedule])
  if (cameBack !== undefined) assign(next, cameBackTo(state, cameBack))
  if (claimed === true) assign(next, own(next, actor.id))
  return status === undefined ? next : assign(next, into(state, status))
}

/** What was known of writing to an address, when it is another one or none. */
const unheard: Change = { heardAt: null, windowRefusedAt: null, remindAt: null, elsewhere: null }

const transferred = (
  state: Conversation,
  actor: string,
  { to, status, queue, reach }: Extract<Happening, { readonly _tag: 'Transferred' }>,
): Change => {
  const participants = remove(state.participants, [actor])
  const letGo: Change = { ...unowned, assignees: [], participants, ...toTeam }
  const moved: Change =
    'agent' in to
      ? own({ ...state, assignees: [], participants }, to.agent)
      : { queue: 'queue' in to ? to.queue : (queue ?? state.queue) }
  const reached: Change =
    reach === undefined ? {} : { ...unheard, ...reach, known: knownWith(state.known, reach.address) }
  return { ...letGo, ...moved, ...reached, ...(status === undefined ? {} : into(state, status)) }
}

/** Nothing that was written stays: who and when is in the journal, what is gone. */
const emptied: Change = {
  ...unowned,
  ...unheard,
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
  handover: null,
  askedBot: null,
  scheduled: [],
  attributes: {},
}

/** The preview of a message that is edited or deleted changes with it. */
const previewed = (state: Conversation, message: number, preview: string): Change =>
  state.lastMessage?.seq === message ? { lastMessage: { ...state.lastMessage, preview } } : {}

type Event = Exclude<
  Happening,
  {
    readonly _tag:
      | 'MessageReceived'
      | 'MessageSent'
      | 'MessageMovedIn'
      | 'MessageScheduled'
      | 'ScheduleChanged'
      | 'TranslationSet'
  }
>

const changed = (state: Conversation, what: Event, actor: Actor): Change => {
  switch (what._tag) {
    case 'NoteAdded':
      return noted(state, what)
    case 'MessagesMovedOut':
      return movedOut(what)
    case 'MergedInto':
      return { ...emptied, ...mergedAway(what) }
    case 'Merged':
      return { ...merged(state, what), ...cameBackTo(state, what.cameBack) }
    case 'MessageEdited':
      return previewed(state, what.message, previewOf(what.parts))
    case 'MessageDeleted':
      return previewed(state, what.message, '')
    case 'Snoozed':
      return { ...into(state, 'pending'), snoozedUntil: what.until, ...toTeam }
    case 'SnoozeEnded':
      return { ...into(state, 'open'), ...cameBackTo(state, what.cameBack) }
    case 'MarkedNotSpam':
      return { ...into(state, 'open'), ...cameBackTo(state, what.cameBack) }
    case 'Reopened':
      return { ...into(state, 'open'), ...toTeam, ...cameBackTo(state, what.cameBack) }
    case 'Closed':
      return { ...into(state, 'closed'), control: what.control, askedBot: null, botTurns: 0 }
    case 'MarkedSpam':
      return { ...into(state, 'spam'), scheduled: withoutScheduled(state.scheduled, what.cancelled) }
    case 'Archived':
      return { ...into(state, 'archived'), scheduled: withoutScheduled(state.scheduled, what.cancelled) }
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
        ...toTeam,
      }
      const [first] = what.agents
      return state.owner === null && first !== undefined ? { ...assigned, owner: first } : assigned
    }
    case 'Unassigned':
      return withoutAssignees(state, what)
    case 'Transferred':
      return transferred(state, actor.id, what)
    case 'Distributed':
      return own(state, what.agent)
    case 'Offered':
      return { offer: { agents: what.agents, until: what.until, by: what.by } }
    case 'OfferAccepted':
      return own(state, actor.id)
    case 'OfferDeclined': {
      const agents = remove(state.offer?.agents ?? [], [actor.id])
      const offer = state.offer === null || agents.length === 0 ? null : { ...state.offer, agents }
      return { offer, passed: add(state.passed, [actor.id]) }
    }
    case 'OfferExpired':
      return { offer: null, passed: add(state.passed, what.agents) }
    case 'Overflowed':
      return { queue: what.to }
    case 'Returned':
      return backInQueue(state, what.from)
    case 'PrioritySet':
      return { priority: what.priority }
    case 'ScheduleCancelled':
      return { scheduled: withoutScheduled(state.scheduled, [what.schedule]) }
    case 'Locked':
      return { locked: true }
    case 'Unlocked':
      return { locked: false }
    case 'Invited':
      return { participants: add(state.participants, what.agents) }
    case 'Left':
      return left(state, actor.id, what.owner)
    case 'HandedOver':
      return what.ask === undefined
        ? toTeam
        : { handover: { reason: what.reason, ask: what.ask, until: what.until ?? 0 } }
    case 'HandoverCompleted':
      return toTeam
    case 'GivenToBot':
      return { control: 'bot', handover: null }
    case 'BotAsked':
      return { askedBot: what.bot }
    case 'BotFinished':
      return { askedBot: null }
    case 'BotBlocked':
      return {
        blockedBots: add(state.blockedBots, [what.bot]),
        askedBot: state.askedBot === what.bot ? null : state.askedBot,
      }
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
    case 'Translated':
      return languageHeard(state, what)
    case 'AttributesSet':
      return { attributes: changeAttributes(state.attributes, what.attributes) }
    case 'Reacted':
      return what.heardAt === undefined ? {} : heardBy(state, what.heardAt, what.remindAt)
    case 'WindowClosing':
      return { remindAt: null }
    case 'WindowRefused':
      return { windowRefusedAt: Math.max(what.at, state.windowRefusedAt ?? what.at), remindAt: null }
    case 'AddressChanged':
      return { address: what.to, known: knownWith(state.known, what.to) }
    case 'ControlChanged':
      return { elsewhere: what.ours ? null : { by: what.by } }
    // Only its provider says who has it.
    case 'ControlAsked':
    case 'ControlRefused':
      return {}
    // What an address has consented to stands beside its conversations.
    case 'ConsentChanged':
      return {}
    // Which promises run stands beside what happened; see `evolve`.
    case 'SlaMissed':
    case 'SlaEnded':
    // What stands beside a message is not in the state.
    case 'ReactionFailed':
    case 'FileArrived':
    case 'FileLost':
    case 'Erased':
      return {}
  }
}

/** Messages, nearly all there is, make their state in one step; everything else says what it changes. */
const apply = (state: Conversation, entry: Entry): Draft => {
  const { what, seq } = entry
  if (what._tag === 'MessageReceived') return received(state, seq, what)
  if (what._tag === 'MessageSent') return sent(state, entry, what)
  const next = copyOf(state)
  next.seq = seq
  switch (what._tag) {
    case 'MessageMovedIn':
      return assign(next, movedIn(state, entry, what))
    case 'MessageScheduled':
      return assign(next, { scheduled: scheduledBy(state, entry, what) })
    case 'ScheduleChanged':
      return assign(next, { scheduled: rescheduled(state, seq, what) })
    case 'TranslationSet':
      return assign(next, { translation: translatedFrom(state, seq, what) })
    default:
      return assign(next, changed(state, what, entry.actor))
  }
}

/** The entry that begins a conversation carries all it needs. */
const startOf = (what: Happening): Start | undefined => ('start' in what ? what.start : undefined)

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
  if (before === undefined) return undefined
  const after = apply(before, entry)
  wait(start === undefined ? state : undefined, after, entry)
  if (entry.sla !== undefined) after.sla = entry.sla
  return after
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
