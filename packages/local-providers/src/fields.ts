import { textAt as anyTextAt, field, type Step } from '@guichet/channel-kit'

/** The record at a path; an empty one where there is anything else. */
export const recordAt = (value: unknown, ...path: ReadonlyArray<Step>): Readonly<Record<string, unknown>> => {
  const found = field(value, ...path)
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as Readonly<Record<string, unknown>>)
    : {}
}

/** The text at a path; undefined when there is none, or an empty one: to these providers a field left empty is missing. */
export const textAt = (value: unknown, ...path: ReadonlyArray<Step>): string | undefined =>
  anyTextAt(value, ...path) || undefined
