import { type Reached, readdressed } from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const reached: fc.Arbitrary<Reached> = fc.record({
  contact: fc.constantFrom('ana', 'ben', 'claire'),
  since: fc.nat(3),
  conversation: fc.option(fc.constantFrom('c1', 'c2')),
  verified: fc.boolean(),
})
const perhaps = fc.option(reached, { nil: undefined })

describe('a change of address', () => {
  it('says the same a second time', () => {
    fc.assert(
      fc.property(perhaps, perhaps, fc.nat(3), (from, to, since) => {
        const once = readdressed(from, to)
        if (once === null) return
        const { contact, conversation, verified } = once
        const both = { contact, conversation, verified, since }
        expect(readdressed(both, both)).toEqual({ ...once, other: null })
      }),
    )
  })

  it('makes nobody up, and leaves somebody wherever somebody was known', () => {
    fc.assert(
      fc.property(perhaps, perhaps, (from, to) => {
        const after = readdressed(from, to)
        const known = [from, to].flatMap((one) => (one === undefined ? [] : [one.contact]))
        expect(after === null).toBe(known.length === 0)
        if (after !== null) expect(known).toContain(after.contact)
        if (after?.other != null) expect(known).toContain(after.other)
      }),
    )
  })

  it('goes to the newer of two who are known, and names the other one', () => {
    const old = { contact: 'ana', since: 1, conversation: 'c1', verified: true }
    const young = { contact: 'ben', since: 2, conversation: null, verified: false }
    expect(readdressed(old, young)).toEqual({ contact: 'ben', conversation: 'c1', verified: false, other: 'ana' })
    expect(readdressed(young, old)).toEqual({ contact: 'ben', conversation: null, verified: false, other: 'ana' })
  })
})
