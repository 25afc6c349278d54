import { textAt as anyTextAt, field } from '@guichet/channel-kit'

/** A record of what was sent; an empty one for anything else. */
export const recordAt = (value: unknown, ...path: ReadonlyArray<string>): Readonly<Record<string, unknown>> => {
  const found = field(value, ...path)
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as Readonly<Record<string, unknown>>)
    : {}
}

/** A text at a path; undefined when there is none, or an empty one: to these providers a field left empty is missing. */
export const textAt = (value: unknown, ...path: ReadonlyArray<string>): string | undefined =>
  anyTextAt(value, ...path) || undefined
