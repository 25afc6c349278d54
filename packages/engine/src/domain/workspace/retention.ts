import { shown } from '../shape.ts'
import type { Refusal } from '../conversation/refusal.ts'
import type { Status } from '../conversation/state.ts'

/** How long conversations are kept after their last activity, in days, by status; null keeps them. */
export interface RetentionPolicy {
  readonly closedDays: number | null
  readonly spamDays: number | null
  readonly archivedDays: number | null
}

const fields = ['closedDays', 'spamDays', 'archivedDays'] as const

/** A hundred years: more is meant to be null. */
const longest = 36_500

const isPeriod = (days: unknown): boolean =>
  days === null || (Number.isInteger(days) && (days as number) >= 1 && (days as number) <= longest)

/**
 * What is wrong with a policy; null when nothing is.
 *
 * @example
 * ```ts
 * import { checkRetention } from '@guichet/engine/domain'
 *
 * console.log(checkRetention({ closedDays: 365, spamDays: 30, archivedDays: null }))
 * const refusal = checkRetention({ closedDays: 0, spamDays: null, archivedDays: null })
 * if (refusal?._tag === 'Invalid') console.log(refusal.issues[0])
 * ```
 *
 * ```text
 * null
 * closedDays: 0 is not a whole number of days from 1 to 36500, nor null
 * ```
 */
export const checkRetention = (policy: RetentionPolicy): Refusal | null => {
  const issues = fields
    .filter((field) => !isPeriod(policy[field]))
    .map((field) => `${field}: ${shown(policy[field])} is not a whole number of days from 1 to ${longest}, nor null`)
  return issues.length === 0 ? null : { _tag: 'Invalid', what: 'retention', issues }
}

/** Conversations of a status whose last activity is at or before this time (epoch milliseconds) are not kept. */
export interface Outdated {
  readonly status: Status
  readonly before: number
}

const dayMs = 24 * 60 * 60 * 1_000

/**
 * What a policy lets go at a moment (epoch milliseconds). Nothing that is open or pending ever is.
 *
 * @example
 * ```ts
 * import { outdated } from '@guichet/engine/domain'
 *
 * const [closed] = outdated({ closedDays: 30, spamDays: null, archivedDays: null }, Date.UTC(2026, 0, 31))
 * console.log(closed?.status, closed?.before === Date.UTC(2026, 0, 1))
 * ```
 *
 * ```text
 * closed true
 * ```
 */
export const outdated = (policy: RetentionPolicy, now: number): ReadonlyArray<Outdated> => {
  const { closedDays, spamDays, archivedDays } = policy
  const periods: ReadonlyArray<readonly [Status, number | null]> = [
    ['closed', closedDays],
    ['spam', spamDays],
    ['archived', archivedDays],
  ]
  return periods.flatMap(([status, days]) => (days === null ? [] : [{ status, before: now - days * dayMs }]))
}
