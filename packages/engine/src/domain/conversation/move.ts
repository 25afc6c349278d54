import { may } from '../access/policy.ts'
import type { Threading } from '../account.ts'
import { type Message, byTime } from '../message/message.ts'
import type { Part } from '../message/part.ts'
import { withSla } from '../sla/clock.ts'
import { isInternal } from './chat.ts'
import { comesBack } from './decide/distribution.ts'
import { close as closing } from './decide/status.ts'
import { refuse } from './decision.ts'
import type { Entry, Happening, Start } from './entry.ts'
import { evolve } from './evolve.ts'
import type { Facts } from './facts.ts'
import { heirAmong } from './heir.ts'
import { involvedIn, othersOf } from './involved.ts'
import { lastOf } from './moved.ts'
import type { Refusal } from './refusal.ts'
import type { Conversation } from './state.ts'
import { inherited } from './window.ts'

/** So many messages go from one conversation to another at most: it is one commit. */
export const movedAtMost = 2_000

/** A message that still stands in its conversation: not deleted, and not moved away before. */
export interface Movable {
  readonly seq: number
  /** When the engine first recorded it, epoch milliseconds. */
  readonly at: number
  readonly message: Message
  /** What it says now. */
  readonly parts: ReadonlyArray<Part>
}

/** Where a message stood, and where it stands now. */
export interface Moved {
  readonly from: number
  readonly to: number
}

/** What moving does to the conversations at both ends, in one act; or why nothing moves. */
export type MoveDecision =
  | {
      readonly _tag: 'Accepted'
      readonly source: ReadonlyArray<Entry>
      readonly target: ReadonlyArray<Entry>
      readonly moved: ReadonlyArray<Moved>
    }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** Numbers and dates what happens in one conversation, each on top of the one before it. */
const entriesOf = (
  before: Conversation | undefined,
  happenings: ReadonlyArray<Happening>,
  facts: Facts,
): ReadonlyArray<Entry> => {
  let state = before
  return happenings.map((what) => {
    const bare = { seq: (state?.seq ?? 0) + 1, at: facts.now, actor: facts.actor, what }
    const entry = withSla(state, bare, facts.sla)
    state = evolve(state, entry)
    return entry
  })
}

/** A quote points at its message where that goes along, and at nothing where it stays behind. */
const quoting = (message: Message, moved: ReadonlyMap<number, number>): Message => {
  if (message.quote === undefined) return message
  const { quote, ...rest } = message
  const now = moved.get(quote)
  return now === undefined ? rest : { ...rest, quote: now }
}

const transplant = (
  source: Conversation,
  target: { readonly id: string; readonly seq: number; readonly start?: Start },
  messages: ReadonlyArray<Movable>,
): { readonly moved: ReadonlyArray<Moved>; readonly arriving: ReadonlyArray<Happening> } => {
  const ordered = [...messages].sort((a, b) =>
    byTime({ sentAt: a.message.sentAt, seq: a.seq }, { sentAt: b.message.sentAt, seq: b.seq }),
  )
  const moved = ordered.map(({ seq }, index) => ({ from: seq, to: target.seq + index + 1 }))
  const seqs = new Map(moved.map(({ from, to }) => [from, to]))
  const arriving = ordered.map(
    ({ seq, at, message, parts }, index): Happening => ({
      _tag: 'MessageMovedIn',
      // What was edited away stays away.
      message: { ...quoting(message, seqs), parts },
      from: { conversation: source.id, seq },
      receivedAt: at,
      ...(index === 0 && target.start !== undefined ? { start: target.start } : {}),
    }),
  )
  return { moved, arriving }
}

/** Nothing of what went may be read off the row that it left. */
const leaving = (
  source: Conversation,
  to: string,
  all: ReadonlyArray<Movable>,
  gone: ReadonlyArray<Moved>,
): Happening => {
  const seqs = gone.map(({ from }) => from).sort((a, b) => a - b)
  const out = { _tag: 'MessagesMovedOut', messages: seqs, to } as const
  const last = source.lastMessage?.seq
  if (last === undefined || !seqs.includes(last)) return out
  const left = new Set(seqs)
  const stays = all
    .filter(({ seq }) => !left.has(seq))
    .sort((a, b) => b.seq - a.seq)
    .map(({ seq, message, parts }) => lastOf(seq, message, parts, isInternal(source)))
    .find((one) => one !== null)
  return { ...out, last: stays ?? null }
}

/** Whose the new conversation is: who had the old one, if she is still there; among colleagues somebody always has it. */
const ownerAfter = (state: Conversation, facts: Facts): string | null => {
  if (isInternal(state)) return heirAmong([...involvedIn(state), facts.actor.id], state, facts)
  return state.owner !== null && facts.agents.has(state.owner) ? state.owner : null
}

/** What a split asks for: one message, or with everything that came after it; and whether the old matter is done. */
export interface Split {
  readonly message: number
  readonly following: boolean
  readonly close: boolean
}

/**
 * A message goes to a new conversation of its own, which goes on from this one: same contact, account, queue, subject
 * and languages, and the same owner unless she is not there any more.
 *
 * @param messages all messages that still stand in the conversation, by rising seq.
 * @param facts with `start`, which has the id of the new conversation.
 *
 * @example
 * ```ts
 * import { decideSplit } from '@guichet/engine/domain'
 *
 * const [first] = journal
 * const message = first?.what._tag === 'MessageReceived' ? first.what.message : undefined
 * const standing = message === undefined ? [] : [{ seq: 1, at: facts.now, message, parts: message.parts }]
 * const start = { conversation: 'c2', contact: 'zoe', address: 'zoe@example.org', follows: 'c1' }
 * const split = { message: 1, following: false, close: true }
 * const decision = decideSplit(conversation, split, standing, { ...facts, start })
 * if (decision._tag === 'Accepted') {
 *   console.log(decision.source.map(({ what }) => what._tag), decision.target.map(({ what }) => what._tag))
 * }
 * ```
 *
 * ```text
 * [ 'MessagesMovedOut', 'Closed' ] [ 'MessageMovedIn' ]
 * ```
 */
export const decideSplit = (
  state: Conversation,
  split: Split,
  messages: ReadonlyArray<Movable>,
  facts: Facts,
): MoveDecision => {
  const refusal = may(facts.actor, 'steer', state, facts)
  if (refusal !== null) return refuse(refusal)
  const { message, following, close } = split
  const { start: place } = facts
  if (place === undefined) return refuse({ _tag: 'NotFound' })
  if (!messages.some(({ seq }) => seq === message)) return refuse({ _tag: 'UnknownMessage', message })
  const going = messages.filter(({ seq }) => seq === message || (following && seq > message))
  if (going.length > movedAtMost) return refuse({ _tag: 'TooMany', what: 'messages', max: movedAtMost })
  const owner = ownerAfter(state, facts)
  const start: Start = {
    conversation: place.conversation,
    account: state.account,
    channel: state.channel,
    contact: state.contact,
    address: state.address,
    queue: state.queue,
    control: 'team',
    subject: state.subject,
    follows: state.id,
    ...inherited(state, state.address),
    ...(owner === null ? {} : { owner }),
    participants: involvedIn(state).filter((id) => id !== owner),
    ...(isInternal(state) && state.title !== null ? { title: state.title } : {}),
    ...(state.translation === null
      ? {}
      : { translation: { team: state.translation.team, customer: state.translation.customer } }),
  }
  const { moved, arriving } = transplant(state, { id: start.conversation, seq: 0, start }, going)
  const closed = close ? closing(state, facts) : undefined
  const leaves = [
    leaving(state, start.conversation, messages, moved),
    ...(closed?._tag === 'Happens' ? [closed.what] : []),
  ]
  return {
    _tag: 'Accepted',
    source: entriesOf(state, leaves, facts),
    target: entriesOf(undefined, arriving, facts),
    moved,
  }
}

/**
 * Whoever still waits in what is merged waits in the other one: that opens again as if she had written there, and is its
 * former owner's only where its queue says so. Two differences: whoever merged chose this very conversation, so no
 * policy sends her to a new one; and a person has looked at it, so people have it.
 */
const waitsOn = (
  state: Conversation,
  into: Conversation,
  facts: Facts,
): Pick<Extract<Happening, { readonly _tag: 'Merged' }>, 'status' | 'control' | 'cameBack'> | null => {
  if (state.status !== 'open' && state.status !== 'pending') return null
  if (into.status === 'open' || into.status === 'spam') return null
  const sleepsOn = state.status === 'pending' || facts.account.policy.pending === 'keep'
  if (into.status === 'pending' && sleepsOn) return null
  const cameBack = comesBack(into, facts)
  return { status: 'open', control: 'team', ...(cameBack === undefined ? {} : { cameBack }) }
}

const unfitToMerge = (state: Conversation, into: Conversation, threading: Threading | null): Refusal | null => {
  if (state.id === into.id) return { _tag: 'Same' }
  if (state.account !== into.account) return { _tag: 'Mismatch', what: 'account' }
  // Where a thread is whatever one address writes, two addresses are two people: neither may read the other's words.
  if (threading !== 'thread' && state.address !== into.address) return { _tag: 'Mismatch', what: 'contact' }
  return into.status === 'spam' && state.status !== 'spam' ? { _tag: 'Spam' } : null
}

/**
 * Everything of a conversation goes into another one of the same account, with its tags and its people; what is
 * scheduled in it is cancelled. Its id leads to the other one from then on.
 *
 * Where somebody waits in the first one and the other one is closed, archived or snoozed, that opens again, under the
 * rule of a customer who writes there: it is its former owner's where her queue says so and she is there with room, and
 * waits in its queue otherwise. Whoever had the first one takes part in the other one.
 *
 * @param messages all messages that still stand in the first one, by rising seq.
 * @param threading how the channel tells conversations apart; null when the channel is not there any more.
 * @param facts with the seat of the other one's owner, if anything is known of her being there.
 *
 * @example
 * ```ts
 * import { decideMerge } from '@guichet/engine/domain'
 *
 * const other = { ...conversation, id: 'c2' }
 * console.log(decideMerge(conversation, conversation, [], 'contact', facts))
 * const decision = decideMerge({ ...conversation, tags: ['vip'] }, other, [], 'contact', facts)
 * if (decision._tag === 'Accepted') console.log(decision.target.map(({ what }) => what._tag))
 * ```
 *
 * ```text
 * { _tag: 'Refused', refusal: { _tag: 'Same' } }
 * [ 'Merged' ]
 * ```
 */
export const decideMerge = (
  state: Conversation,
  into: Conversation,
  messages: ReadonlyArray<Movable>,
  threading: Threading | null,
  facts: Facts,
): MoveDecision => {
  const refusal = may(facts.actor, 'steer', state, facts) ?? may(facts.actor, 'steer', into, facts)
  if (refusal !== null) return refuse(refusal)
  const unfit = unfitToMerge(state, into, threading)
  if (unfit !== null) return refuse(unfit)
  if (messages.length > movedAtMost) return refuse({ _tag: 'TooMany', what: 'messages', max: movedAtMost })
  const { moved, arriving } = transplant(state, into, messages)
  const cancelled = state.scheduled.map(({ id }) => id)
  const leaves: ReadonlyArray<Happening> = [
    ...(moved.length === 0 ? [] : [leaving(state, into.id, messages, moved)]),
    {
      _tag: 'MergedInto',
      into: into.id,
      owner: state.owner,
      ...othersOf(state, involvedIn(state)),
      ...(cancelled.length === 0 ? {} : { cancelled }),
    },
  ]
  const merged: Happening = {
    _tag: 'Merged',
    from: state.id,
    tags: state.tags,
    participants: involvedIn(state).filter((id) => !into.assignees.includes(id)),
    known: state.known,
    ...waitsOn(state, into, facts),
  }
  return {
    _tag: 'Accepted',
    source: entriesOf(state, leaves, facts),
    target: entriesOf(into, [...arriving, merged], facts),
    moved,
  }
}
