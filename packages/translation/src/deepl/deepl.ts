import type { Translation, Translator } from '@guichet/engine/ports'
import { type Provider, baseOf, post } from '../http/provider.ts'
import { isCode } from '../tag.ts'
import { TranslatorError } from '../translator-error.ts'
import { askedOf } from '../worth-asking.ts'
import { sourceCode, targetCode } from './codes.ts'

/** How DeepL, or what speaks its protocol, is reached. */
export interface DeepLOptions {
  readonly authKey: string
  /** Where it is, without `/v2`; DeepL's own address for this kind of key when not said. */
  readonly url?: string
}

const name = 'deepl'

/** Keys of the free plan are told by their end, and have a server of their own. */
const usual = (authKey: string): string =>
  authKey.endsWith(':fx') ? 'https://api-free.deepl.com' : 'https://api.deepl.com'

const nonsense = (what: string) => new TranslatorError('Nonsense', name, what)

const answered = (json: unknown, count: number): ReadonlyArray<Translation> => {
  const { translations } = (json ?? {}) as { readonly translations?: unknown }
  if (!Array.isArray(translations) || translations.length !== count) {
    throw nonsense(`its answer does not have ${count} translations`)
  }
  return translations.map((one: unknown) => {
    const { text, detected_source_language: from } = (one ?? {}) as Record<string, unknown>
    if (typeof text !== 'string' || !isCode(from)) throw nonsense('a translation of its answer has no text or language')
    return { text, from: from.toLowerCase() }
  })
}

/**
 * Translates through the DeepL API (`POST /v2/translate`), or a server that speaks its protocol. It cannot detect by
 * itself: use `together` with a detector, or let it find out the language of what it translates. Texts are texts: no
 * markup is interpreted. Limits are the API's: 50 texts and 128 KiB a request.
 *
 * @throws TranslatorError when the key or the address cannot be right; its methods reject with one when the provider fails.
 *
 * @example
 * ```ts
 * import { deepL } from '@guichet/translation'
 *
 * const translator = deepL({ authKey: 'a key of the free plan:fx' })
 * // What DeepL would be asked, and an answer of its kind in its place.
 * const fetch = async (url: unknown, init?: RequestInit) => {
 *   console.log(String(url), init?.body)
 *   return Response.json({ translations: [{ detected_source_language: 'FR', text: 'Good morning' }] })
 * }
 * const call = { signal: AbortSignal.timeout(10_000), fetch: fetch as typeof globalThis.fetch }
 * console.log(await translator.translate({ texts: ['Bonjour'], from: 'fr', to: 'en' }, call))
 * ```
 *
 * ```text
 * https://api-free.deepl.com/v2/translate {"text":["Bonjour"],"target_lang":"EN-GB","source_lang":"FR"}
 * [ { text: 'Good morning', from: 'fr' } ]
 * ```
 */
export const deepL = ({ authKey, url = usual(authKey) }: DeepLOptions): Translator => {
  if (!/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(authKey)) {
    throw new TranslatorError('Misconfigured', name, 'authKey: the key as DeepL shows it, without line ends')
  }
  const provider: Provider = {
    name,
    base: baseOf(name, url),
    headers: { authorization: `DeepL-Auth-Key ${authKey}` },
    secrets: [authKey],
  }
  return {
    name,
    spi: 1,
    // A character may need several bytes, and more where JSON escapes it.
    capabilities: { detect: false, translate: true, maxTexts: 50, maxCharacters: 20_000 },
    detect: (texts) => texts.map(() => null),
    translate: ({ texts, from, to }, call) =>
      askedOf(texts, from, async (asked) => {
        const source = from === null ? {} : { source_lang: sourceCode(from) }
        const json = await post(
          provider,
          '/v2/translate',
          { text: asked, target_lang: targetCode(to), ...source },
          call,
        )
        return answered(json, asked.length)
      }),
  }
}
