import type { Hours, Zones } from './hours.ts'
import { closedForGood, openings } from './openings.ts'

const dayMs = 24 * 60 * 60 * 1_000
/** More than a working life: what takes longer never comes. */
const farMs = 100 * 366 * dayMs

/**
 * Whether these hours are open at a moment (epoch milliseconds). The minute at which they close is closed.
 *
 * @example
 * ```ts
 * import { isOpen } from '@guichet/engine/domain'
 *
 * console.log(isOpen(office, Date.UTC(2026, 0, 5, 9), utc), isOpen(office, Date.UTC(2026, 0, 5, 17), utc))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const isOpen = (hours: Hours, at: number, zones: Zones): boolean => {
  // Today, and tomorrow: a clock put back over midnight shows yesterday again while tomorrow has begun.
  for (const { start } of openings(hours, at, zones, 2)) return start <= at
  return false
}

/**
 * When they next open or close after a moment, epoch milliseconds; null when they do neither within 400 days.
 *
 * @example
 * ```ts
 * import { nextChange } from '@guichet/engine/domain'
 *
 * const friday = Date.UTC(2026, 0, 2, 12)
 * const closes = nextChange(office, friday, utc) ?? 0
 * console.log(utc.local('UTC', closes), utc.local('UTC', nextChange(office, closes, utc) ?? 0))
 * ```
 *
 * ```text
 * { date: '2026-01-02', weekday: 5, minute: 1020 } { date: '2026-01-05', weekday: 1, minute: 540 }
 * ```
 */
export const nextChange = (hours: Hours, at: number, zones: Zones): number | null => {
  const horizon = at + closedForGood * dayMs
  let closes: number | null = null
  for (const { start, end } of openings(hours, at, zones)) {
    if (closes === null && start > at) return start <= horizon ? start : null
    // Midnight between two spans that touch is no change.
    if (closes !== null && start > closes) return closes
    if (end > horizon) return null
    closes = end
  }
  return closes
}

/**
 * How much business time lies between two moments, in milliseconds; null hours never close. 0 when `to` is not after
 * `from`.
 *
 * @example
 * ```ts
 * import { businessBetween } from '@guichet/engine/domain'
 *
 * const friday = Date.UTC(2026, 0, 2, 16)
 * console.log(businessBetween(office, friday, Date.UTC(2026, 0, 5, 10), utc) / 3_600_000)
 * ```
 *
 * ```text
 * 2
 * ```
 */
export const businessBetween = (hours: Hours | null, from: number, to: number, zones: Zones): number => {
  if (to <= from) return 0
  if (hours === null) return to - from
  let passed = 0
  for (const { start, end } of openings(hours, from, zones, (to - from) / dayMs + 3)) {
    if (start >= to) break
    passed += Math.min(end, to) - Math.max(start, from)
  }
  return passed
}

/**
 * The moment at which so many milliseconds of business time have passed, epoch milliseconds: the first such moment, so
 * that what is due when they close is due then and not when they open again. Null when it never comes: they do not
 * open for 400 days, or it takes a hundred years. Null hours never close.
 *
 * @example
 * ```ts
 * import { businessAfter } from '@guichet/engine/domain'
 *
 * const friday = Date.UTC(2026, 0, 2, 16)
 * console.log(utc.local('UTC', businessAfter(office, friday, 2 * 3_600_000, utc) ?? 0))
 * ```
 *
 * ```text
 * { date: '2026-01-05', weekday: 1, minute: 600 }
 * ```
 */
export const businessAfter = (hours: Hours | null, from: number, ms: number, zones: Zones): number | null => {
  if (ms <= 0) return from
  if (hours === null) return from + ms
  let left = ms
  for (const { start, end } of openings(hours, from, zones)) {
    if (start > from + farMs) return null
    const begins = Math.max(start, from)
    if (begins + left <= end) return begins + left
    left -= end - begins
  }
  return null
}
