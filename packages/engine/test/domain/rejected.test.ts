import {
  type AccountStop,
  healthHeard,
  lessonOf,
  refusedWith,
  rejectedBecause,
  stopOf,
  tryingAgain,
  unknownStanding,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('what a refusal says of the messages after it', () => {
  for (const because of rejectedBecause) {
    it(`is learnt from ${because}`, () => {
      const [words, template] = [lessonOf(because, false), lessonOf(because, true)]
      switch (because) {
        case 'window':
          return expect([words, template]).toEqual([{ _tag: 'WindowIsClosed' }, { _tag: 'WindowIsClosed' }])
        case 'optedOut':
          return expect([words, template]).toEqual([
            { _tag: 'OptedOut', scope: 'all' },
            { _tag: 'OptedOut', scope: 'marketing' },
          ])
        case 'auth':
        case 'account':
          return expect([words, template]).toEqual([words, { _tag: 'AccountIsRefused', because }])
        case 'recipient':
        case 'content':
          return expect([words, template]).toEqual([{ _tag: 'Nothing' }, { _tag: 'Nothing' }])
      }
    })
  }
})

describe('law: an account of which a message was refused', () => {
  const stop: AccountStop = { because: 'auth', code: '190', message: 'the token has expired', since: 100 }
  const time = fc.nat(20)

  it('is stopped by what left after somebody has acted, and by nothing that left before', () => {
    fc.assert(
      fc.property(time, time, (acted, leftAt) => {
        const resumed = tryingAgain(refusedWith(unknownStanding, stop, 0), acted)
        expect(stopOf(refusedWith(resumed, stop, leftAt)) === null).toBe(acted > leftAt)
      }),
    )
  })

  it('is stopped by what left after its provider has said that it is well, and by nothing that left before', () => {
    fc.assert(
      fc.property(time, time, (at, leftAt) => {
        const well = healthHeard(unknownStanding, { level: 'ok', code: 'OK', message: 'well', at }, 50)
        expect(stopOf(refusedWith(well, stop, leftAt)) === null).toBe(at > leftAt)
      }),
    )
  })

  it('is stopped once, by the first', () => {
    const stopped = refusedWith(unknownStanding, stop, 0)
    expect(refusedWith(stopped, { ...stop, code: '200' }, 0)).toBe(stopped)
  })
})
