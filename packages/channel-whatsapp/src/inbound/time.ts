import { numberAt, type Step } from '@guichet/channel-kit'

/** The first number that can only be milliseconds: as seconds it would be the year 5138. */
const milliseconds = 100_000_000_000

/** The latest that a time can be (ECMA-262, 21.4.1.1). */
const latest = 8_640_000_000_000_000

/** A time of the provider at a path, in epoch milliseconds: it writes seconds, as a text in messages, else as a number. */
export const timeAt = (value: unknown, ...path: ReadonlyArray<Step>): number | undefined => {
  const said = numberAt(value, ...path)
  if (said === undefined || said <= 0) return undefined
  const time = Math.round(said < milliseconds ? said * 1000 : said)
  return time <= latest ? time : undefined
}
