import { createPublicKey, verify } from 'node:crypto'
import type { WireRequest } from '@guichet/engine/ports'

/** How far the clock of a request may be from ours, in seconds. */
const toleranceSeconds = 300

/** What stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410, 4). */
const keyHeader = Buffer.from('302a300506032b6570032100', 'hex')

const signedWith = (publicKey: string, message: Uint8Array, signature: Uint8Array): boolean => {
  try {
    const der = Buffer.concat([keyHeader, Buffer.from(publicKey, 'base64')])
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
  } catch {
    return false
  }
}

/**
 * Whether Telnyx sent this within the last five minutes: `telnyx-signature-ed25519` is over the time, `|` and the bytes of the
 * body. Source: Telnyx, "Webhook fundamentals".
 */
export const telnyxSigned = (
  { headers, body }: WireRequest,
  publicKeys: ReadonlyArray<string>,
  now: number,
): boolean => {
  const given = headers['telnyx-signature-ed25519'] ?? ''
  const signature = Buffer.from(given, 'base64')
  const at = headers['telnyx-timestamp'] ?? ''
  if (signature.byteLength !== 64 || signature.toString('base64') !== given || !/^\d{1,12}$/.test(at)) return false
  if (Math.abs(now / 1000 - Number(at)) > toleranceSeconds) return false
  const message = Buffer.concat([Buffer.from(`${at}|`), body])
  return publicKeys.some((key) => signedWith(key, message, signature))
}
