import {
  type AccountHealth,
  healthHeard,
  healthLevels,
  stopOf,
  tryingAgain,
  unknownStanding,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const now = 1_000

const report: fc.Arbitrary<AccountHealth> = fc.record(
  {
    level: fc.constantFrom(...healthLevels),
    about: fc.constantFrom('number', 'template'),
    code: fc.constantFrom('A', 'B'),
    message: fc.constant('words'),
    at: fc.nat(500),
  },
  { requiredKeys: ['level', 'code', 'message', 'at'] },
)
/** No two at the same time. */
const reports = fc.uniqueArray(report, { selector: ({ at }) => at, maxLength: 8 })

const after = (all: ReadonlyArray<AccountHealth>) =>
  all.reduce((standing, one) => healthHeard(standing, one, now), unknownStanding)

describe('what is said of the health of an account', () => {
  it('comes to the same in whatever order and however often it is heard', () => {
    const shuffled = reports.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(after(again)).toEqual(after(all))
      }),
    )
  })

  it('is kept as the newest of each thing it is about, newest first', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const { health } = after(all)
        expect(new Set(health.map(({ about }) => about)).size).toBe(health.length)
        for (const known of health) {
          const same = all.filter(({ about }) => about === known.about)
          expect(known.at).toBe(Math.max(...same.map(({ at = 0 }) => at)))
        }
        expect(health.map(({ at }) => at)).toEqual([...health].map(({ at }) => at).sort((a, b) => b - a))
      }),
    )
  })

  it('stops the account as long as the newest word on anything is that it is down', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const standing = after(all)
        expect(stopOf(standing) !== null).toBe(standing.health.some(({ level }) => level === 'down'))
        expect(stopOf(tryingAgain(standing, now))).toBeNull()
      }),
    )
  })

  it('cannot come from the future, so that what is said afterwards counts', () => {
    const down = healthHeard(unknownStanding, { level: 'down', code: 'A', message: '', at: now + 5 }, now)
    expect(stopOf(healthHeard(down, { level: 'ok', code: 'A', message: '' }, now + 1))).toBeNull()
  })

  it('lets go on what was refused only when the account itself is said to be well', () => {
    const refused = {
      ...unknownStanding,
      refused: { because: 'auth', code: '190', message: 'expired', since: 100 },
    } as const
    const ok = { level: 'ok', code: 'A', message: '', at: 200 } as const
    expect(stopOf(healthHeard(refused, { ...ok, about: 'template' }, now))?.because).toBe('auth')
    expect(stopOf(healthHeard(refused, { ...ok, at: 50 }, now))?.because).toBe('auth')
    expect(stopOf(healthHeard(refused, ok, now))).toBeNull()
  })
})
