import { createHash } from 'node:crypto'
import { field, sameText, textAt } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'
import { signedClaims } from '../jwt/jwt.ts'

const digest = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/**
 * Whether Bird sent this: `MessageBird-Signature-JWT` is a token that knows the address, and the body where there is one.
 * Source: MessageBird, "Verifying HTTP requests".
 */
export const birdSigned = (
  { url, headers, body }: WireRequest,
  signingKeys: ReadonlyArray<string>,
  now: number,
): boolean => {
  const claims = signedClaims(headers['messagebird-signature-jwt'] ?? '', signingKeys, now)
  if (textAt(claims, 'iss') !== 'MessageBird') return false
  if (!sameText(textAt(claims, 'url_hash') ?? '', digest(url))) return false
  const hash = field(claims, 'payload_hash')
  if (body.byteLength === 0) return hash === undefined
  return typeof hash === 'string' && sameText(hash, digest(body))
}
