import { dayDate, dayNumber, weekdayOf } from './day.ts'
import type { Hours, Span, Zones } from './hours.ts'

/** A stretch of opening: from `start` up to `end`, epoch milliseconds. */
export interface Opening {
  readonly start: number
  readonly end: number
}

/** Nothing opens after so many closed days in a row: more than any year has. */
export const closedForGood = 400

/**
 * The openings that end after `at`, in order, none empty, none twice. Ends after `days` closed
 * days in a row.
 *
 * A span is the time between two moments on the clock, so a clock that is put back while open makes a longer span and
 * opens nothing twice; a span that the clock skips is not there at all.
 */
export function* openings(hours: Hours, at: number, zones: Zones, days = closedForGood): Generator<Opening> {
  const { timeZone, week } = hours
  const holidays = new Map(hours.holidays.map(({ date, spans }) => [date, spans]))
  let last = Number.NEGATIVE_INFINITY
  let closed = 0
  for (let day = dayNumber(zones.local(timeZone, at).date); closed < days; day++) {
    closed++
    const date = dayDate(day)
    for (const { from, to } of inOrder(holidays.get(date) ?? week[weekdayOf(day)] ?? [])) {
      const start = Math.max(last, zones.instant(timeZone, date, from))
      const end = zones.instant(timeZone, date, to)
      if (end <= start) continue
      last = end
      closed = 0
      if (end > at) yield { start, end }
    }
  }
}

const inOrder = (spans: ReadonlyArray<Span>): ReadonlyArray<Span> =>
  spans.length < 2 ? spans : [...spans].sort((a, b) => a.from - b.from)
