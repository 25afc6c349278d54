import type { Translation, Translator, TranslatorCall } from '@guichet/engine/ports'
import { type Provider, baseOf, post } from '../http/provider.ts'
import { isCode, undetermined } from '../tag.ts'
import { TranslatorError } from '../translator-error.ts'
import { askedOf } from '../worth-asking.ts'
import { codeOf, tagOf } from './codes.ts'

/** How a LibreTranslate server, or what speaks its protocol, is reached. */
export interface LibreTranslateOptions {
  /** Where it is, without `/translate`. */
  readonly url: string
  /** Where the server wants one. */
  readonly apiKey?: string
  /** What the server takes in one request (its `--char-limit`); 10,000 when not said. */
  readonly maxCharacters?: number
  /** How many texts it takes in one (its `--batch-limit`); 50 when not said. */
  readonly maxTexts?: number
}

const name = 'libretranslate'

/** Below this it is a guess, of 1. */
const sureFrom = 0.6

/** So many requests of one batch are under way: each asks about one text. */
const detectedAtOnce = 5

const nonsense = (what: string) => new TranslatorError('Nonsense', name, what)

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** A list for a list, and one for one: servers do either with a list of one. */
const listOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [value])

const answered = (json: unknown, count: number, from: string | null): ReadonlyArray<Translation> => {
  const { translatedText, detectedLanguage } = fields(json)
  const texts = listOf(translatedText)
  const languages = listOf(detectedLanguage)
  if (texts.length !== count) throw nonsense(`its answer does not have ${count} translations`)
  return texts.map((text, index) => {
    if (typeof text !== 'string') throw nonsense('a translation of its answer is no text')
    const { language } = fields(languages[index])
    return { text, from: from ?? (isCode(language) ? tagOf(language) : undetermined) }
  })
}

/** The likeliest language, when it is likely enough. Older servers count to 1, newer ones to 100. */
const detected = (json: unknown): string | null => {
  if (!Array.isArray(json)) throw nonsense('its answer is no list of languages')
  const { language, confidence } = fields(json[0])
  if (!isCode(language) || typeof confidence !== 'number') return null
  return (confidence > 1 ? confidence / 100 : confidence) >= sureFrom ? tagOf(language) : null
}

/**
 * Translates and detects through a LibreTranslate server (`POST /translate`, `POST /detect`), or one that speaks its
 * protocol. Texts are texts: no markup is interpreted.
 *
 * @throws TranslatorError when the address cannot be right; its methods reject with one when the provider fails.
 *
 * @example
 * ```ts
 * import { libreTranslate } from '@guichet/translation'
 *
 * const translator = libreTranslate({ url: 'http://localhost:5000' })
 * // What the server would be asked, and an answer of its kind in its place.
 * const fetch = async (url: unknown, init?: RequestInit) => {
 *   console.log(String(url), init?.body)
 *   return Response.json({ translatedText: ['Good morning'] })
 * }
 * const call = { signal: AbortSignal.timeout(10_000), fetch: fetch as typeof globalThis.fetch }
 * console.log(await translator.translate({ texts: ['Bonjour'], from: 'fr', to: 'en' }, call))
 * ```
 *
 * ```text
 * http://localhost:5000/translate {"q":["Bonjour"],"source":"fr","target":"en","format":"text"}
 * [ { text: 'Good morning', from: 'fr' } ]
 * ```
 */
export const libreTranslate = ({
  url,
  apiKey,
  maxCharacters = 10_000,
  maxTexts = 50,
}: LibreTranslateOptions): Translator => {
  if (!(maxCharacters >= 1)) throw new TranslatorError('Misconfigured', name, 'maxCharacters: 1 or more')
  if (!(maxTexts >= 1)) throw new TranslatorError('Misconfigured', name, 'maxTexts: 1 or more')
  const provider: Provider = {
    name,
    base: baseOf(name, url),
    headers: {},
    secrets: apiKey === undefined ? [] : [apiKey],
  }
  const key = apiKey === undefined ? {} : { api_key: apiKey }

  const detect = async (texts: ReadonlyArray<string>, call: TranslatorCall): Promise<ReadonlyArray<string | null>> => {
    const found: Array<string | null> = []
    for (let at = 0; at < texts.length; at += detectedAtOnce) {
      const few = texts.slice(at, at + detectedAtOnce)
      const ask = async (q: string) =>
        q.trim() === '' ? null : detected(await post(provider, '/detect', { q, ...key }, call))
      found.push(...(await Promise.all(few.map(ask))))
    }
    return found
  }

  return {
    name,
    spi: 1,
    capabilities: { detect: true, translate: true, maxTexts, maxCharacters },
    detect,
    translate: ({ texts, from, to }, call) =>
      askedOf(texts, from, async (asked) => {
        const source = from === null ? 'auto' : codeOf(from)
        const question = { q: asked, source, target: codeOf(to), format: 'text', ...key }
        return answered(await post(provider, '/translate', question, call), asked.length, from)
      }),
  }
}
