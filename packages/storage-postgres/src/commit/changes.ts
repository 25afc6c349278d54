import type { Changeset } from '@guichet/engine/ports'
import type { Connection } from '../connection.ts'
import type { Call } from '../statement.ts'

/** One changeset on its way to statements. */
export interface Changes extends Pick<Connection, 'statement' | 'leaseClock'> {
  readonly ws: number
  readonly changeset: Changeset
}

/** What a part of a changeset is written with, in order. Each sees what those before it did. */
export type Part = (changes: Changes) => ReadonlyArray<Call<unknown>>

/** The last of those that have the same key, where the first of them stood. */
export const lastOf = <Row>(rows: ReadonlyArray<Row>, keyOf: (row: Row) => string): ReadonlyArray<Row> =>
  rows.length < 2 ? rows : [...new Map(rows.map((row) => [keyOf(row), row])).values()]
