import { encodeKey } from './keys.ts'
import { toText } from './text.ts'

/** A column of rows as one parameter, in PostgreSQL's own notation; pg would take any other string for a text. */
export class ArrayParameter {
  readonly literal: string
  constructor(literal: string) {
    this.literal = literal
  }
}

const special = /["\\]/
const specials = /["\\]/g

const quoted = (text: string): string => {
  const stored = toText(text)
  return `"${special.test(stored) ? stored.replace(specials, '\\$&') : stored}"`
}

const arrayOf = <A>(rows: ReadonlyArray<A>, write: (row: A) => string): ArrayParameter => {
  let literal = '{'
  for (let at = 0; at < rows.length; at += 1) literal += (at === 0 ? '' : ',') + write(rows[at] as A)
  return new ArrayParameter(`${literal}}`)
}

/** For `text[]`. */
export const texts = (rows: ReadonlyArray<string | null>): ArrayParameter =>
  arrayOf(rows, (row) => (row === null ? 'null' : quoted(row)))

/** For `int[]` and `bigint[]`. */
export const numbers = (rows: ReadonlyArray<number | null>): ArrayParameter => arrayOf(rows, String)

/** Ids, for `bytea[]`. */
export const keys = (rows: ReadonlyArray<string | null>): ArrayParameter =>
  arrayOf(rows, (row) => (row === null ? 'null' : `"\\\\x${encodeKey(row).toString('hex')}"`))
