/** Meta's words for signs. */
const signs = {
  love: '❤️',
  like: '👍',
  dislike: '👎',
  haha: '😆',
  smile: '🙂',
  wow: '😮',
  sad: '😢',
  angry: '😠',
} as const

const byWord = new Map<string, string>(Object.entries(signs))

/** As a keyboard may write them: with or without the mark that asks for a picture, or one of the same meaning. */
const bySign = new Map<string, string>([
  ...Object.entries(signs).flatMap(
    ([word, sign]): ReadonlyArray<[string, string]> => [
      [sign, word],
      [sign.replace('\u{FE0F}', ''), word],
    ],
  ),
  ['😂', 'haha'],
  ['😡', 'angry'],
])

/** The sign for a word of Meta's. */
export const signOf = (word: string): string | undefined => byWord.get(word)

/** Meta's word for a sign; undefined for one that it has no word for. */
export const wordOf = (sign: string): string | undefined => bySign.get(sign)
