import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitText } from '../src/index.ts'
import { graphemes, isWhite, limit, measures, sizeOf, text } from './harness/texts.ts'

describe('a text in pieces', () => {
  test('is itself when it is within the limit, and nothing when it is empty', () => {
    fc.assert(
      fc.property(text, measures, (whole, measure) => {
        const pieces = splitText(whole, { limit: Math.max(1, sizeOf(measure)(whole)), measure })
        expect(pieces).toEqual(whole === '' ? [] : [whole])
      }),
    )
  })

  test('has no piece beyond the limit but single code points, and no empty one', () => {
    fc.assert(
      fc.property(text, limit, measures, (whole, most, measure) => {
        for (const one of splitText(whole, { limit: most, measure })) {
          expect(one).not.toBe('')
          if ([...one].length > 1) expect(sizeOf(measure)(one)).toBeLessThanOrEqual(most)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('gives the text back but for the white space at the cuts and at both ends', () => {
    fc.assert(
      fc.property(text, limit, measures, (whole, most, measure) => {
        const pieces = splitText(whole, { limit: most, measure })
        let at = 0
        for (const one of pieces) {
          const found = whole.indexOf(one, at)
          // A code unit that is skipped is white space: pieces are found in order, and nothing but that lies between them.
          expect(graphemes(whole.slice(at, found)).every(isWhite)).toBe(true)
          at = found + one.length
        }
        expect(graphemes(whole.slice(at)).every(isWhite)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('is never cut inside a grapheme that fits, and never inside a code point', () => {
    fc.assert(
      fc.property(text, limit, measures, (whole, most, measure) => {
        const size = sizeOf(measure)
        const allowed = new Set<number>([0])
        let at = 0
        for (const grapheme of graphemes(whole)) {
          const parts = size(grapheme) > most ? [...grapheme] : [grapheme]
          for (const part of parts) allowed.add((at += part.length))
        }
        let from = 0
        for (const one of splitText(whole, { limit: most, measure })) {
          const start = whole.indexOf(one, from)
          from = start + one.length
          expect(allowed.has(start)).toBe(true)
          expect(allowed.has(from)).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('tears no word that fits a piece', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefé'), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 8, max: 40 }), (words, most) => {
        const pieces = splitText(words.join(' '), { limit: most, measure: 'codePoints' })
        expect(pieces.flatMap((one) => one.split(' '))).toEqual(words)
      }),
    )
  })

  test('fills pieces at least by half where words are short', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 8, max: 40 }), (count, most) => {
        const pieces = splitText('ab. '.repeat(count).trim(), { limit: most, measure: 'utf16' })
        for (const one of pieces.slice(0, -1)) expect(one.length).toBeGreaterThanOrEqual(most / 2 - 4)
      }),
    )
  })
})
