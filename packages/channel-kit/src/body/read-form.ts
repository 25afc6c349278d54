const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Reads a body as `application/x-www-form-urlencoded`, or the query of a URL (with its `?` or without). It keeps repeated
 * names and the order of all of them, and never throws: what is not UTF-8 comes as U+FFFD, a `%` that escapes nothing as
 * itself (WHATWG URL, 5.1).
 *
 * @example
 * ```ts
 * import { readForm } from '@guichet/channel-kit'
 *
 * const form = readForm(new TextEncoder().encode('Body=caf%C3%A9+%26+th%C3%A9&MediaUrl=1&MediaUrl=2'))
 * console.log(form.get('Body'), form.getAll('MediaUrl'))
 * ```
 *
 * ```text
 * café & thé [ '1', '2' ]
 * ```
 */
export const readForm = (form: Uint8Array | string): URLSearchParams => {
  if (typeof form === 'string') return new URLSearchParams(form)
  // A body has no question mark to lose: one that it begins with belongs to the first name.
  return new URLSearchParams(`&${utf8.decode(form)}`)
}
