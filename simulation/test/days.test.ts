import { describe, expect, test } from 'vitest'
import { live } from '../src/day.ts'

describe('a day in the town', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('holds every law, seed %i', async (seed) => {
    const outcome = await live(seed, 24)
    expect(outcome.ok ? null : outcome.broken).toBeNull()
  })

  test('is the same day again with the same seed, to the byte', async () => {
    const [once, twice] = [await live(11, 24), await live(11, 24)]
    expect(once.ok && twice.ok && once.day.diary.join('\n') === twice.day.diary.join('\n')).toBe(true)
    expect(once.ok && once.day.digest).toBe(twice.ok && twice.day.digest)
  })

  test('is another one with another seed', async () => {
    const [one, other] = [await live(12, 4), await live(13, 4)]
    expect(one.ok && one.day.digest).not.toBe(other.ok && other.day.digest)
  })

  test('has everything in it that goes wrong', async () => {
    const days = [await live(21, 24), await live(22, 24)]
    const seen = new Set(days.flatMap((outcome) => (outcome.ok ? [...outcome.day.counts.keys()] : [])))
    for (const what of ['crashes', 'clock jumps', 'brought again', 'callbacks', 'refusals', 'send Retry']) {
      expect(seen).toContain(what)
    }
  })
})
