import pg from 'pg'
import { decodeKey } from './keys.ts'
import { fromText } from './text.ts'

type Reader = (written: string) => unknown

/**
 * Columns come as the rows of the port have them: numbers, which are all below 2^53, ids and texts. Bytes that are no id
 * are therefore asked for as `encode(…, 'hex')`.
 */
const readers: Readonly<Record<number, Reader>> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.BYTEA]: decodeKey,
  [pg.types.builtins.TEXT]: fromText,
}

const readerOf = (type: number): Reader => readers[type] ?? pg.types.getTypeParser(type, 'text')

/** What the rows of a statement are made of. The server tells it where it is asked to; it stays while a statement is known. */
export interface Shape {
  readonly columns: ReadonlyArray<{ readonly name: string; readonly read: Reader }>
}

/** That of a statement which answers with no rows. */
export const noRows: Shape = { columns: [] }

/** From the server's description. */
export const shapeOf = (fields: ReadonlyArray<{ readonly name: string; readonly dataTypeID: number }>): Shape => ({
  columns: fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID) })),
})

type Written = ReadonlyArray<string | null>

/** A row as the server has written it: its values alone, or under the names of their columns. */
export const readRow = ({ columns }: Shape, written: Written, alone: boolean): unknown => {
  const value = (at: number, read: Reader): unknown => {
    const text = written[at]
    return text === null || text === undefined ? null : read(text)
  }
  if (alone) return columns.map(({ read }, at) => value(at, read))
  const row: Record<string, unknown> = {}
  columns.forEach(({ name, read }, at) => {
    row[name] = value(at, read)
  })
  return row
}
