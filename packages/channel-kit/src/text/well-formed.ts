/**
 * A text that UTF-8 can write: each half of a surrogate pair without its other half becomes U+FFFD. A provider may refuse
 * a whole message for one.
 *
 * @example
 * ```ts
 * import { wellFormed } from '@guichet/channel-kit'
 *
 * console.log(wellFormed('Half a \ud83d, a whole 😀') === 'Half a \ufffd, a whole 😀')
 * ```
 *
 * ```text
 * true
 * ```
 */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')
