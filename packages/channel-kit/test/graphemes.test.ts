import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphemesOf } from '../src/text/graphemes.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

const part = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.nat(0xffff).map((code) => String.fromCharCode(code)),
  fc.constantFrom('🇫', '🇷', '👨', '\u200d', '🏽', '\r', '\n', 'क', '\u094d', '\u0301', 'ᄀ', 'ᅡ', 'ᆨ', '\u{1d165}', 'e'),
)
/** Some parts many times, so that graphemes lie across all places where a long text is taken apart. */
const text = fc
  .array(fc.tuple(part, fc.oneof(fc.nat(3), fc.integer({ min: 100, max: 400 }))), { maxLength: 12 })
  .map((parts) => parts.map(([one, times]) => one.repeat(times)).join(''))

describe('the graphemes of a text', () => {
  test('are those of the platform, however long the text is', () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect([...graphemesOf(whole)]).toEqual(Array.from(segmenter.segment(whole), ({ segment }) => segment))
      }),
    )
  })
})
