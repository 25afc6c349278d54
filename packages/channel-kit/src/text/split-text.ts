import { type Breaks, breaksOf, inWord } from './breaks.ts'
import { type Measure, measureOf } from './measure.ts'
import { type Units, unitsOf } from './units.ts'

/** How large the pieces of a text may be. */
export interface SplitOptions {
  /** In the unit of `measure`; at least 1. */
  readonly limit: number
  readonly measure: Measure
}

/**
 * A text in pieces of at most `limit`, in order. A text that is within the limit is one piece, as it stands, and the
 * empty text is none. One that has to be cut is cut after a paragraph, else a line, else a sentence, as long as the
 * piece is at least half full; else between words; and where a word alone is too large, between graphemes, so that no
 * emoji, flag or syllable is torn. Only a grapheme that is larger than the limit by itself is cut between its code
 * points, and a code point that is larger still is a piece of its own.
 *
 * Of a text that is cut, the white space about each cut and at both ends is left out, all of it: what a line may be broken
 * at (spaces, tabs, line breaks), and not the no-break spaces. Nothing else is lost, doubled or moved, and no piece is empty.
 *
 * It takes time linear to the text for the named measures; a function is asked for each piece as often as the logarithm
 * of its length.
 *
 * @throws RangeError where `limit` is not at least 1.
 *
 * @example
 * ```ts
 * import { splitText } from '@guichet/channel-kit'
 *
 * console.log(splitText('First line.\nThe second one is longer.', { limit: 16, measure: 'codePoints' }))
 * console.log(splitText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', { limit: 30, measure: 'utf8' }))
 * ```
 *
 * ```text
 * [ 'First line.', 'The second one', 'is longer.' ]
 * [ '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦' ]
 * ```
 */
export const splitText = (text: string, { limit, measure }: SplitOptions): ReadonlyArray<string> => {
  if (!(limit >= 1)) throw new RangeError('limit: at least 1')
  if (text === '') return []
  if (measureOf(measure)(text) <= limit) return [text]
  const units = unitsOf(text, limit, measure)
  const breaks = breaksOf(units)
  const pieces: Array<string> = []
  let start = breaks.afterWhite(0)
  while (start < breaks.end) {
    const end = furthest(units, start, breaks.end)
    const cut = end === breaks.end ? end : cutBetween(breaks, start, end)
    pieces.push(text.slice(units.offset(start), units.offset(cut)))
    start = breaks.afterWhite(cut)
  }
  return pieces
}

/** The last unit that a piece from `start` can end before: by leaps that double, then by halves. One always goes in. */
const furthest = (units: Units, start: number, last: number): number => {
  let within = start + 1
  let beyond = last + 1
  for (let leap = 1; within < last; leap *= 2) {
    const next = Math.min(within + leap, last)
    if (!units.fits(start, next)) {
      beyond = next
      break
    }
    within = next
  }
  while (beyond - within > 1) {
    const middle = (within + beyond) >> 1
    if (units.fits(start, middle)) within = middle
    else beyond = middle
  }
  return within
}

/** The best place to end a piece that begins with a word and may go as far as `end`. */
const cutBetween = ({ strength }: Breaks, start: number, end: number): number => {
  const half = start + (end - start) / 2
  let best = end
  for (let at = end - 1; at >= half; at -= 1) if (strength(at) > strength(best)) best = at
  if (strength(best) !== inWord) return best
  for (let at = best - 1; at > start; at -= 1) if (strength(at) !== inWord) return at
  return end
}
