/** A day: nothing is worth waiting for longer, whatever a header says. */
const atMost = 86_400_000

const seconds = /^\d+(?:\.\d+)?$/
/** The three forms of RFC 9110, 5.6.7: all of them begin with a day, and the oldest does not say that it is in GMT. */
const date = /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/

/**
 * For how long a provider asks to be left alone (RFC 9110, 10.2.3), in milliseconds: from `Retry-After` in seconds or as a
 * date, which is counted from `now` (epoch milliseconds). At least 0 and at most a day; undefined when it says nothing,
 * or nothing that can be read. Header names are in lower case.
 *
 * @example
 * ```ts
 * import { retryAfterMs } from '@guichet/channel-kit'
 *
 * const now = Date.UTC(2026, 10, 22, 12, 0, 0)
 * console.log(retryAfterMs({ 'retry-after': '30' }, now))
 * console.log(retryAfterMs({ 'retry-after': 'Sun, 22 Nov 2026 12:02:00 GMT' }, now))
 * console.log(retryAfterMs({}, now))
 * ```
 *
 * ```text
 * 30000
 * 120000
 * undefined
 * ```
 */
export const retryAfterMs = (headers: Readonly<Record<string, string>>, now: number): number | undefined => {
  const said = Object.hasOwn(headers, 'retry-after') ? headers['retry-after']?.trim() : undefined
  if (said === undefined) return undefined
  const wait = seconds.test(said) ? Number(said) * 1000 : date.test(said) ? instant(said) - now : Number.NaN
  return Number.isNaN(wait) ? undefined : Math.ceil(Math.min(Math.max(wait, 0), atMost))
}

const instant = (said: string): number => Date.parse(said.endsWith('GMT') ? said : `${said} GMT`)
