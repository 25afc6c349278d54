import { hmac, type HmacAlgorithm, numberAt, readJson, signedByAny, textAt } from '@guichet/channel-kit'
import type { Json } from '@guichet/engine/ports'

const algorithms: Readonly<Record<string, HmacAlgorithm>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

/** How far another clock may be from ours, in seconds. */
const leeway = 5

const decoded = (part: string): Json | undefined => {
  const read = readJson(Buffer.from(part, 'base64url'))
  return read.ok ? read.value : undefined
}

/**
 * The claims of a token that one of the secrets has signed (RFC 7519, HMAC alone) and that counts `now` (epoch
 * milliseconds); undefined for any other.
 */
export const signedClaims = (token: string, secrets: ReadonlyArray<string>, now: number): Json | undefined => {
  const [header = '', payload = '', signature = '', ...others] = token.split('.')
  if (others.length > 0 || signature === '') return undefined
  const named = textAt(decoded(header), 'alg') ?? ''
  const algorithm = Object.hasOwn(algorithms, named) ? algorithms[named] : undefined
  if (algorithm === undefined) return undefined
  const make = (secret: string) => hmac(algorithm, secret, `${header}.${payload}`, 'base64url')
  if (!signedByAny(secrets, make, signature)) return undefined
  const claims = decoded(payload)
  const seconds = now / 1000
  const expires = numberAt(claims, 'exp')
  const begins = Math.max(numberAt(claims, 'nbf') ?? 0, numberAt(claims, 'iat') ?? 0)
  if ((expires !== undefined && seconds > expires + leeway) || begins > seconds + leeway) return undefined
  return claims
}
