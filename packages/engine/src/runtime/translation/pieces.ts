/** Where a text is best taken apart, the best first; a piece ends after what matches. */
const boundaries = [
  // Between paragraphs, then between lines.
  /\n[^\S\n]*\n\s*/g,
  /\n\s*/g,
  // After a sentence, also where no white space follows it.
  /(?<=[.!?…]["'”’»)\]]{0,3})\s+|[。！？][”’」』）]*/g,
] as const

const betweenWords = /\s+/g

const lastEnd = (text: string, boundary: RegExp): number => {
  let end = 0
  for (const match of text.matchAll(boundary)) end = match.index + match[0].length
  return end
}

/** Anywhere, but not in the middle of a character that takes two. */
const anywhere = (text: string): number => (/[\uD800-\uDBFF]$/.test(text) && text.length > 1 ? -1 : 0) + text.length

/** Where the first piece of what is longer than this ends. Tiny pieces say too little to be translated well. */
const endIn = (window: string): number => {
  for (const boundary of boundaries) {
    const end = lastEnd(window, boundary)
    if (end >= window.length / 2) return end
  }
  return lastEnd(window, betweenWords) || anywhere(window)
}

/**
 * A text in pieces of at most so many characters, which joined are the text: between paragraphs where that can be done,
 * else between lines, sentences or words.
 */
export const piecesOf = (text: string, atMost: number): ReadonlyArray<string> => {
  const pieces: Array<string> = []
  let at = 0
  while (text.length - at > atMost) {
    const end = at + endIn(text.slice(at, at + atMost))
    pieces.push(text.slice(at, end))
    at = end
  }
  return [...pieces, text.slice(at)]
}

/** A piece in other words, between the white space that stood around it: no translator keeps that. */
export const inItsPlace = (piece: string, words: string): string =>
  `${/^\s*/.exec(piece)?.[0] ?? ''}${words.trim()}${/\s*$/.exec(piece)?.[0] ?? ''}`
