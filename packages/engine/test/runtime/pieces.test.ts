import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inItsPlace, piecesOf } from '../../src/runtime/translation/pieces.ts'

/** What texts are made of, where they can be taken apart and where they cannot. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n\n',
        '\n',
        ' ',
        '\r\n',
        '\t',
        '. ',
        '! ',
        '?" ',
        '。',
        '！」',
        '👩‍👧',
        '😀',
        'ß',
        '\uD83D',
        '...',
      ),
      fc.stringMatching(/^[a-z]{1,20}$/),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

describe('the pieces of a text', () => {
  it('joined are the text, none is empty or too long, and no character is taken apart', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 50 }), (whole, atMost) => {
        const pieces = piecesOf(whole, atMost)
        expect(pieces.join('')).toBe(whole)
        for (const [index, piece] of pieces.entries()) {
          expect(piece.length).toBeLessThanOrEqual(atMost)
          if (whole !== '') expect(piece).not.toBe('')
          const next = pieces[index + 1] ?? ''
          expect(/[\uD800-\uDBFF]$/.test(piece) && /^[\uDC00-\uDFFF]/.test(next)).toBe(false)
        }
      }),
    )
  })

  it('put in their places are the text again', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 50 }), (whole, atMost) => {
        const again = piecesOf(whole, atMost).map((piece) =>
          piece.trim() === '' ? piece : inItsPlace(piece, ` ${piece.trim()}\n`),
        )
        expect(again.join('')).toBe(whole)
      }),
    )
  })

  it.each([
    ['paragraphs', 'One. Two.\n\nThree. Four.', 14, ['One. Two.\n\n', 'Three. Four.']],
    ['lines', 'One. Two.\nThree. Four.', 14, ['One. Two.\n', 'Three. Four.']],
    ['sentences', 'One two. Three four five.', 14, ['One two. ', 'Three four ', 'five.']],
    ['sentences without spaces', '你好吗朋友。我的包裹在哪里？', 9, ['你好吗朋友。', '我的包裹在哪里？']],
    ['words', 'one two three four', 10, ['one two ', 'three four']],
    ['nothing', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ])('are taken apart between %s', (_, whole, atMost, pieces) => {
    expect(piecesOf(whole, atMost)).toEqual(pieces)
  })

  it('of what is meant to be slow are there as fast as of anything else', () => {
    for (const whole of ['.'.repeat(200_000), '\n'.repeat(200_000), ' \n '.repeat(70_000), '!"'.repeat(100_000)]) {
      expect(piecesOf(whole, 20_000).join('')).toBe(whole)
    }
  })
})
