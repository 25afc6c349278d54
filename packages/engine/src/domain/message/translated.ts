/** What a message says in another language, or that it could not be said. BCP 47. */
export interface MessageWords {
  readonly language: string
  readonly provider: string
  readonly state: 'done' | 'failed'
  /** Null when it failed. */
  readonly text: string | null
}

/**
 * As much of BCP 47 as tells a language from a typing error: a code of two or three letters, and what narrows it down.
 *
 * @example
 * ```ts
 * import { isLanguageTag } from '@guichet/engine/domain'
 *
 * console.log(isLanguageTag('pt-BR'), isLanguageTag('french'))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const isLanguageTag = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 35 && /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$/.test(value)

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? ''

/**
 * Whether two language tags name the same language, whatever region or script they add (BCP 47, primary subtag).
 *
 * @example
 * ```ts
 * import { sameLanguage } from '@guichet/engine/domain'
 *
 * console.log(sameLanguage('pt-BR', 'pt'), sameLanguage('pt', 'es'))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const sameLanguage = (a: string, b: string): boolean => primary(a) === primary(b)

/**
 * What stands beside a message once this is known: one for each language, and nothing that failed over something that
 * is there.
 *
 * @example
 * ```ts
 * import { withWords } from '@guichet/engine/domain'
 *
 * const done = { language: 'fr', provider: 'demo', state: 'done', text: 'Bonjour' } as const
 * console.log(withWords([done], { ...done, state: 'failed', text: null })[0]?.state)
 * ```
 *
 * ```text
 * done
 * ```
 */
export const withWords = (known: ReadonlyArray<MessageWords>, words: MessageWords): ReadonlyArray<MessageWords> => {
  const before = known.find(({ language }) => language === words.language)
  if (before?.state === 'done' && words.state === 'failed') return known
  return [...known.filter(({ language }) => language !== words.language), words]
}
