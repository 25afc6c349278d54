import { type Hours, type Span, businessAfter, businessBetween, isOpen, nextChange } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayDate, dayNumber, isDayDate, weekdayOf } from '../../src/domain/hours/day.ts'
import { zones } from '../../src/runtime/zones.ts'
import { hour, minute, utc } from './zoned.ts'

const start = utc('2026-01-01 00:00')
const end = utc('2027-01-01 00:00')

/** Spans that do not overlap: an even number of different minutes, two by two. */
const spans: fc.Arbitrary<ReadonlyArray<Span>> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.map((quarter) => quarter * 15).sort((a, b) => a - b))
  .map((edges) =>
    edges.flatMap((from, at) =>
      at % 2 === 0 && edges[at + 1] !== undefined ? [{ from, to: edges[at + 1] ?? 0 }] : [],
    ),
  )

const hours: fc.Arbitrary<Hours> = fc.record({
  id: fc.constant('h'),
  name: fc.constant('Hours'),
  timeZone: fc.constantFrom(
    'Europe/Paris',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Beirut',
    'America/Santiago',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'UTC',
  ),
  week: fc.record({ 1: spans, 2: spans, 3: spans, 5: spans, 6: spans, 7: spans }, { requiredKeys: [] }),
  holidays: fc.uniqueArray(
    fc.record({
      date: fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2026-12-31') }).map(dayDate),
      name: fc.constant('Holiday'),
      spans,
    }),
    { selector: ({ date }) => date, maxLength: 4 },
  ),
})

/** Moments of 2026, many of them near the changes of clocks. */
const moment = fc.oneof(
  fc.integer({ min: start, max: end }),
  fc
    .tuple(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-10-04', '2026-04-05', '2026-09-06'),
      fc.integer({ min: -36, max: 36 }),
    )
    .map(([day, shift]) => utc(`${day} 00:00`) + shift * hour),
)

const assert = <A>(arbitrary: fc.Arbitrary<A>, holds: (value: A) => void): void =>
  fc.assert(fc.property(arbitrary, holds), { numRuns: 200 })

describe('G36 over all business hours', () => {
  it('time between moments adds up', () => {
    assert(fc.tuple(hours, fc.tuple(moment, moment, moment)), ([given, moments]) => {
      const [a, b, c] = moments.sort((x, y) => x - y) as [number, number, number]
      const sum = businessBetween(given, a, b, zones) + businessBetween(given, b, c, zones)
      expect(businessBetween(given, a, c, zones)).toBe(sum)
      expect(sum).toBeLessThanOrEqual(c - a)
    })
  })

  it('the moment after so much time has so much time before it, and no earlier moment has', () => {
    assert(fc.tuple(hours, moment, fc.integer({ min: 1, max: 60 * hour })), ([given, from, ms]) => {
      const at = businessAfter(given, from, ms, zones)
      if (at === null) {
        expect(businessBetween(given, from, from + 300 * 24 * hour, zones)).toBeLessThan(ms)
        return
      }
      expect(businessBetween(given, from, at, zones)).toBe(ms)
      expect(businessBetween(given, from, at - 1, zones)).toBe(ms - 1)
    })
  })

  it('time passes while they are open, and only then', () => {
    assert(fc.tuple(hours, moment), ([given, at]) => {
      expect(businessBetween(given, at, at + 1, zones)).toBe(isOpen(given, at, zones) ? 1 : 0)
    })
  })

  it('they stay as they are until the next change, and are otherwise then', () => {
    assert(fc.tuple(hours, moment, fc.double({ min: 0, max: 1, noNaN: true })), ([given, at, share]) => {
      const change = nextChange(given, at, zones)
      const now = isOpen(given, at, zones)
      if (change === null) {
        expect(businessBetween(given, at, at + 300 * 24 * hour, zones)).toBe(now ? 300 * 24 * hour : 0)
        return
      }
      expect(change).toBeGreaterThan(at)
      expect(isOpen(given, at + Math.floor((change - at - 1) * share), zones)).toBe(now)
      expect(isOpen(given, change - 1, zones)).toBe(now)
      expect(isOpen(given, change, zones)).toBe(!now)
    })
  })

  it('they follow the clock on the wall, except where it shows a time twice or not at all', () => {
    assert(fc.tuple(hours, fc.integer({ min: start, max: end })), ([given, at]) => {
      const { timeZone } = given
      const { date, weekday, minute: shown } = zones.local(timeZone, at)
      const steady = zones.instant(timeZone, date, 1_440) - zones.instant(timeZone, date, 0) === 24 * hour
      fc.pre(steady)
      const day = given.holidays.find((one) => one.date === date)?.spans ?? given.week[weekday] ?? []
      expect(isOpen(given, at, zones)).toBe(day.some(({ from, to }) => from <= shown && shown < to))
    })
  })

  it('the order of spans and holidays does not matter', () => {
    assert(fc.tuple(hours, moment), ([given, at]) => {
      const week = Object.fromEntries(Object.entries(given.week).map(([day, list]) => [day, list.toReversed()]))
      const turned = { ...given, week, holidays: given.holidays.toReversed() }
      expect(nextChange(turned, at, zones)).toBe(nextChange(given, at, zones))
    })
  })
})

describe('the calendar', () => {
  it('counts days and weekdays as the platform does', () => {
    assert(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
      const date = new Date(day * 24 * 60 * minute)
      expect(dayDate(day)).toBe(date.toISOString().slice(0, 10))
      expect(dayNumber(dayDate(day))).toBe(day)
      expect(weekdayOf(day)).toBe(date.getUTCDay() || 7)
    })
  })

  it.each(['2026-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-30', '26-04-30', ''])(
    'has no %s',
    (date) => expect(isDayDate(date)).toBe(false),
  )

  it.each(['2028-02-29', '2000-02-29', '2026-12-31'])('has a %s', (date) => expect(isDayDate(date)).toBe(true))
})
