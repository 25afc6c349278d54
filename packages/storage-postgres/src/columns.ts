import { type RawBuilder, sql } from 'kysely'
import type { ArrayParameter } from './arrays.ts'

/** Columns with their types, as they come in arrays. */
export type Columns = Readonly<Record<string, 'bytea' | 'text' | 'integer' | 'bigint' | 'smallint' | 'jsonb'>>

/** One array for each column. */
export type Arrays<Of extends Columns> = { readonly [Name in keyof Of]: ArrayParameter }

/** `a, b, c`. */
export const names = (columns: Columns): RawBuilder<unknown> => sql.raw(Object.keys(columns).join(', '))

/** `t.a, t.b, t.c`. */
export const listOf = (alias: string, columns: ReadonlyArray<string>): RawBuilder<unknown> =>
  sql.raw(columns.map((column) => `${alias}.${column}`).join(', '))

/** The same, of columns with their types. */
export const namesOf = (alias: string, columns: Columns): RawBuilder<unknown> => listOf(alias, Object.keys(columns))

/** `a = t.a, b = t.b, c = t.c`. */
export const assignments = (columns: Columns, from: string): RawBuilder<unknown> =>
  sql.raw(
    Object.keys(columns)
      .map((name) => `${name} = ${from}.${name}`)
      .join(', '),
  )

/** Rows made of arrays, as a table called `i`. */
export const rows = <Of extends Columns>(columns: Of, p: Arrays<Of>): RawBuilder<unknown> =>
  sql`unnest(${sql.join(
    Object.entries(columns).map(([name, type]) => sql`${p[name as keyof Of]}::${sql.raw(type)}[]`),
  )}) as i(${names(columns)})`

/** The same, numbered from 1 in the column `ord`. */
export const numberedRows = <Of extends Columns>(columns: Of, p: Arrays<Of>): RawBuilder<unknown> =>
  sql`unnest(${sql.join(
    Object.entries(columns).map(([name, type]) => sql`${p[name as keyof Of]}::${sql.raw(type)}[]`),
  )}) with ordinality as i(${names(columns)}, ord)`

/**
 * Fails unless a condition holds, and with it the transaction. There is no statement for that; a division by zero is told
 * apart from everything else that may go wrong.
 */
export const must = (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`1 / (case when ${condition} then 1 else 0 end)`
