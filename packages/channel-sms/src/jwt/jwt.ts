import { field, hmac, type HmacAlgorithm, readJson, signedByAny, textAt } from '@guichet/channel-kit'
import type { Json } from '@guichet/engine/ports'

/** HMAC alone (RFC 7518, 3.2). */
const algorithms = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const satisfies Record<
  string,
  HmacAlgorithm
>

export type JwtAlgorithm = keyof typeof algorithms

/** How far another clock may be from ours, in seconds. */
const leeway = 5

const decoded = (part: string): Json | undefined => {
  const read = readJson(Buffer.from(part, 'base64url'))
  return read.ok ? read.value : undefined
}

/** Which tokens count: who signs them, how, and when (epoch milliseconds). */
export interface JwtRules {
  readonly secrets: ReadonlyArray<string>
  readonly by: ReadonlyArray<JwtAlgorithm>
  readonly now: number
}

/** The claims of a token that counts by the rules (RFC 7519); undefined for any other. */
export const signedClaims = (token: string, { secrets, by, now }: JwtRules): Json | undefined => {
  const [header = '', payload = '', signature = '', ...others] = token.split('.')
  if (others.length > 0 || signature === '') return undefined
  const named = textAt(decoded(header), 'alg')
  const name = by.find((one) => one === named)
  if (name === undefined) return undefined
  const make = (secret: string) => hmac(algorithms[name], secret, `${header}.${payload}`, 'base64url')
  if (!signedByAny(secrets, make, signature)) return undefined
  const claims = decoded(payload)
  const seconds = Math.floor(now / 1000)
  const [expires, begins] = [field(claims, 'exp'), field(claims, 'nbf')]
  if (expires !== undefined && !(typeof expires === 'number' && seconds < expires + leeway)) return undefined
  if (begins !== undefined && !(typeof begins === 'number' && begins <= seconds + leeway)) return undefined
  return claims
}
