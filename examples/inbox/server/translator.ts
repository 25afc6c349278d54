import type { Translator } from '@guichet/engine/ports'
import { deepL, detector, libreTranslate, together } from '@guichet/translation'
import { phrasebook } from './phrasebook/phrasebook.ts'

/**
 * Who translates: a LibreTranslate server (TRANSLATE_URL, TRANSLATE_KEY), DeepL (DEEPL_KEY, DEEPL_URL), or else a phrase
 * book of the shop's own. Languages are detected here in any case: no text leaves the house for that.
 */
export const translatorFrom = (env: NodeJS.ProcessEnv): Translator => {
  const url = env['TRANSLATE_URL'] || undefined
  const apiKey = env['TRANSLATE_KEY'] || undefined
  const authKey = env['DEEPL_KEY'] || undefined
  const deepLUrl = env['DEEPL_URL'] || undefined
  const translate =
    url !== undefined
      ? libreTranslate({ url, ...(apiKey === undefined ? {} : { apiKey }) })
      : authKey !== undefined
        ? deepL({ authKey, ...(deepLUrl === undefined ? {} : { url: deepLUrl }) })
        : phrasebook()
  return together({ detect: detector(), translate })
}
