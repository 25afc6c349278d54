import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isZone, zones } from '../../src/runtime/zones.ts'

const utc = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)
const shown = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
const at = (timeZone: string, date: string, clock: string): string => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return shown(zones.instant(timeZone, date, hour * 60 + minute))
}

describe('G36 the clock on the wall', () => {
  it.each([
    ['Europe/Paris', '2026-03-29 00:59', '2026-03-29', 7, '1:59'],
    ['Europe/Paris', '2026-03-29 01:00', '2026-03-29', 7, '3:00'],
    ['Europe/Paris', '2026-10-25 00:30', '2026-10-25', 7, '2:30'],
    ['Europe/Paris', '2026-10-25 01:30', '2026-10-25', 7, '2:30'],
    ['America/New_York', '2026-03-08 07:00', '2026-03-08', 7, '3:00'],
    ['America/New_York', '2026-11-01 05:59', '2026-11-01', 7, '1:59'],
    ['America/New_York', '2026-11-01 06:00', '2026-11-01', 7, '1:00'],
    ['Australia/Lord_Howe', '2026-04-04 14:59', '2026-04-05', 7, '1:59'],
    ['Australia/Lord_Howe', '2026-04-04 15:00', '2026-04-05', 7, '1:30'],
    ['Australia/Lord_Howe', '2026-10-03 15:30', '2026-10-04', 7, '2:30'],
    ['Asia/Kathmandu', '2026-12-31 18:15', '2027-01-01', 5, '0:00'],
    ['Pacific/Kiritimati', '2026-12-31 10:00', '2027-01-01', 5, '0:00'],
    ['UTC', '1969-12-31 23:59', '1969-12-31', 3, '23:59'],
  ])('of %s shows at %s UTC: %s, weekday %i, %s', (timeZone, moment, date, weekday, clock) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number)
    expect(zones.local(timeZone, utc(moment))).toEqual({ date, weekday, minute: hour * 60 + minute })
  })

  it.each([
    ['an ordinary time', 'Europe/Paris', '2026-07-01', '9:00', '2026-07-01 07:00'],
    ['the first of two', 'Europe/Paris', '2026-10-25', '2:30', '2026-10-25 00:30'],
    ['the first of two', 'America/New_York', '2026-11-01', '1:00', '2026-11-01 05:00'],
    ['the first of two', 'Australia/Lord_Howe', '2026-04-05', '1:45', '2026-04-04 14:45'],
    ['the end of a gap', 'Europe/Paris', '2026-03-29', '2:30', '2026-03-29 01:00'],
    ['the end of a gap', 'America/New_York', '2026-03-08', '2:00', '2026-03-08 07:00'],
    ['the end of a gap', 'Australia/Lord_Howe', '2026-10-04', '2:15', '2026-10-03 15:30'],
    ['a midnight that is skipped', 'Asia/Beirut', '2026-03-29', '0:00', '2026-03-28 22:00'],
    ['the end of a day as the next midnight', 'Asia/Beirut', '2026-03-28', '24:00', '2026-03-28 22:00'],
    ['a day that is skipped', 'Pacific/Apia', '2011-12-30', '12:00', '2011-12-30 10:00'],
  ])('is found again: %s, in %s on %s at %s', (_, timeZone, date, clock, moment) => {
    expect(at(timeZone, date, clock)).toBe(moment)
  })

  it('agrees with what the platform writes, and leads back to the same moment or an earlier one it shows the same', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const moment = fc.integer({ min: utc('1990-01-01 00:00') / 60_000, max: utc('2035-01-01 00:00') / 60_000 })
    fc.assert(
      fc.property(zone, moment, (timeZone, minutes) => {
        const time = minutes * 60_000
        const local = zones.local(timeZone, time)
        const written = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
          time,
        )
        const clock = `${String(Math.floor(local.minute / 60)).padStart(2, '0')}:${String(local.minute % 60).padStart(2, '0')}`
        expect(`${local.date} ${clock}`).toBe(written)
        const back = zones.instant(timeZone, local.date, local.minute)
        expect(back).toBeLessThanOrEqual(time)
        expect(zones.local(timeZone, back)).toEqual(local)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the name of a time zone', () => {
  it.each(['Europe/Paris', 'UTC', 'America/Argentina/Buenos_Aires'])('can be %s', (name) =>
    expect(isZone(name)).toBe(true),
  )

  it.each(['Europe/Pari', 'Mars/Base', '+02:00', 'Foo+05:00', '', ' '])('cannot be "%s"', (name) =>
    expect(isZone(name)).toBe(false),
  )

  it('that does not exist is an error when it is used all the same', () => {
    expect(() => zones.local('Europe/Pari', 0)).toThrow('no time zone "Europe/Pari"')
  })
})
