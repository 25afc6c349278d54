import type { Words } from './script.ts'

/**
 * Letters and digits alone, without case and accents (Unicode NFKD), separated by one space each.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Scripts that put no spaces between words: there a word may stand anywhere. */
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Whether words occur in a folded text, as whole words. */
export const hears = (text: string, words: string): boolean => {
  const wanted = folded(words)
  if (wanted === '') return false
  return spaceless.test(wanted) ? text.includes(wanted) : ` ${text} `.includes(` ${wanted} `)
}

const primary = (language: string): string => language.split('-')[0]?.toLowerCase() ?? ''

/** What is said to somebody of this language: the very one, one that differs in its region, or the script's own. */
export const inLanguage = (words: Words, language: string | null, own: string): string => {
  if (typeof words === 'string') return words
  const has = (name: string): string | undefined => (Object.hasOwn(words, name) ? words[name] : undefined)
  if (language === null) return has(own) ?? ''
  const near = Object.keys(words).find((known) => primary(known) === primary(language))
  return has(language) ?? (near === undefined ? undefined : has(near)) ?? has(own) ?? ''
}

/** All the ways in which something is said. */
export const everyWord = (words: Words): ReadonlyArray<string> =>
  typeof words === 'string' ? [words] : Object.values(words)
