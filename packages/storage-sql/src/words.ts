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

/** So many letters of a word FTS5 keeps as a word of its own: what begins with them is found without reading the rest. */
export const indexedLengths: ReadonlyArray<number> = [1, 2, 3, 4, 5]
const longestIndexed = Math.max(...indexedLengths)

/** What FTS5 is asked for, in parts that are joined by AND. */
export interface WordMatch {
  readonly workspace: string
  /** Each word but the last. */
  readonly whole: ReadonlyArray<string>
  /** The last word, as a beginning. */
  readonly last: string
  /**
   * Where the last word is longer than what is indexed: FTS5 then reads everything that begins with it before it
   * answers. Undefined where it finds the newest at once.
   */
  readonly long?: {
    readonly beginning: string
    /** What is indexed of it: finds what begins with it, and more. */
    readonly part: string
  }
}

/** Undefined when there is no word in them. */
export const matchWords = (ws: number, words: ReadonlyArray<string>): WordMatch | undefined => {
  const folded = words.flatMap(wordsOf)
  const last = folded.pop()
  if (last === undefined) return undefined
  const match = {
    workspace: `ws : "${workspaceWord(ws)}"`,
    whole: folded.map((word) => `body : "${word}"`),
    last: `body : "${last}" *`,
  }
  const letters = [...last]
  if (letters.length <= longestIndexed) return match
  const part = letters.slice(0, longestIndexed).join('')
  return { ...match, long: { beginning: last, part: `body : "${part}" *` } }
}
