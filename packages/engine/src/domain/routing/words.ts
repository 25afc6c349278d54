/** Combining accents of Latin, Greek and Cyrillic, and the vowel signs of Arabic: what people leave out. */
const accents = /[\u0300-\u036f\u064b-\u065f]/g
const notInWords = /[^\p{L}\p{N}\p{M}]+/gu
/** Scripts that put no space between words: a word is looked for anywhere. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** The words of a text between single spaces, without case and accents; empty when it has none. */
export const plainWords = (text: string): string => {
  const words = text.normalize('NFKD').replace(accents, '').toLowerCase().replace(notInWords, ' ').trim()
  return words === '' ? '' : ` ${words} `
}

/** Whether a word or phrase stands in a text; both as `plainWords` made them. What has no word is nowhere. */
export const saysWords = (text: string, phrase: string): boolean =>
  phrase !== '' && text.includes(unspaced.test(phrase) ? phrase.trim() : phrase)
