import { may } from '../../access/policy.ts'
import type { Actor } from '../../actor.ts'
import { filesOf } from '../../message/part.ts'
import { leavingAs } from '../can-send.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { ScheduledContent } from '../entry.ts'
import type { Facts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation, Scheduled } from '../state.ts'
import { transitions } from '../transitions.ts'
import { sentIn, unsayable, unsendable } from './sending.ts'

/** What is written now and leaves later: held to the rules of a reply twice, when it is written and when it leaves. */

/** How many messages may wait in one conversation. */
const scheduledAtMost = 20

/** The last moment of the calendar (ECMA-262, 21.4.1.1), epoch milliseconds. */
const endOfTime = 8.64e15

const scheduledIn = (state: Conversation, id: number): Scheduled | undefined =>
  state.scheduled.find((one) => one.id === id)

const badTime = (at: number, now: number): Refusal | null => {
  if (!Number.isInteger(at) || at > endOfTime) {
    return { _tag: 'Invalid', what: 'schedule', issues: ['at: whole milliseconds since 1970'] }
  }
  return at > now ? null : { _tag: 'PastTime', until: at, now }
}

/** Files wait nowhere: what nobody has sent yet would keep them, and what is cancelled would leave them behind. */
const unwritable = (state: Conversation, content: ScheduledContent, facts: Facts, at: number): Refusal | null => {
  const cell = transitions.agentReplies[state.status]
  if (cell._tag === 'Refused') return cell.refusal
  if (filesOf(content.parts).length > 0) return { _tag: 'Unsupported', feature: 'files in a scheduled message' }
  return unsayable(content, facts) ?? unsendable(state, leavingAs(content.parts), facts, at)
}

const unknown = (schedule: number): Verdict => refuse({ _tag: 'UnknownSchedule', schedule })

export const schedule = (
  state: Conversation,
  { at, content, unlessTheyWrite }: Extract<Command, { readonly _tag: 'Schedule' }>,
  facts: Facts,
): Verdict => {
  if (facts.actor.kind !== 'agent') return refuse({ _tag: 'Forbidden', action: 'schedule' })
  const refusal = badTime(at, facts.now) ?? unwritable(state, content, facts, at)
  if (refusal !== null) return refuse(refusal)
  return state.scheduled.length >= scheduledAtMost
    ? refuse({ _tag: 'TooMany', what: 'scheduled messages', max: scheduledAtMost })
    : happens({ _tag: 'MessageScheduled', at, unlessTheyWrite: unlessTheyWrite === true, content })
}

/** What it says stands in the journal; where words could not leave, an approved template still may. */
const unfit = (state: Conversation, at: number, facts: Facts): Refusal | null =>
  unsendable(state, 'template', facts, at)

/** It will be sent in its author's name, so nobody else changes it; whoever may answer here can cancel it. */
export const changeSchedule = (
  state: Conversation,
  command: Extract<Command, { readonly _tag: 'ChangeSchedule' }>,
  facts: Facts,
): Verdict => {
  const { at, content } = command
  const one = scheduledIn(state, command.schedule)
  if (one === undefined) return unknown(command.schedule)
  if (facts.actor.kind !== 'agent' || facts.actor.id !== one.by) {
    return refuse({ _tag: 'Forbidden', action: 'changeSchedule' })
  }
  if (content === undefined && (at === undefined || at === one.at)) return nothingToDo
  const time = at ?? one.at
  const refusal =
    (at === undefined ? null : badTime(at, facts.now)) ??
    (content === undefined ? unfit(state, time, facts) : unwritable(state, content, facts, time))
  if (refusal !== null) return refuse(refusal)
  return happens({
    _tag: 'ScheduleChanged',
    schedule: one.id,
    ...(at === undefined || at === one.at ? undefined : { at }),
    ...(content === undefined ? undefined : { content }),
  })
}

export const cancelSchedule = (state: Conversation, id: number, facts: Facts): Verdict => {
  const one = scheduledIn(state, id)
  if (one === undefined) return unknown(id)
  const { actor, agents } = facts
  const own = actor.kind === 'agent' && actor.id === one.by
  const leads = actor.kind === 'agent' && agents.get(actor.id)?.role !== 'agent'
  const refusal = own || leads ? null : may(actor, 'reply', state, facts)
  return refusal === null ? happens({ _tag: 'ScheduleCancelled', schedule: id, because: 'asked' }) : refuse(refusal)
}

/**
 * Its time has come. Exactly one thing happens to it then: it is sent as if its author had sent it now, or, where she
 * would be refused, it is cancelled with the reason.
 */
export const sendScheduled = (
  state: Conversation,
  { schedule: id, read, content }: Extract<Command, { readonly _tag: 'SendScheduled' }>,
  facts: Facts,
): Verdict => {
  if (facts.actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'sendScheduled' })
  const one = scheduledIn(state, id)
  if (one === undefined) return unknown(id)
  if (one.at > facts.now) return nothingToDo
  if (one.content !== read) return refuse({ _tag: 'Conflict', expected: read, actual: one.content })
  const author: Actor = { kind: 'agent', id: one.by }
  const acting: Facts = { ...facts, actor: author }
  const refusal = may(author, 'reply', state, acting) ?? unwritable(state, content, acting, facts.now)
  return refusal === null
    ? { _tag: 'Happens', what: { ...sentIn(state, content, acting), schedule: id }, actor: author }
    : happens({ _tag: 'ScheduleCancelled', schedule: id, because: 'refused', reason: refusal._tag })
}

/** What the customer's own word makes needless; undefined when nothing waited for that. */
export const madeNeedless = (state: Conversation): ReadonlyArray<number> | undefined => {
  const dropped = state.scheduled.filter((one) => one.unlessTheyWrite).map((one) => one.id)
  return dropped.length === 0 ? undefined : dropped
}
