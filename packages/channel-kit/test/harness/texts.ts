import fc from 'fast-check'
import type { Measure } from '../../src/index.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
export const graphemes = (text: string): ReadonlyArray<string> =>
  [...segmenter.segment(text)].map(({ segment }) => segment)

/** What the documentation calls white space, on its own and not as part of a grapheme such as a space with an accent. */
export const isWhite = (grapheme: string): boolean =>
  grapheme.trim() === '' && !/[\u00a0\u2007\u202f\ufeff]/.test(grapheme)

const sizes = {
  codePoints: (text: string): number => [...text].length,
  utf8: (text: string): number => new TextEncoder().encode(text).byteLength,
  utf16: (text: string): number => text.length,
}
/** As SMS counts: one character outside Latin-1 makes all of them larger. Monotone, and no sum of its parts. */
const likeSms = (text: string): number => text.length * (/[^\0-\xff]/.test(text) ? 2 : 1)
export const measures = fc.constantFrom<Measure>('codePoints', 'utf8', 'utf16', likeSms)
export const sizeOf = (measure: Measure): ((text: string) => number) =>
  typeof measure === 'function' ? measure : sizes[measure]

const places = [' ', '  ', '\n', '\r\n', '\r', '\n\n', '\u2029', '. ', '! "', '。', '」', '\u00a0', '\ufeff', '\t']
const letters = [
  '👨‍👩‍👧‍👦',
  '🇫🇷',
  '🇫',
  '🏳️‍🌈',
  '👍🏽',
  '\u200d',
  '\ufe0f',
  'é',
  'e\u0301',
  '\u0301',
  ' \u0301',
  'क्षि',
  'நி',
  'กำ',
  '각',
  'ᄀ',
  'ᅡ',
  '\ud83d',
  '\udc68',
  '\ud800 ',
  `a${'\u0301'.repeat(12)}`,
]
const phrases = ['word', 'a sentence. ', 'two\nlines']

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 8 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.nat(0xffff).map((code) => String.fromCharCode(code)) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...places, ...letters, ...phrases),
  },
)
export const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
export const limit = fc.integer({ min: 1, max: 40 })
