import { createHash } from 'node:crypto'

/** Whether bytes have this SHA-256, in hexadecimal or base64. What is neither is nobody's. */
export const hasDigest = (bytes: Uint8Array, sha256: string): boolean =>
  createHash('sha256')
    .update(bytes)
    .digest()
    .equals(Buffer.from(sha256, /^[\da-f]{64}$/i.test(sha256) ? 'hex' : 'base64'))
