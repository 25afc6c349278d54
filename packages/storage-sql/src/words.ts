/**
 * A text as the full text keeps it: without accents and in lower case, in every script and not only the Latin one. It
 * must stay as it is while there are files that were made with it: erasing takes out what this says was put in.
 */
export const foldText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()

/** How a workspace stands in the full text, as a word of its own. */
export const workspaceWord = (ws: number): string => `w${ws}`

/** The words of a text as they are compared: letters and digits only. */
export const wordsOf = (text: string): ReadonlyArray<string> => foldText(text).match(/[\p{L}\p{N}\p{Mc}]+/gu) ?? []

/** Whether each of these beginnings begins a word of a text. */
export const hasBeginnings = (text: string, beginnings: ReadonlyArray<string>): boolean => {
  if (beginnings.length === 0) return true
  const words = wordsOf(text)
  return beginnings.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

/** Above every character that a word may have: words that begin with something lie between it and it with this. */
export const afterWord = '\u{10FFFF}'

/** What FTS5 is asked for: all the words, the last as a beginning. Undefined when there is no word in them. */
export const matchWords = (ws: number, words: ReadonlyArray<string>): string | undefined => {
  const folded = words.flatMap(wordsOf)
  if (folded.length === 0) return undefined
  const terms = folded.map((word) => `body : "${word}"`).join(' AND ')
  return `ws : "${workspaceWord(ws)}" AND ${terms} *`
}
