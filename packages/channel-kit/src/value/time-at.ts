import type { Step } from './field.ts'
import { numberAt } from './values.ts'

/** The first number that can only be milliseconds: as seconds it would be the year 5138. */
const milliseconds = 100_000_000_000

/** The latest that a time can be (ECMA-262, 21.4.1.1). */
const latest = 8_640_000_000_000_000

/**
 * The time at a path, in whole epoch milliseconds: providers write seconds or milliseconds, as a number or as a text of
 * digits, and at times both in one webhook. Undefined where there is none, and for what no clock can have shown: 0, what
 * is negative, and what is beyond the latest time there is.
 *
 * @example
 * ```ts
 * import { timeAt } from '@guichet/channel-kit'
 *
 * const event: unknown = { timestamp: '1749416383', watermark: 1749416383123, expires: -1 }
 * console.log(timeAt(event, 'timestamp'), timeAt(event, 'watermark'), timeAt(event, 'expires'))
 * ```
 *
 * ```text
 * 1749416383000 1749416383123 undefined
 * ```
 */
export const timeAt = (value: unknown, ...path: ReadonlyArray<Step>): number | undefined => {
  const said = numberAt(value, ...path)
  if (said === undefined || said <= 0) return undefined
  const time = Math.round(said < milliseconds ? said * 1000 : said)
  return time > 0 && time <= latest ? time : undefined
}
