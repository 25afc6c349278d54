import { isTraditional, piecesOf } from '../tag.ts'

/* The codes of LibreTranslate: two letters, which all its versions take, and one of its own for traditional Chinese. */

export const codeOf = (tag: string): string => {
  const { language } = piecesOf(tag)
  if (language === 'zh') return isTraditional(tag) ? 'zt' : 'zh'
  return language === 'no' || language === 'nn' ? 'nb' : language
}

const own: Readonly<Record<string, string>> = { zt: 'zh-Hant', pb: 'pt-BR' }

/** The tag of a code that it answers with. */
export const tagOf = (code: string): string => own[code] ?? code
