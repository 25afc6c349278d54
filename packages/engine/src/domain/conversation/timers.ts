import type { SlaClock } from '../sla/promises.ts'
import type { Conversation, Scheduled } from './state.ts'

/**
 * What can come due in a conversation: the end of a snooze, of an offer, of the wait for contact details, of a promise,
 * the time of a scheduled message, or of a word about the end of the window.
 */
export type TimerKind = 'wake' | 'offer' | 'handover' | 'sla' | 'send' | 'window'

/** A due time, epoch milliseconds. There is one timer for each kind and key; a later one replaces it. */
export interface Timer {
  readonly kind: TimerKind
  readonly key: string
  readonly at: number
  /** Of the kind `send`: which scheduled message. */
  readonly schedule?: number
}

/** One at a time, so that what was meant for the same moment leaves in the order in which it was written. */
const nextToSend = (scheduled: ReadonlyArray<Scheduled>): Scheduled | undefined => {
  const [first, ...others] = scheduled
  return others.reduce((soonest, one) => (soonest !== undefined && one.at < soonest.at ? one : soonest), first)
}

const nextPromise = (sla: SlaClock): number | null => {
  const due = [sla.firstResponse, sla.nextResponse, sla.resolution].filter((at) => at !== null)
  return due.length === 0 ? null : Math.min(...due)
}

/**
 * The timers that a state asks for: they follow from it alone, so they can always be compared with what is set.
 *
 * @example
 * ```ts
 * import { timersOf } from '@guichet/engine/domain'
 *
 * console.log(timersOf({ ...conversation, status: 'pending', snoozedUntil: 5_000 }))
 * ```
 *
 * ```text
 * [ { kind: 'wake', key: 'c1', at: 5000 } ]
 * ```
 */
export const timersOf = (state: Conversation | undefined): ReadonlyArray<Timer> => {
  if (state === undefined || state.deleted || state.mergedInto !== null) return []
  const { id, status, snoozedUntil, offer, handover, sla, scheduled, remindAt, waitingSince } = state
  const timers: Array<Timer> = []
  if (status === 'pending' && snoozedUntil !== null) timers.push({ kind: 'wake', key: id, at: snoozedUntil })
  if (offer !== null) timers.push({ kind: 'offer', key: id, at: offer.until })
  if (handover !== null) timers.push({ kind: 'handover', key: id, at: handover.until })
  const promised = sla === null ? null : nextPromise(sla)
  if (promised !== null) timers.push({ kind: 'sla', key: id, at: promised })
  // Only while the customer waits: who was answered loses nothing when the window closes.
  if (remindAt !== null && waitingSince !== null) timers.push({ kind: 'window', key: id, at: remindAt })
  const next = nextToSend(scheduled)
  if (next !== undefined) timers.push({ kind: 'send', key: id, at: next.at, schedule: next.id })
  return timers
}
