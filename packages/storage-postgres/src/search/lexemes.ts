import { termsOf } from '../terms.ts'

// A lexeme is a word with its workspace before it, so that a small workspace does not walk through the hits of a large
// one. Words have letters and digits only: neither they nor what is put before them has to be escaped.
const lexemeOf = (ws: number, term: string): string => `'${ws}:${term}'`

/**
 * How many positions the blocks of each level have. An entry has the numbers of its blocks as lexemes: the index can
 * then find what is recent without looking at everything that has a word.
 */
const blockSizes = [2 ** 13, 2 ** 17, 2 ** 21]

const blockLexeme = (ws: number, level: number, block: number): string => `'${ws}#${level}.${block}'`

const blocksOf = (ws: number, pos: number): ReadonlyArray<string> =>
  blockSizes.map((size, level) => blockLexeme(ws, level, Math.floor(pos / size)))

/** In characters, so that no `tsvector` comes near its limit of a mebibyte; words beyond are not found. */
const lengthAtMost = 250_000

/** What an entry is found by, as the text of a `tsvector`; undefined when it says nothing. */
export const vectorOf = (ws: number, pos: number, body: string): string | undefined => {
  const lexemes: string[] = []
  let length = 0
  for (const term of new Set(termsOf(body))) {
    const lexeme = lexemeOf(ws, term)
    length += lexeme.length
    if (length > lengthAtMost) break
    lexemes.push(lexeme)
  }
  return lexemes.length === 0 ? undefined : [...lexemes, ...blocksOf(ws, pos)].join(' ')
}

/** What asks for all the words, the last as a beginning, as the text of a `tsquery`. Undefined when there is none. */
export const matchOf = (ws: number, words: ReadonlyArray<string>): string | undefined => {
  const terms = words.flatMap(termsOf)
  const last = terms.pop()
  if (last === undefined) return undefined
  const whole = [...new Set(terms)].map((term) => `${lexemeOf(ws, term)} & `)
  return `${whole.join('')}${lexemeOf(ws, last)}:*`
}

/** A stretch of the stream, `from` inclusive and `before` exclusive, and what finds the hits in it. */
export interface Window {
  readonly match: string
  readonly from: number
  readonly before: number
}

/** So many positions are looked at one after the other: whatever is common is found there, however it is asked for. */
const walked = 1_024

/** How many times as long the second stretch is at most. */
export const secondWalk = (2 * Math.min(...blockSizes)) / walked

/**
 * Stretches that together are everything before a position, the newest first and each many times as long as the one
 * before. Where few entries have the words, all of them are asked; where many have, the first is enough.
 */
export const windowsBefore = (ws: number, match: string, before: number): readonly [Window, ...Array<Window>] => {
  const first = { match, from: Math.max(0, before - walked), before }
  const windows: Window[] = []
  let end = first.from
  for (const [level, size] of blockSizes.entries()) {
    const block = Math.floor((before - 1) / size)
    const from = (block - 1) * size
    if (end <= 0 || from <= 0) break
    const blocks = `(${blockLexeme(ws, level, block)} | ${blockLexeme(ws, level, block - 1)})`
    windows.push({ match: `${match} & ${blocks}`, from, before: end })
    end = from
  }
  if (end > 0) windows.push({ match, from: 0, before: end })
  return [first, ...windows]
}
