import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberOf } from '../src/index.ts'
import { sameNumber } from '../src/number/number.ts'

describe('a number', () => {
  it.each([
    ['+1 (415) 555-2671', undefined, '+14155552671'],
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['0033612345678', 'FR', '+33612345678'],
    ['07700 900123', 'GB', '+447700900123'],
    ['+33612345678', 'US', '+33612345678'],
  ])('%s (%s) is %s', (written, country, address) => {
    expect(numberOf(written, { country })).toEqual({ address, phone: address })
  })

  it('of digits alone begins with its country where its provider writes it so', () => {
    expect(numberOf('447700900123', { international: true }).address).toBe('+447700900123')
    expect(numberOf('447700900123').address).toBe('447700900123')
    // Its plan has changed since.
    expect(numberOf('5215512345678', { international: true }).address).toBe('+5215512345678')
    expect(numberOf('0612345678', { international: true }).address).toBe('0612345678')
  })

  it.each(['38600', '123', '12345678', 'Guichet', 'INFO SMS', 'anonymous', '+', '', '---', '12'])(
    'that is none stays as it is: %s',
    (written) => {
      expect(numberOf(written, { country: 'FR' })).toEqual({ address: written })
    },
  )

  it.each(['whatsapp:+5215512345678', 'rcs:+14155552671'])('of another channel stays as it is: %s', (written) => {
    expect(numberOf(written).address).toBe(written)
    expect(numberOf(written).phone).toMatch(/^\+\d+$/)
  })

  it('is the same however it is written', () => {
    expect(sameNumber('0612345678', '+33 6 12 34 56 78', { country: 'FR' })).toBe(true)
    expect(sameNumber('guichet', 'Guichet')).toBe(true)
    expect(sameNumber('38600', '38601')).toBe(false)
  })

  it('that has been read reads the same again, and nothing throws', () => {
    const written = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\+?[\d ()-]{0,20}$/),
      fc.integer({ min: 100, max: 1e15 }).map(String),
    )
    fc.assert(
      fc.property(written, fc.constantFrom('FR', 'US', 'MX', 'AR', 'ZZ', undefined), (one, country) => {
        const { address } = numberOf(one, { country })
        expect(numberOf(address, { country }).address).toBe(address)
      }),
      { numRuns: 500 },
    )
  })
})
