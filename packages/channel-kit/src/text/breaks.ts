import type { Units } from './units.ts'

/** What ends where a text may be cut, the strongest last; 0 is the middle of a word. */
export const inWord = 0
const word = 1
const sentence = 2
const line = 3
const paragraph = 4

/** White space that a line may be broken at: not the no-break kinds (U+00A0, U+2007, U+202F, U+FEFF). */
const white = /^[\t-\r \u0085\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+$/
const lineBreak = /^(?:\r\n|[\n-\r\u0085\u2028])$/
const paragraphBreak = '\u2029'

const sentenceEnd = /^[.!?…。．！？｡؟۔։।॥።]/u
/** Scripts that write no space after a sentence. */
const sentenceEndAlone = /^[。．！？｡]/u
const closing = /^[)\]}"'’”»›）」』】]/u

export interface Breaks {
  /** How good a place the beginning of a unit is to cut at. White space is cut where it begins. */
  readonly strength: (unit: number) => number
  /** The first unit from here on that is not white space. */
  readonly afterWhite: (unit: number) => number
  /** Where the white space begins that the text ends with. */
  readonly end: number
}

/** Finds the places to cut at, in one pass. */
export const breaksOf = (units: Units): Breaks => {
  const strengths = new Uint8Array(units.count + 1)
  const afterWhite = (unit: number): number => {
    let at = unit
    while (at < units.count && white.test(units.text(at))) at += 1
    return at
  }
  let ended = false
  let endedAlone = false
  let end = 0
  let at = 0
  while (at < units.count) {
    const unit = units.text(at)
    if (white.test(unit)) {
      const next = afterWhite(at)
      strengths[at] = strengthOf(units, at, next, ended)
      ended = false
      endedAlone = false
      at = next
      continue
    }
    const closes = closing.test(unit)
    if (endedAlone && !closes && !sentenceEnd.test(unit)) strengths[at] = sentence
    ended = sentenceEnd.test(unit) || (ended && closes)
    endedAlone = sentenceEndAlone.test(unit) || (endedAlone && closes)
    at += 1
    end = at
  }
  return { strength: (unit) => strengths[unit] ?? inWord, afterWhite, end }
}

const strengthOf = (units: Units, from: number, to: number, ended: boolean): number => {
  let lines = 0
  for (let at = from; at < to; at += 1) {
    const unit = units.text(at)
    if (unit === paragraphBreak) return paragraph
    if (lineBreak.test(unit)) lines += 1
  }
  if (lines > 1) return paragraph
  if (lines === 1) return line
  return ended ? sentence : word
}
