import { sameText } from './same-text.ts'

/**
 * Whether one of several secrets made a signature: while a secret is being changed, the old and the new one both count.
 * All secrets are tried, whichever fits, and each comparison takes constant time. An empty secret fits nothing: anybody
 * can sign with it. `make` has to write a signature exactly as it is `given`, the case of hexadecimal digits included.
 *
 * @example
 * ```ts
 * import { hmac, signedByAny } from '@guichet/channel-kit'
 *
 * const body = '{"from":"+14155550123"}'
 * const given = hmac('sha256', 'the old secret', body, 'base64')
 * const make = (secret: string) => hmac('sha256', secret, body, 'base64')
 * console.log(signedByAny(['the new secret', 'the old secret'], make, given))
 * console.log(signedByAny(['the new secret'], make, given))
 * ```
 *
 * ```text
 * true
 * false
 * ```
 */
export const signedByAny = (
  secrets: ReadonlyArray<string>,
  make: (secret: string) => string,
  given: string | undefined,
): boolean => {
  if (given === undefined) return false
  let found = false
  for (const secret of secrets) {
    const fits = secret !== '' && sameText(make(secret), given)
    found = fits || found
  }
  return found
}
