import { isTraditional, piecesOf } from '../tag.ts'

/* The codes of DeepL: capitals, and a variant where it has several of one language. */

const norwegian = new Set(['no', 'nn', 'nb'])

/** As the language of an original: variants are not told apart there. */
export const sourceCode = (tag: string): string => {
  const { language } = piecesOf(tag)
  return norwegian.has(language) ? 'NB' : language.toUpperCase()
}

/** As the language to translate into. */
export const targetCode = (tag: string): string => {
  const { language, region } = piecesOf(tag)
  switch (language) {
    case 'en':
      return region === 'US' ? 'EN-US' : 'EN-GB'
    case 'pt':
      return region === 'BR' ? 'PT-BR' : 'PT-PT'
    case 'zh':
      return isTraditional(tag) ? 'ZH-HANT' : 'ZH-HANS'
    default:
      return sourceCode(tag)
  }
}
