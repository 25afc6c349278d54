import type { Changeset, CommitResult, CounterDelta } from '@guichet/engine/ports'
import { apply, type Writer } from './apply.ts'
import type { Connection } from './connection.ts'

const conflict: CommitResult = { _tag: 'Conflict' }

/** Counters of a commit, added up: sixty messages of one workspace change a row once. */
const summing = (connection: Connection) => {
  const sums = new Map<string, { readonly ws: number; readonly scope: string; readonly bucket: string; n: number }>()
  return {
    count: (ws: number, { scope, bucket, by }: CounterDelta): void => {
      const key = `${ws}\n${scope}\n${bucket}`
      const sum = sums.get(key)
      if (sum === undefined) sums.set(key, { ws, scope, bucket, n: by })
      else sum.n += by
    },
    write: (): void => {
      for (const sum of sums.values()) if (sum.n !== 0) connection.sql.count.run(sum)
    },
  }
}

const writer = (connection: Connection, count: Writer['count']): Writer => ({
  connection,
  count,
  position: connection.sql.position.get({})?.pos ?? 0,
  touched: false,
})

const committed = ({ position }: Writer): CommitResult => ({ _tag: 'Committed', position })

/** Expects no conflict; undefined when one came after part of its changeset was written. */
const together = (
  connection: Connection,
  changesets: ReadonlyArray<Changeset>,
): ReadonlyArray<CommitResult> | undefined => {
  const { count, write } = summing(connection)
  const to = writer(connection, count)
  const results: CommitResult[] = []
  for (const changeset of changesets) {
    to.touched = false
    if (apply(to, changeset)) results.push(committed(to))
    else if (to.touched) return undefined
    else results.push(conflict)
  }
  write()
  return results
}

/** Each can be undone without the others. */
const oneByOne = (connection: Connection, changesets: ReadonlyArray<Changeset>): ReadonlyArray<CommitResult> => {
  const to = writer(connection, (ws, { scope, bucket, by }) => connection.sql.count.run({ ws, scope, bucket, n: by }))
  return changesets.map((changeset) => {
    const { position } = to
    const result = connection.undoing(() => (apply(to, changeset) ? committed(to) : undefined))
    if (result !== undefined) return result
    to.position = position
    return conflict
  })
}

/** Stands for a transaction that is to be undone and done in another way. */
const undone = Symbol('undone')

/**
 * All changesets in one transaction. A conflict shows in a row that was not changed; most are found at a changeset's
 * first row, where there is nothing to undo.
 */
export const commit = (
  connection: Connection,
  changesets: ReadonlyArray<Changeset>,
): ReadonlyArray<CommitResult> => {
  if (changesets.length === 0) return []
  try {
    return connection.writing(() => {
      const results = together(connection, changesets)
      if (results === undefined) throw undone
      return results
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  return connection.writing(() => oneByOne(connection, changesets))
}
