import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const key = randomBytes(32)

/** UTF-16, because UTF-8 makes one of all lone surrogates. */
const digest = (text: string): Buffer => createHmac('sha256', key).update(Buffer.from(text, 'utf16le')).digest()

/**
 * Whether two texts are the same, in a time that tells nothing of where they differ. They may be of any length: what is
 * compared are digests under a key that this process alone knows. Use it for tokens, passwords and signatures.
 *
 * @example
 * ```ts
 * import { sameText } from '@guichet/channel-kit'
 *
 * console.log(sameText('a token', 'a token'), sameText('a token', 'another'))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))
