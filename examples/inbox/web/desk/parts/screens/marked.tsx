import { plain } from '../choices.tsx'

interface Piece {
  readonly text: string
  readonly hit: boolean
}

/** A text cut where looked-for words begin its words; case and accents do not matter. */
export const cut = (text: string, words: string): ReadonlyArray<Piece> => {
  const wanted = plain(words).match(/[\p{L}\p{N}]+/gu) ?? []
  const pieces: Array<Piece> = []
  let last = 0
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const word = plain(match[0])
    const start = wanted.filter((one) => word.startsWith(one)).sort((a, b) => b.length - a.length)[0]
    if (start === undefined) continue
    // As many letters as were looked for, whatever marks stand on them.
    const letters = [...match[0]]
    let end = 0
    for (let seen = ''; seen.length < start.length && end < letters.length; end += 1) seen += plain(letters[end] ?? '')
    const length = letters.slice(0, end).join('').length
    if (match.index > last) pieces.push({ text: text.slice(last, match.index), hit: false })
    pieces.push({ text: text.slice(match.index, match.index + length), hit: true })
    last = match.index + length
  }
  return last < text.length ? [...pieces, { text: text.slice(last), hit: false }] : pieces
}

export const Marked = ({ text, words }: { readonly text: string; readonly words: string }) => (
  <>{cut(text, words).map(({ text: piece, hit }, at) => (hit ? <mark key={at}>{piece}</mark> : piece))}</>
)
