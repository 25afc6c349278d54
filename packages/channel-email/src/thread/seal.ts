import { createHmac, timingSafeEqual } from 'node:crypto'

/** The account that signs, and with what. What one account signed says nothing to another. */
export interface Signer {
  readonly workspace: string
  readonly account: string
  readonly secret: string
  readonly previousSecrets?: ReadonlyArray<string> | undefined
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * Base32 of RFC 4648 in lower case without padding: mail systems change the case of local parts, so nothing may hang
 * on it.
 */
export const base32 = (bytes: Uint8Array): string => {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      text += alphabet[(value >>> (bits - 5)) & 31]
      bits -= 5
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text
}

/** Undefined unless it is exactly what `base32` makes of some bytes. */
export const fromBase32 = (text: string): Uint8Array | undefined => {
  const bytes: Array<number> = []
  let bits = 0
  let value = 0
  for (const character of text) {
    const index = alphabet.indexOf(character)
    if (index < 0) return undefined
    value = (value << 5) | index
    bits += 5
    if (bits >= 8) {
      bytes.push((value >>> (bits - 8)) & 255)
      bits -= 8
    }
    value &= (1 << bits) - 1
  }
  const decoded = Uint8Array.from(bytes)
  return base32(decoded) === text ? decoded : undefined
}

const sealBytes = 16

/** The length of a seal in characters: 128 bits. */
export const sealLength = 26

const digest = (signer: Signer, secret: string, purpose: string, subject: string): Buffer =>
  // JSON keeps the fields apart: no workspace name can be chosen so that it reads as another account.
  createHmac('sha256', secret)
    .update(JSON.stringify([purpose, signer.workspace, signer.account, subject]))
    .digest()
    .subarray(0, sealBytes)

/** HMAC-SHA-256 of a subject for one purpose, cut to 128 bits, as 26 characters. */
export const seal = (signer: Signer, purpose: string, subject: string): string =>
  base32(digest(signer, signer.secret, purpose, subject))

/** Whether this account sealed that, with its secret or one it had before. Takes the same time whatever differs. */
export const holds = (signer: Signer, purpose: string, subject: string, given: string): boolean => {
  const bytes = given.length === sealLength ? fromBase32(given) : undefined
  if (bytes === undefined || bytes.length !== sealBytes) return false
  return [signer.secret, ...(signer.previousSecrets ?? [])].some((secret) =>
    timingSafeEqual(digest(signer, secret, purpose, subject), bytes),
  )
}
