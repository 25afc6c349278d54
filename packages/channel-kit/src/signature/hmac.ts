import { createHmac } from 'node:crypto'

/** The hashes that providers sign with. */
export type HmacAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** How a signature is written down. */
export type SignatureEncoding = 'hex' | 'base64' | 'base64url'

/**
 * The HMAC (RFC 2104) of some data, written down as the provider does. Texts are taken as UTF-8; what a provider has
 * signed are bytes, so give it those of `request.body` and never a text that was decoded and encoded again.
 *
 * @example
 * ```ts
 * import { hmac } from '@guichet/channel-kit'
 *
 * console.log(hmac('sha256', 'Jefe', 'what do ya want for nothing?', 'hex'))
 * ```
 *
 * ```text
 * 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
 * ```
 */
export const hmac = (
  algorithm: HmacAlgorithm,
  secret: string | Uint8Array,
  data: string | Uint8Array,
  encoding: SignatureEncoding,
): string => createHmac(algorithm, secret).update(data).digest(encoding)
