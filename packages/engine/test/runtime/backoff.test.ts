import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attemptsAtMost, pauseAfter } from '../../src/runtime/work/backoff.ts'

describe('the pause before another attempt', () => {
  it('doubles from a second to two hours, and jitter moves only its upper half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (attempts, random) => {
          const full = Math.min(7_200_000, 1_000 * 2 ** (attempts - 1))
          const pause = pauseAfter(attempts, random)
          expect(pause).toBeGreaterThanOrEqual(Math.floor(full / 2))
          expect(pause).toBeLessThanOrEqual(full)
        },
      ),
    )
  })

  it('is never shorter than the channel asks for', () => {
    expect(pauseAfter(1, 0.5, 90_000)).toBe(90_000)
  })

  it('adds up to about a day before it is given up', () => {
    let sum = 0
    for (let attempts = 1; attempts < attemptsAtMost; attempts++) sum += pauseAfter(attempts, 0.5)
    expect(sum / 3_600_000).toBeGreaterThan(10)
    expect(sum / 3_600_000).toBeLessThan(30)
  })
})
