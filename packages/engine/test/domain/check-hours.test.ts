import { checkHours } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isZone } from '../../src/runtime/zones.ts'
import { daily, hoursIn } from './zoned.ts'

const good = hoursIn('Europe/Paris', daily('9:00-12:00 14:00-18:00'), { '2026-12-25': '', '2026-12-24': '9:00-12:00' })

const issuesOf = (more: Readonly<Record<string, unknown>>): ReadonlyArray<string> => {
  const checked = checkHours({ ...good, ...more }, isZone)
  return !checked.ok && checked.refusal._tag === 'Invalid' ? checked.refusal.issues : []
}
const at = (from: unknown, to: unknown) => ({ from, to })

describe('checked business hours', () => {
  it('come back as they are when nothing is wrong', () => {
    expect(checkHours(good, isZone)).toEqual({ ok: true, hours: good })
    expect(issuesOf({ week: {}, holidays: [] })).toEqual([])
  })

  it('come back with their spans in order', () => {
    const checked = checkHours({ ...good, week: { 1: [at(840, 900), at(540, 720)] } }, isZone)
    expect(checked.ok && checked.hours.week[1]).toEqual([at(540, 720), at(840, 900)])
  })

  it('may touch, and may not overlap: both are named', () => {
    expect(issuesOf({ week: { 1: [at(540, 720), at(720, 780)] } })).toEqual([])
    expect(issuesOf({ week: { 3: [at(840, 1080), at(540, 845)] } })).toEqual([
      'week.3: 9:00–14:05 and 14:00–18:00 overlap: make one end where the other begins',
    ])
    expect(issuesOf({ week: { 1: [at(540, 1080), at(600, 660), at(700, 760)] } })).toEqual([
      'week.1: 9:00–18:00 and 10:00–11:00 overlap: make one end where the other begins',
      'week.1: 9:00–18:00 and 11:40–12:40 overlap: make one end where the other begins',
    ])
    expect(issuesOf({ holidays: [{ date: '2026-12-24', name: 'Eve', spans: [at(0, 10), at(5, 20)] }] })).toEqual([
      'holidays[0].spans: 0:00–0:10 and 0:05–0:20 overlap: make one end where the other begins',
    ])
  })

  it('end after they begin', () => {
    expect(issuesOf({ week: { 5: [at(1320, 120)] } })).toEqual([
      'week.5[0] ends at 2:00, not after its start at 22:00: split what goes over midnight in two',
    ])
    expect(issuesOf({ week: { 5: [at(540, 540)] } })).toHaveLength(1)
  })

  it.each([at(-1, 60), at(0, 1441), at(0.5, 60), at('9:00', '12:00'), at(undefined, 60), at(Number.NaN, 60)])(
    'stay within the minutes of a day: not %j',
    (span) => {
      expect(issuesOf({ week: { 1: [span] } })).toEqual([
        'week.1[0] needs from and to as whole minutes since midnight, 0 to 1440 (9:00 is 540)',
      ])
    },
  )

  it('are in a time zone that exists', () => {
    expect(issuesOf({ timeZone: 'Europe/Pari' })).toEqual([
      'timeZone must be an IANA time zone such as Europe/Paris, not "Europe/Pari"',
    ])
  })

  it('have holidays on days that the calendar has, once each', () => {
    const day = (date: unknown) => ({ date, name: 'Day', spans: [] })
    expect(issuesOf({ holidays: [day('2026-02-29'), day(20261225)] })).toEqual([
      'holidays[0].date must be a day of the calendar as YYYY-MM-DD, not "2026-02-29"',
      'holidays[1].date must be a day of the calendar as YYYY-MM-DD, not 20261225',
    ])
    expect(issuesOf({ holidays: [day({ toString: 'none' })] })).toEqual([
      'holidays[0].date must be a day of the calendar as YYYY-MM-DD, not an object',
    ])
    expect(issuesOf({ holidays: [day('2026-12-25'), day('2026-12-25')] })).toEqual([
      'holidays[1].date 2026-12-25 is that of holidays[0]: put their spans in one',
    ])
  })

  it('have no fields that nobody knows', () => {
    expect(issuesOf({ tz: 'Europe/Paris' })).toEqual([
      'hours.tz is not known: remove it, or use one of id, name, timeZone, week, holidays',
    ])
    expect(issuesOf({ week: { 0: [] } })).toEqual(['week.0 is not known: days are 1 (Monday) to 7 (Sunday)'])
    expect(issuesOf({ week: { 1: [{ from: 0, to: 60, label: 'x' }] } })).toEqual([
      'week.1[0].label is not known: remove it, or use one of from, to',
    ])
  })

  it('say everything that is missing', () => {
    expect(issuesOf({ id: '', name: ' ', timeZone: null, week: null, holidays: undefined })).toEqual([
      'timeZone must be a text that is not empty',
      'id must be a text that is not empty',
      'name must be a text that is not empty',
      'week must be an object with 1, 2, 3, 4, 5, 6, 7',
      'holidays must be a list; an empty one when there are none',
    ])
  })

  it('answer whatever they are given', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (raw) => {
        expect(checkHours(raw, isZone).ok).toBe(false)
        const parts = checkHours({ ...good, week: raw, holidays: [raw, { date: raw, name: raw, spans: raw }] }, isZone)
        expect(parts.ok).toBe(false)
      }),
    )
  })
})
