import type { Template } from '@guichet/storage-sql'
import type { Database } from 'better-sqlite3'

/** Mutable counts behind `stats`. */
export interface Counts {
  statements: number
  commits: number
  rows: number
}

/** Part of the language since ES2024, and of Node since version 20. */
interface UnicodeText {
  readonly isWellFormed: () => boolean
  readonly toWellFormed: () => string
}

/** Databases keep Unicode text: half of a surrogate pair becomes the replacement character, also in keys. */
export const wellFormed = (text: string): string => {
  const unicode = text as unknown as UnicodeText
  return unicode.isWellFormed() ? text : unicode.toWellFormed()
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
  { sql, order }: Template<Params, Row>,
  counts: Counts,
): Bound<Params, Row> => {
  const statement = db.prepare<unknown[], Row>(sql)
  const values = (params: Params): unknown[] => {
    const list = new Array<unknown>(order.length)
    for (let at = 0; at < order.length; at += 1) {
      const value = params[order[at] as keyof Params]
      list[at] = typeof value === 'string' ? wellFormed(value) : value
    }
    return list
  }
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
