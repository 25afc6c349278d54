import type { Answer, Seen } from './local-server.ts'
import { inLanguage, languageOf } from './phrases.ts'

/* As LibreTranslate documents its API: POST /translate and POST /detect, JSON in and out, errors as { error }. */

const languages = new Set(['en', 'fr', 'de', 'it', 'es', 'pt', 'zh', 'zt', 'nb'])

const refused = (status: number, error: string): Answer => ({ status, json: { error } })

export interface LibreSettings {
  readonly apiKey?: string
  readonly charLimit?: number
  readonly batchLimit?: number
}

export const libreProtocol =
  ({ apiKey, charLimit = 10_000, batchLimit = 50 }: LibreSettings = {}) =>
  ({ method, path, headers, body }: Seen): Answer => {
    if (method !== 'POST') return refused(405, 'Method not allowed')
    if (!headers['content-type']?.includes('application/json')) return refused(400, 'Invalid request: no JSON')
    const asked = JSON.parse(body) as Record<string, unknown>
    if (apiKey !== undefined && asked['api_key'] !== apiKey) {
      return refused(403, `Invalid API key ${String(asked['api_key'])}`)
    }
    const { q, source, target, format } = asked
    const texts = (Array.isArray(q) ? q : [q]) as ReadonlyArray<unknown>
    if (texts.some((text) => typeof text !== 'string' || text === ''))
      return refused(400, 'Invalid request: missing q parameter')
    if (texts.length > batchLimit)
      return refused(400, `Invalid request: request (${texts.length}) exceeds text limit (${batchLimit})`)
    const characters = texts.join('').length
    if (characters > charLimit)
      return refused(400, `Invalid request: request (${characters}) exceeds text limit (${charLimit})`)
    if (path === '/detect') return { status: 200, json: [{ confidence: 92, language: languageOf(texts[0] as string) }] }
    if (path !== '/translate') return refused(404, 'Not found')
    if (format !== 'text') return refused(400, `${String(format)} is no format of this test: texts are texts`)
    for (const code of [source, target]) {
      if (code !== 'auto' && !languages.has(String(code))) return refused(400, `${String(code)} is not supported`)
    }
    const found = texts.map((text) => ({ confidence: 92, language: languageOf(text as string) }))
    const translatedText = texts.map((text) => inLanguage(text as string, String(target)))
    return {
      status: 200,
      json: Array.isArray(q)
        ? { translatedText, ...(source === 'auto' ? { detectedLanguage: found } : {}) }
        : { translatedText: translatedText[0], ...(source === 'auto' ? { detectedLanguage: found[0] } : {}) },
    }
  }
