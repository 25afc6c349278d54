import { createHash } from 'node:crypto'
import { field, sameText, textAt } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'
import { signedClaims } from '../jwt/jwt.ts'

const isDigest = (hash: unknown, data: string | Uint8Array): boolean =>
  typeof hash === 'string' && sameText(hash.toLowerCase(), createHash('sha256').update(data).digest('hex'))

/**
 * Whether Bird sent this: `MessageBird-Signature-JWT` is a token that knows the address, and the body where there is one.
 * Source: MessageBird, "Verifying HTTP requests"; npm messagebird 4.0.1 says yes and no to the same tokens.
 */
export const birdSigned = (
  { url, headers, body }: WireRequest,
  signingKeys: ReadonlyArray<string>,
  now: number,
): boolean => {
  const rules = { secrets: signingKeys, by: ['HS256', 'HS384', 'HS512'], now } as const
  const claims = signedClaims(headers['messagebird-signature-jwt'] ?? '', rules)
  if (textAt(claims, 'iss') !== 'MessageBird' || field(claims, 'jti') === undefined) return false
  if (!isDigest(field(claims, 'url_hash'), url)) return false
  const hash = field(claims, 'payload_hash')
  return body.byteLength === 0 ? hash === undefined : isDigest(hash, body)
}
