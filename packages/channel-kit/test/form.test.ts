import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readForm } from '../src/index.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = fc.string({ unit: 'binary' })

describe('a form', () => {
  test('keeps all pairs in their order, repeated names included', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const body = new URLSearchParams(pairs).toString()
        expect([...readForm(bytesOf(body))]).toEqual(pairs)
        expect([...readForm(body)]).toEqual(pairs)
        expect([...readForm(`?${body}`)]).toEqual(pairs)
      }),
    )
  })

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([...readForm(bytes)].length).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('takes plus signs for spaces, and stray percent signs for themselves', () => {
    expect([...readForm(bytesOf('a+b=c%2Bd&e=100%&=f&g'))]).toEqual([
      ['a b', 'c+d'],
      ['e', '100%'],
      ['', 'f'],
      ['g', ''],
    ])
  })

  test('loses no question mark that a body begins with', () => {
    expect([...readForm(bytesOf('?a=1'))]).toEqual([['?a', '1']])
  })
})
