import { type Hours, businessAfter, businessBetween, isOpen, nextChange } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { zones } from '../../src/runtime/zones.ts'
import { clockIn, daily, hour, hoursIn, minute, utc } from './zoned.ts'

const open = (hours: Hours, at: string): boolean => isOpen(hours, utc(at), zones)
const next = (hours: Hours, at: string): string | null => {
  const change = nextChange(hours, utc(at), zones)
  return change === null ? null : new Date(change).toISOString().slice(0, 16).replace('T', ' ')
}
const between = (hours: Hours, from: string, to: string): number => businessBetween(hours, utc(from), utc(to), zones)
const after = (hours: Hours, from: string, ms: number): string | null =>
  clockIn(hours.timeZone, businessAfter(hours, utc(from), ms, zones))

const workdays = '9:00-12:30 14:00-18:00'
const paris = hoursIn('Europe/Paris', { 1: workdays, 2: workdays, 3: workdays, 4: workdays, 5: '9:00-12:00' })

describe('G36 business hours in an ordinary week in Paris', () => {
  // 2026-01-05 is a Monday; Paris is an hour ahead of UTC.
  it('open when they begin and are closed when they end', () => {
    expect(open(paris, '2026-01-05 07:59')).toBe(false)
    expect(open(paris, '2026-01-05 08:00')).toBe(true)
    expect(open(paris, '2026-01-05 11:29')).toBe(true)
    expect(open(paris, '2026-01-05 11:30')).toBe(false)
    expect(open(paris, '2026-01-04 10:00')).toBe(false)
  })

  it('change next at the end of the span, at the next one, and on Monday after Friday', () => {
    expect(next(paris, '2026-01-05 08:00')).toBe('2026-01-05 11:30')
    expect(next(paris, '2026-01-05 11:30')).toBe('2026-01-05 13:00')
    expect(next(paris, '2026-01-09 11:00')).toBe('2026-01-12 08:00')
  })

  it('count what lies inside of them', () => {
    expect(between(paris, '2026-01-05 00:00', '2026-01-06 00:00')).toBe(7.5 * hour)
    expect(between(paris, '2026-01-05 11:00', '2026-01-05 13:15')).toBe(45 * minute)
    expect(between(paris, '2026-01-09 10:30', '2026-01-12 08:10')).toBe(40 * minute)
    expect(between(paris, '2026-01-12 08:10', '2026-01-09 10:30')).toBe(0)
  })

  it('let time pass over lunch, nights and weekends', () => {
    expect(after(paris, '2026-01-05 11:00', 45 * minute)).toBe('2026-01-05 14:15')
    expect(after(paris, '2026-01-09 10:30', hour)).toBe('2026-01-12 09:30')
    expect(after(paris, '2026-01-10 10:30', minute)).toBe('2026-01-12 09:01')
  })

  it('end what takes exactly until they close when they close', () => {
    expect(after(paris, '2026-01-05 11:00', 30 * minute)).toBe('2026-01-05 12:30')
  })
})

describe('G36 business hours over midnight', () => {
  const night = hoursIn('Europe/Paris', { 5: '22:00-24:00', 6: '0:00-2:00' })

  it('are one opening: midnight is no change', () => {
    expect(open(night, '2026-01-09 22:59')).toBe(true)
    expect(open(night, '2026-01-09 23:00')).toBe(true)
    expect(next(night, '2026-01-09 21:30')).toBe('2026-01-10 01:00')
    expect(between(night, '2026-01-09 00:00', '2026-01-11 00:00')).toBe(4 * hour)
    expect(after(night, '2026-01-09 21:30', 3 * hour)).toBe('2026-01-10 01:30')
  })

  it('never change when they never close, nor when they never open', () => {
    const always = hoursIn('Europe/Paris', daily('0:00-24:00'))
    expect(next(always, '2026-01-09 21:30')).toBeNull()
    expect(open(always, '2026-03-29 01:30')).toBe(true)
    const never = hoursIn('Europe/Paris', {})
    expect(next(never, '2026-01-09 21:30')).toBeNull()
    expect(open(never, '2026-01-09 21:30')).toBe(false)
    expect(businessAfter(never, utc('2026-01-09 21:30'), 1, zones)).toBeNull()
  })

  it('close for the last time when what is left is closed for four hundred days', () => {
    const once = hoursIn('Europe/Paris', {}, { '2026-01-09': '9:00-10:00' })
    expect(next(once, '2026-01-09 08:30')).toBe('2026-01-09 09:00')
    expect(next(once, '2026-01-09 09:30')).toBeNull()
    expect(next(once, '2024-11-01 00:00')).toBeNull()
    expect(businessAfter(once, utc('2026-01-09 08:30'), hour, zones)).toBeNull()
    expect(between(once, '2024-01-01 00:00', '2028-01-01 00:00')).toBe(hour)
  })
})

describe('G36 business hours when clocks change', () => {
  it('lose the hour that Paris skips on 2026-03-29', () => {
    const hours = hoursIn('Europe/Paris', daily('1:00-4:00'))
    expect(between(hours, '2026-03-28 12:00', '2026-03-29 12:00')).toBe(2 * hour)
    expect(after(hours, '2026-03-28 12:00', 90 * minute)).toBe('2026-03-29 03:30')
    // Half past two is not on the clock: what begins or ends then does so at three.
    const skipped = hoursIn('Europe/Paris', daily('2:15-2:45 2:50-3:10'))
    expect(next(skipped, '2026-03-29 00:00')).toBe('2026-03-29 01:00')
    expect(between(skipped, '2026-03-29 00:00', '2026-03-29 12:00')).toBe(10 * minute)
  })

  it('gain the hour that Paris has twice on 2026-10-25, and open nothing twice', () => {
    const hours = hoursIn('Europe/Paris', daily('1:00-4:00'))
    expect(between(hours, '2026-10-24 12:00', '2026-10-25 12:00')).toBe(4 * hour)
    const before = hoursIn('Europe/Paris', daily('1:00-2:30'))
    expect(next(before, '2026-10-24 23:30')).toBe('2026-10-25 00:30')
    expect(next(before, '2026-10-25 00:30')).toBe('2026-10-26 00:00')
    expect(open(before, '2026-10-25 01:15')).toBe(false)
    expect(between(before, '2026-10-24 12:00', '2026-10-25 12:00')).toBe(1.5 * hour)
    const during = hoursIn('Europe/Paris', daily('2:30-5:00'))
    expect(between(during, '2026-10-24 12:00', '2026-10-25 12:00')).toBe(3.5 * hour)
  })

  it('do so in New York on 2026-03-08 and 2026-11-01', () => {
    const hours = hoursIn('America/New_York', daily('0:00-6:00'))
    expect(between(hours, '2026-03-08 05:00', '2026-03-09 04:00')).toBe(5 * hour)
    expect(between(hours, '2026-11-01 04:00', '2026-11-02 05:00')).toBe(7 * hour)
    expect(after(hours, '2026-03-08 05:00', 3 * hour)).toBe('2026-03-08 04:00')
    expect(after(hours, '2026-11-01 04:00', 3 * hour)).toBe('2026-11-01 02:00')
  })

  it('do so by half an hour on Lord Howe Island', () => {
    const hours = hoursIn('Australia/Lord_Howe', daily('1:00-3:00'))
    // Forward on 2026-10-04 at 2:00 to 2:30, back on 2026-04-05 at 2:00 to 1:30.
    expect(between(hours, '2026-10-03 12:00', '2026-10-04 12:00')).toBe(1.5 * hour)
    expect(between(hours, '2026-04-04 12:00', '2026-04-05 12:00')).toBe(2.5 * hour)
    expect(after(hours, '2026-10-03 12:00', hour + 15 * minute)).toBe('2026-10-04 02:45')
  })

  it('do so at midnight in Beirut, where a day begins at one or ends twice', () => {
    const hours = hoursIn('Asia/Beirut', daily('0:00-2:00 23:00-24:00'))
    // Forward on 2026-03-29 at 0:00 to 1:00, back on 2026-10-25 at 0:00 to 23:00 of the day before.
    expect(between(hours, '2026-03-28 20:00', '2026-03-29 10:00')).toBe(2 * hour)
    expect(between(hours, '2026-10-24 18:00', '2026-10-25 10:00')).toBe(4 * hour)
    expect(next(hours, '2026-10-24 20:30')).toBe('2026-10-25 00:00')
  })
})

describe('G36 business hours on holidays', () => {
  const holidays = { '2026-12-24': '9:00-12:00', '2026-12-25': '', '2026-12-27': '10:00-11:00' }
  const hours = hoursIn('Europe/Paris', { 1: '9:00-17:00', 4: '9:00-17:00', 5: '9:00-17:00' }, holidays)

  it('are those of the holiday: shorter, closed, or open on a Sunday', () => {
    expect(between(hours, '2026-12-24 00:00', '2026-12-25 00:00')).toBe(3 * hour)
    expect(between(hours, '2026-12-25 00:00', '2026-12-26 00:00')).toBe(0)
    expect(open(hours, '2026-12-27 09:30')).toBe(true)
    expect(next(hours, '2026-12-24 10:00')).toBe('2026-12-24 11:00')
    expect(next(hours, '2026-12-24 11:00')).toBe('2026-12-27 09:00')
    expect(after(hours, '2026-12-24 10:00', 3 * hour)).toBe('2026-12-28 10:00')
  })

  it('are dated by the clock of the place', () => {
    const sydney = hoursIn('Australia/Sydney', daily('0:00-24:00'), { '2026-12-25': '' })
    expect(open(sydney, '2026-12-24 12:59')).toBe(true)
    expect(open(sydney, '2026-12-24 13:00')).toBe(false)
    expect(next(sydney, '2026-12-24 13:00')).toBe('2026-12-25 13:00')
  })
})

describe('G36 business hours in three time zones', () => {
  it.each([
    ['America/New_York', '2026-07-01 13:00'],
    ['Europe/Paris', '2026-07-01 07:00'],
    ['Asia/Kolkata', '2026-07-01 03:30'],
  ])('open at nine on the clock of %s', (timeZone, at) => {
    const hours = hoursIn(timeZone, daily('9:00-17:00'))
    expect(next(hours, '2026-07-01 00:00')).toBe(at)
    expect(open(hours, at)).toBe(true)
    expect(isOpen(hours, utc(at) - 1, zones)).toBe(false)
  })
})

describe('no business hours', () => {
  it('never close', () => {
    expect(businessBetween(null, 5, 12, zones)).toBe(7)
    expect(businessBetween(null, 12, 5, zones)).toBe(0)
    expect(businessAfter(null, 5, 7, zones)).toBe(12)
  })
})
