import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryAfterMs } from '../src/index.ts'

const day = 86_400_000
/** The instant of the examples in RFC 9110, 5.6.7. */
const then = Date.UTC(1994, 10, 6, 8, 49, 37)

describe('a pause that a provider asks for', () => {
  test('in seconds is that long, and a day at most', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer(), (seconds, now) => {
        expect(retryAfterMs({ 'retry-after': String(seconds) }, now)).toBe(Math.min(seconds * 1000, day))
      }),
    )
  })

  test('as a date is what is left until then, and nothing when that is over', () => {
    const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
    fc.assert(
      fc.property(instant, fc.integer({ min: -day, max: 2 * day }), (at, ahead) => {
        const headers = { 'retry-after': new Date(at).toUTCString() }
        expect(retryAfterMs(headers, at - ahead)).toBe(Math.min(Math.max(ahead, 0), day))
      }),
    )
  })

  test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'is read in all forms of RFC 9110: %s',
    (date) => {
      expect(retryAfterMs({ 'retry-after': date }, then - 5000)).toBe(5000)
    },
  )

  test.each([
    '',
    'soon',
    '-5',
    '1e9',
    '0x10',
    '2026-11-22',
    'Sunday',
    'Sun, 99 Nov 2026 08:49:37 GMT',
    'NaN',
    'Infinity',
  ])('is none when it cannot be read: %j', (said) => {
    expect(retryAfterMs({ 'retry-after': said }, then)).toBeUndefined()
  })

  test('may have a fraction, which is rounded up', () => {
    expect(retryAfterMs({ 'retry-after': ' 0.3001 ' }, then)).toBe(301)
  })

  test('is always within a day, whatever is said', () => {
    fc.assert(
      fc.property(fc.string(), fc.double(), (said, now) => {
        const wait = retryAfterMs({ 'retry-after': said }, now)
        if (wait !== undefined) expect(wait >= 0 && wait <= day).toBe(true)
      }),
    )
  })
})
