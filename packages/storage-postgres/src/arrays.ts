import pg from 'pg'
import { encodeKey } from './keys.ts'
import { toText } from './text.ts'

/** A column of rows as one parameter; pg would take any other string or bytes for a value of its own. */
export class ArrayParameter {
  readonly wire: string | Buffer
  constructor(wire: string | Buffer) {
    this.wire = wire
  }
}

const { TEXT, BYTEA, JSONB } = pg.types.builtins
/** Dimensions, whether there are nulls, the type; and of the one dimension its size and where it begins. */
const emptyHeader = 12
const header = 20
const lengthSize = 4
const absent = -1

/** As the server keeps an array: nothing has to be quoted here and read there, which is half the cost of a batch. */
const arrayOf = (type: number, items: ReadonlyArray<string | Buffer | null>): ArrayParameter => {
  let size = items.length === 0 ? emptyHeader : header
  for (const item of items) size += lengthSize + (item === null ? 0 : Buffer.byteLength(item))
  const wire = Buffer.allocUnsafe(size)
  wire.writeInt32BE(items.length === 0 ? 0 : 1, 0)
  wire.writeInt32BE(items.includes(null) ? 1 : 0, 4)
  wire.writeInt32BE(type, 8)
  if (items.length === 0) return new ArrayParameter(wire)
  wire.writeInt32BE(items.length, 12)
  wire.writeInt32BE(1, 16)
  let at = header
  for (const item of items) {
    const from = at + lengthSize
    const length = item === null ? 0 : typeof item === 'string' ? wire.write(item, from) : item.copy(wire, from)
    wire.writeInt32BE(item === null ? absent : length, at)
    at = from + length
  }
  return new ArrayParameter(wire)
}

/** For `text[]`. */
export const texts = (rows: ReadonlyArray<string | null>): ArrayParameter =>
  arrayOf(
    TEXT,
    rows.map((row) => (row === null ? null : toText(row))),
  )

/** Ids, for `bytea[]`. */
export const keys = (rows: ReadonlyArray<string | null>): ArrayParameter =>
  arrayOf(
    BYTEA,
    rows.map((row) => (row === null ? null : encodeKey(row))),
  )

/** What stands before a `jsonb` that comes as a text. */
const jsonbVersion = '\u0001'

/** Texts in JSON, for `jsonb[]`. */
export const jsons = (rows: ReadonlyArray<string>): ArrayParameter =>
  arrayOf(
    JSONB,
    rows.map((row) => jsonbVersion + toText(row)),
  )

/** For `int[]`, `bigint[]` and `smallint[]`, whose sizes differ: in the notation that they share. */
export const numbers = (rows: ReadonlyArray<number | null>): ArrayParameter =>
  new ArrayParameter(`{${rows.map(String)}}`)
