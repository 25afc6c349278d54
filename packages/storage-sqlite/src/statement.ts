import { type Template, wellFormed } from '@guichet/storage-sql'
import type { Database } from 'better-sqlite3'

/** Mutable counts behind `stats`. */
export interface Counts {
  statements: number
  commits: number
  rows: number
}

/** A template as a prepared statement. */
export interface Bound<Params, Row> {
  /** How many rows it changed. */
  readonly run: (params: Params) => number
  readonly get: (params: Params) => Row | undefined
  readonly all: (params: Params) => ReadonlyArray<Row>
}

export const bind = <Params, Row>(
  db: Database,
  { sql, order, positional }: Template<Params, Row>,
  counts: Counts,
): Bound<Params, Row> => {
  const statement = db.prepare<unknown[], Row>(sql)
  if (positional) statement.raw()
  const values = (params: Params): unknown[] =>
    order.map((name) => {
      const value = params[name]
      return typeof value === 'string' ? wellFormed(value) : value
    })
  return {
    run: (params) => {
      counts.statements += 1
      const { changes } = statement.run(values(params))
      counts.rows += changes
      return changes
    },
    get: (params) => {
      counts.statements += 1
      const row = statement.get(values(params))
      if (row !== undefined) counts.rows += 1
      return row
    },
    all: (params) => {
      counts.statements += 1
      const rows = statement.all(values(params))
      counts.rows += rows.length
      return rows
    },
  }
}

type Templates = Readonly<Record<string, Template<never, unknown>>>

export type BoundAll<Group extends Templates> = {
  readonly [Name in keyof Group]: Group[Name] extends Template<infer Params, infer Row> ? Bound<Params, Row> : never
}

export const bindAll = <Group extends Templates>(db: Database, group: Group, counts: Counts): BoundAll<Group> =>
  Object.fromEntries(
    Object.entries(group).map(([name, template]) => [name, bind(db, template as Template<object, unknown>, counts)]),
  ) as unknown as BoundAll<Group>
