import { tzOffset } from '@date-fns/tz/tzOffset'
import type { Weekday, Zones } from '../domain/hours/hours.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * Offsets of one zone in minutes, by day of UTC; null for a day in which the clocks change. Asking the platform costs a
 * microsecond or two and a report asks a hundred thousand times.
 */
type Offsets = Map<number, number | null>

const known = new Map<string, Offsets>()
/** Ten years of days: who asks about more begins again. */
const maxDays = 3_660
/** There are some six hundred names; more are typing errors that were asked about. */
const maxZones = 1_000

const offsetsOf = (timeZone: string): Offsets => {
  const found = known.get(timeZone)
  if (found !== undefined) return found
  if (known.size >= maxZones) known.clear()
  const offsets: Offsets = new Map()
  known.set(timeZone, offsets)
  return offsets
}

const askPlatform = (timeZone: string, at: number): number => {
  const offset = tzOffset(timeZone, new Date(at))
  if (Number.isNaN(offset)) throw new RangeError(`no time zone "${timeZone}", or no moment ${at}`)
  return offset
}

/** Minutes that the clock there is ahead of UTC. */
const offsetAt = (timeZone: string, at: number): number => {
  const offsets = offsetsOf(timeZone)
  const day = Math.floor(at / dayMs)
  let offset = offsets.get(day)
  if (offset === undefined) {
    const begins = askPlatform(timeZone, day * dayMs)
    offset = begins === askPlatform(timeZone, (day + 1) * dayMs) ? begins : null
    if (offsets.size >= maxDays) offsets.clear()
    offsets.set(day, offset)
  }
  return offset ?? askPlatform(timeZone, at)
}

const local: Zones['local'] = (timeZone, at) => {
  const shown = at + offsetAt(timeZone, at) * minuteMs
  const date = new Date(shown)
  return {
    date: date.toISOString().slice(0, 10),
    weekday: (date.getUTCDay() || 7) as Weekday,
    minute: Math.floor((shown - Math.floor(shown / dayMs) * dayMs) / minuteMs),
  }
}

/** The moment between two at which the offset becomes another, to the millisecond. */
const changeBetween = (timeZone: string, before: number, after: number): number => {
  const offset = askPlatform(timeZone, before)
  let from = before
  let to = after
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2)
    if (askPlatform(timeZone, middle) === offset) from = middle
    else to = middle
  }
  return to
}

const instant: Zones['instant'] = (timeZone, date, minute) => {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * minuteMs
  // No clock is more than 14 hours from UTC, and none changes twice within two days.
  const before = offsetAt(timeZone, wall - dayMs)
  const after = offsetAt(timeZone, wall + dayMs)
  const early = wall - Math.max(before, after) * minuteMs
  const late = wall - Math.min(before, after) * minuteMs
  for (const at of [early, late]) if (offsetAt(timeZone, at) * minuteMs === wall - at) return at
  return changeBetween(timeZone, wall - dayMs, wall + dayMs)
}

/**
 * Time zones as the platform knows them (`Intl`, which browsers have as well), read by a library. A zone that does not
 * exist throws a RangeError: they are checked with `isZone` when hours are stored.
 */
export const zones: Zones = { local, instant }

/** Whether the platform knows a time zone by this name. Bare offsets are not names: they know no summer. */
export const isZone = (timeZone: string): boolean => {
  if (!/^[a-z]/i.test(timeZone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
