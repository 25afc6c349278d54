/**
 * Why a provider did not translate. `Misconfigured`: its address or key cannot be right. `Forbidden`: it does not accept
 * the key. `QuotaExceeded`: what was paid for is used up. `RateLimited`: too much at once. `TooLarge`: a text or a request
 * longer than it takes. `Rejected`: it refuses what was asked, as a language it does not know. `Unavailable`: it cannot be
 * reached, or is down. `Nonsense`: what it answered is not its protocol.
 */
export type TranslatorErrorCode =
  | 'Misconfigured'
  | 'Forbidden'
  | 'QuotaExceeded'
  | 'RateLimited'
  | 'TooLarge'
  | 'Rejected'
  | 'Unavailable'
  | 'Nonsense'

/**
 * What the translators of this package throw. The message names the provider and says what to look at; it never contains
 * a key.
 *
 * @example
 * ```ts
 * import { TranslatorError } from '@guichet/translation'
 *
 * const error = new TranslatorError('QuotaExceeded', 'deepl', 'the quota is used up')
 * console.log(error.code, error.message)
 * ```
 *
 * ```text
 * QuotaExceeded deepl: the quota is used up
 * ```
 */
export class TranslatorError extends Error {
  override readonly name = 'TranslatorError'
  readonly code: TranslatorErrorCode

  constructor(code: TranslatorErrorCode, provider: string, message: string, options?: ErrorOptions) {
    super(`${provider}: ${message}`, options)
    this.code = code
  }
}
