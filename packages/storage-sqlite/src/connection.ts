import { statements, type Template, wellFormed } from '@guichet/storage-sql'
import type { Database } from 'better-sqlite3'
import { refusal } from './migrate.ts'
import { bind, type Bound, bindAll, type BoundAll, type Counts } from './statement.ts'

/** An open file with its tables in place: every statement prepared, and what is known about workspaces. */
export interface Connection {
  readonly db: Database
  readonly sql: BoundAll<typeof statements>
  /** A template whose shape depends on the query; prepared when it is first used. */
  readonly shaped: <Params, Row>(template: Template<Params, Row>) => Bound<Params, Row>
  /** All inside sees one state of the file. */
  readonly reading: <A>(read: () => A) => A
  /** One durable transaction: all or nothing. Takes the write lock at once, so that nothing read goes stale. */
  readonly writing: <A>(write: () => A) => A
  /** Undoes what `attempt` did when its answer says that it failed. */
  readonly undoing: <A>(attempt: () => A, failed: (answer: A) => boolean) => A
  readonly workspaces: {
    readonly find: (name: string) => number | undefined
    readonly findOrInsert: (name: string) => number
    readonly name: (ws: number) => string
  }
}

export const connect = (db: Database, counts: Counts): Connection => {
  const sql = bindAll(db, statements, counts)
  const begin = db.prepare('begin')
  const beginImmediate = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')
  const version = db.prepare<[], number>('pragma user_version').pluck()
  const savepoint = db.prepare('savepoint attempt')
  const rollbackTo = db.prepare('rollback to attempt')
  const release = db.prepare('release attempt')

  const numbers = new Map<string, number>()
  const names = new Map<number, string>()
  /** Workspaces of a transaction that may still be undone. */
  let unsure: string[] = []
  const forgetSince = (length: number): void => {
    for (const name of unsure.splice(length)) {
      names.delete(numbers.get(name) as number)
      numbers.delete(name)
    }
  }
  const remember = ({ id, name }: { readonly id: number; readonly name: string }): number => {
    numbers.set(name, id)
    names.set(id, name)
    return id
  }
  const find = (given: string): number | undefined => {
    const name = wellFormed(given)
    const known = numbers.get(name)
    if (known !== undefined) return known
    const row = sql.workspaceNamed.get({ name })
    return row === undefined ? undefined : remember(row)
  }

  const transaction = <A>(start: typeof begin, run: () => A): A => {
    start.run()
    try {
      // A newer library may have changed the tables since they were opened: what it expects of them is not known here.
      const refused = refusal(db.name, version.get() ?? 0)
      if (refused !== undefined) throw refused
      const result = run()
      commit.run()
      unsure = []
      return result
    } catch (error) {
      // A full disk may already have ended the transaction; a failing rollback must not hide why.
      if (db.inTransaction) {
        try {
          rollback.run()
        } catch {
          // Nothing was committed: SQLite rolls back when the file is next opened.
        }
      }
      forgetSince(0)
      throw error
    }
  }

  const shaped = new Map<Template<never, unknown>, Bound<never, unknown>>()

  return {
    db,
    sql,
    shaped: <Params, Row>(template: Template<Params, Row>) => {
      const found = shaped.get(template) as Bound<Params, Row> | undefined
      if (found !== undefined) return found
      const bound = bind(db, template, counts)
      shaped.set(template, bound as Bound<never, unknown>)
      return bound
    },
    reading: (read) => transaction(begin, read),
    writing: (write) => transaction(beginImmediate, write),
    undoing: (attempt, failed) => {
      const before = unsure.length
      savepoint.run()
      const answer = attempt()
      if (failed(answer)) {
        rollbackTo.run()
        forgetSince(before)
      }
      release.run()
      return answer
    },
    workspaces: {
      find,
      findOrInsert: (given) => {
        const name = wellFormed(given)
        const known = find(name)
        if (known !== undefined) return known
        sql.insertWorkspace.run({ name })
        unsure.push(name)
        return find(name) as number
      },
      name: (ws) => {
        const known = names.get(ws)
        if (known !== undefined) return known
        const row = sql.workspaceById.get({ id: ws })
        if (row === undefined) throw new Error(`there is no workspace ${ws}`)
        remember(row)
        return row.name
      },
    },
  }
}
