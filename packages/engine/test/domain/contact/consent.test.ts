import {
  type Consent,
  type ConsentChange,
  consentAfter,
  consentAlong,
  nothingSaid,
  optedOut,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const word = (given: boolean, at: number, over: Partial<ConsentChange> = {}): ConsentChange => ({
  given,
  scope: 'all',
  by: 'contact',
  word: given ? 'START' : 'STOP',
  at,
  ...over,
})
const noted = (given: boolean, at: number): ConsentChange => word(given, at, { by: 'agent', agent: 'ana' })

const after = (...changes: ReadonlyArray<ConsentChange>): Consent => changes.reduce(consentAfter, nothingSaid)

describe('the consent of an address', () => {
  it('is taken back by a word and given again by a later one', () => {
    expect(optedOut(after(word(false, 1)))).toBe('all')
    expect(optedOut(after(word(false, 1), word(true, 2)))).toBeNull()
    expect(optedOut(after(word(false, 1), word(true, 2), word(false, 3)))).toBe('all')
  })

  it('is given again by a word of the same second that arrives after it, and taken back by one that does', () => {
    expect(optedOut(after(word(false, 1), word(true, 1)))).toBeNull()
    expect(optedOut(after(word(true, 1), word(false, 1)))).toBe('all')
    expect(optedOut(after(word(false, 1), word(true, 1), word(false, 1), word(true, 1)))).toBeNull()
  })

  it('is taken back in part, which what is given in full ends as well', () => {
    const marketing = { scope: 'marketing' } as const
    expect(optedOut(after(word(false, 1, marketing)))).toBe('marketing')
    expect(optedOut(after(word(false, 1, marketing), word(false, 1)))).toBe('all')
    expect(optedOut(after(word(false, 1, marketing), word(true, 2)))).toBeNull()
    expect(optedOut(after(word(false, 1), word(true, 2, marketing)))).toBe('all')
  })

  it('is not given again by a word where an agent has noted that it was taken back', () => {
    expect(optedOut(after(noted(false, 1), word(true, 2)))).toBe('all')
    expect(optedOut(after(word(false, 1), noted(false, 2), word(true, 3)))).toBe('all')
    expect(optedOut(after(noted(false, 1), word(true, 2), noted(true, 3)))).toBeNull()
  })

  it('is taken back again after an agent has noted that it was given, by a word that is later', () => {
    expect(optedOut(after(word(false, 1), noted(true, 2), word(false, 3)))).toBe('all')
    expect(optedOut(after(word(false, 1), noted(true, 3), word(false, 2)))).toBeNull()
  })

  it('changes nothing when the same is said again', () => {
    const stopped = after(word(false, 1))
    expect(consentAfter(stopped, word(false, 1))).toBe(stopped)
    expect(consentAfter(nothingSaid, noted(true, 1))).toBe(nothingSaid)
    const held = after(noted(false, 1))
    expect(consentAfter(held, noted(false, 2))).toBe(held)
  })
})

describe('the consent that goes along to a new address', () => {
  it('undoes nothing that was said there since, neither by the contact nor by an agent', () => {
    const [stopped, given] = [after(word(false, 3)), after(noted(false, 1), noted(true, 3))]
    expect(consentAlong(stopped, after(word(false, 1), noted(true, 2)))).toBe(stopped)
    expect(consentAlong(given, after(noted(false, 1)))).toBe(given)
    expect(consentAlong(given, after(noted(false, 2)))).toBe(given)
  })

  it('is what an agent has noted at the old one, whatever the contact has written from the new one', () => {
    expect(optedOut(consentAlong(after(word(true, 3)), after(noted(false, 1))))).toBe('all')
    expect(optedOut(consentAlong(after(word(false, 1)), after(word(false, 1), noted(true, 2))))).toBeNull()
  })
})

describe('law: the consent of an address', () => {
  const change = fc
    .record({ given: fc.boolean(), at: fc.nat(20), scope: fc.constantFrom('all' as const, 'marketing' as const) })
    .map(({ given, at, scope }) => word(given, at, { scope }))

  const words = fc.array(change, { maxLength: 8 })

  it('is the same in whatever order words of different times arrive, and however often', () => {
    const apart = fc.uniqueArray(change, { selector: ({ at }) => at, maxLength: 8 })
    const shuffled = apart.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    )
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(optedOut(after(...again))).toBe(optedOut(after(...all)))
      }),
    )
  })

  it('is what was said last, and of what was said at the same time what arrived last', () => {
    fc.assert(
      fc.property(words, (all) => {
        const inTime = all.toSorted((a, b) => a.at - b.at)
        const lastOf = (scope: 'all' | 'marketing') =>
          inTime.findLast((one) => one.scope === scope || (one.given && one.scope === 'all'))?.given
        const { all: everything, marketing } = after(...all)
        expect([everything?.given, marketing?.given]).toEqual([lastOf('all'), lastOf('marketing')])
      }),
    )
  })

  it('is the same when everything is said again', () => {
    fc.assert(
      fc.property(words, (all) => {
        expect(optedOut(after(...all, ...all))).toBe(optedOut(after(...all)))
      }),
    )
  })

  it('holds at a new address as at the old one, said twice as once', () => {
    fc.assert(
      fc.property(words, words, (old, fresh) => {
        const [there, here] = [after(...old), after(...fresh)]
        expect(optedOut(consentAlong(nothingSaid, there))).toBe(optedOut(there))
        const once = consentAlong(here, there)
        expect(consentAlong(once, there)).toBe(once)
      }),
    )
  })
})
