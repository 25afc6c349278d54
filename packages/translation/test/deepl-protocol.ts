import type { Answer, Seen } from './local-server.ts'
import { inLanguage, languageOf } from './phrases.ts'

/* As DeepL documents its API: POST /v2/translate, the key in a header, errors as { message }. */

const targets = new Set(['EN-GB', 'EN-US', 'PT-BR', 'PT-PT', 'ZH-HANS', 'ZH-HANT', 'FR', 'DE', 'IT', 'ES', 'NB'])
const sources = new Set(['EN', 'PT', 'ZH', 'FR', 'DE', 'IT', 'ES', 'NB'])

const refused = (status: number, message: string): Answer => ({ status, json: { message } })

export const deeplProtocol =
  (authKey: string) =>
  ({ method, path, headers, body }: Seen): Answer => {
    if (headers.authorization !== `DeepL-Auth-Key ${authKey}`) {
      return refused(403, `Authorization failed for ${String(headers.authorization)}`)
    }
    if (method !== 'POST' || path !== '/v2/translate') return refused(404, 'Not found')
    if (Buffer.byteLength(body) > 128 * 1024) return refused(413, 'Request Entity Too Large')
    const asked = JSON.parse(body) as Record<string, unknown>
    const { text, target_lang: target, source_lang: source } = asked
    if (!Array.isArray(text) || text.length === 0) return refused(400, "Value for 'text' not supported.")
    if (text.length > 50) return refused(400, 'Too many texts.')
    if (!targets.has(String(target))) return refused(400, "Value for 'target_lang' not supported.")
    if (source !== undefined && !sources.has(String(source)))
      return refused(400, "Value for 'source_lang' not supported.")
    if ('tag_handling' in asked) return refused(400, 'texts are texts in these tests')
    return {
      status: 200,
      json: {
        translations: (text as ReadonlyArray<string>).map((one) => ({
          detected_source_language: String(source ?? languageOf(one).toUpperCase()),
          text: inLanguage(one, String(target).toLowerCase()),
        })),
      },
    }
  }
