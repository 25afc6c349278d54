import { describe, expect, test } from 'vitest'
import { splitText } from '../src/index.ts'

describe('a text that is too long', () => {
  test.each<[what: string, whole: string, limit: number, pieces: ReadonlyArray<string>]>([
    ['after a paragraph before a line', 'one two.\n\nthree\nfour five', 16, ['one two.', 'three\nfour five']],
    ['after a line before a sentence', 'One.\ntwo. Three four', 12, ['One.\ntwo.', 'Three four']],
    ['after a line that fills half', 'one two\nthree. four', 14, ['one two', 'three. four']],
    ['after a sentence before a word', 'One two. Three four five', 15, ['One two.', 'Three four five']],
    ['after the quotation mark of a sentence', '“One two.” Three four', 17, ['“One two.”', 'Three four']],
    ['after a Chinese sentence without a space', '你好吗。我很好。谢谢', 6, ['你好吗。', '我很好。谢谢']],
    ['between words', 'one two three', 9, ['one two', 'three']],
    ['before a word that would not fit otherwise', 'a https://example.com', 19, ['a', 'https://example.com']],
    ['between graphemes', '🇫🇷🇩🇪🇪🇸', 4, ['🇫🇷🇩🇪', '🇪🇸']],
    ['inside a grapheme that is too large', 'e\u0301\u0302\u0303', 2, ['e\u0301', '\u0302\u0303']],
    ['never at a no-break space', 'ab 10\u00a0€', 6, ['ab', '10\u00a0€']],
    ['never between CR and LF', 'abc\r\ndef', 4, ['abc', 'def']],
    ['without the white space that it ends with', 'abc   ', 3, ['abc']],
    ['to nothing when it is white space alone', '      ', 3, []],
  ])('is cut %s', (_, whole, most, pieces) => {
    expect(splitText(whole, { limit: most, measure: 'codePoints' })).toEqual(pieces)
  })

  test('by bytes keeps a code point whole, even where none fits', () => {
    expect(splitText('€€', { limit: 1, measure: 'utf8' })).toEqual(['€', '€'])
    expect(splitText('a€b', { limit: 3, measure: 'utf8' })).toEqual(['a', '€', 'b'])
  })

  test('has lone surrogates as they were', () => {
    expect(splitText('\ud83d\ud83d\udc68\udc68', { limit: 1, measure: 'codePoints' })).toEqual([
      '\ud83d',
      '👨',
      '\udc68',
    ])
  })

  test.each([0, -1, Number.NaN])('of at most %d is a mistake of who asks', (most) => {
    expect(() => splitText('text', { limit: most, measure: 'utf16' })).toThrow(RangeError)
  })

  test.each<[what: string, part: string]>([
    ['white space', ' '],
    ['one word', 'a'],
    ['words', 'word '],
    ['combining marks', '\u0301'],
    ['a word after each long one', `${'a'.repeat(99)} b `],
  ])('of half a million of %s asks a function no more than linearly', (_, part) => {
    const whole = part.repeat(Math.ceil(500_000 / part.length))
    let asked = 0
    const measure = (some: string): number => {
      asked += some.length
      return some.length
    }
    const pieces = splitText(whole, { limit: 100, measure })
    expect(pieces.join('').replaceAll(' ', '')).toBe(whole.replaceAll(' ', ''))
    expect(asked).toBeLessThan(whole.length * 30)
  })
})
