import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/*
 * Tokens carry what they say and a signature over it, HMAC-SHA256 with the account's secret (RFC 2104): nothing has to
 * be stored, and any process that has the secret can check them. Each holds 128 random bits, so that no two are alike
 * and none can be guessed from another.
 */

/** What a token is for. One for files opens no session. */
export type Purpose = 'session' | 'resume' | 'file'

/** What is said about the visitor, as the channel passes it on with each message. */
export interface VisitorClaims {
  readonly name?: string
  readonly email?: string
  readonly language?: string
  readonly attributes?: Readonly<Record<string, string>>
}

export interface TokenClaims {
  readonly purpose: Purpose
  /** `workspace/account`: a token of one account is nothing in another. */
  readonly account: string
  readonly address: string
  /** Epoch milliseconds. */
  readonly expires: number
  readonly visitor?: VisitorClaims
  /** The one file that a token for files opens. */
  readonly blob?: string
}

export const randomId = (): string => randomBytes(16).toString('base64url')

const signature = (body: string, secret: string): Buffer => createHmac('sha256', secret).update(body).digest()

/** Signs with the newest secret. */
export const signToken = (claims: TokenClaims, secret: string): string => {
  const body = Buffer.from(JSON.stringify({ ...claims, nonce: randomId() })).toString('base64url')
  return `${body}.${signature(body, secret).toString('base64url')}`
}

/**
 * Whether one of the secrets made this signature. Compares in constant time and tries every secret, so that the time
 * says neither how much of it is right nor which secret it was.
 */
export const signedByAny = (body: string, claimed: Buffer, secrets: ReadonlyArray<string>): boolean => {
  let right = false
  for (const secret of secrets) {
    const expected = signature(body, secret)
    if (expected.length === claimed.length && timingSafeEqual(expected, claimed)) right = true
  }
  return right
}

/** What a token says, when its signature is ours, its time has not come, and it is for this purpose and account. */
export const readToken = (
  token: string,
  secrets: ReadonlyArray<string>,
  expected: { readonly purpose: Purpose; readonly account: string; readonly now: number },
): TokenClaims | undefined => {
  const dot = token.indexOf('.')
  if (dot <= 0) return undefined
  const body = token.slice(0, dot)
  if (!signedByAny(body, Buffer.from(token.slice(dot + 1), 'base64url'), secrets)) return undefined
  // Signed by us, so it is what `signToken` wrote.
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as TokenClaims
  return claims.purpose === expected.purpose && claims.account === expected.account && claims.expires > expected.now
    ? claims
    : undefined
}

/** The account that an unchecked token names, to find the secret that it must be checked with. */
export const accountNamedBy = (token: string): string | undefined => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString())
    const account =
      typeof claims === 'object' && claims !== null ? (claims as { account?: unknown }).account : undefined
    return typeof account === 'string' ? account : undefined
  } catch {
    return undefined
  }
}
