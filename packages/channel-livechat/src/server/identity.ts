import { signedByAny } from './tokens.ts'

/** Who the host says that a visitor is, proven by its signature. */
export interface Identity {
  readonly sub: string
  readonly email?: string
  readonly name?: string
}

const decoded = (part: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

const words = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= max ? value.trim() : undefined

/**
 * Reads a JSON Web Token (RFC 7519) signed with HS256 and nothing else: the algorithm is the account's, not the
 * token's (RFC 8725, 3.1). `sub` and `exp` are required, `nbf` is kept to, what is unknown is passed over.
 */
export const readIdentity = (jwt: string, secrets: ReadonlyArray<string>, now: number): Identity | undefined => {
  const parts = jwt.split('.')
  const [head, body, signature] = parts
  if (parts.length !== 3 || head === undefined || body === undefined || signature === undefined) return undefined
  if (!signedByAny(`${head}.${body}`, Buffer.from(signature, 'base64url'), secrets)) return undefined
  const header = decoded(head)
  const claims = decoded(body)
  // An extension that must be understood (RFC 7515, 4.1.11) is one that is not understood here.
  if (header?.['alg'] !== 'HS256' || Object.hasOwn(header, 'crit') || claims === undefined) return undefined
  const sub = words(claims['sub'], 255)
  const exp = claims['exp']
  const nbf = claims['nbf']
  if (sub === undefined || typeof exp !== 'number' || !(exp * 1000 > now)) return undefined
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf * 1000 > now)) return undefined
  const email = words(claims['email'], 320)
  const name = words(claims['name'], 200)
  return { sub, ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) }
}
