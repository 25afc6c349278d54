import type { Changeset, CommitResult, CounterDelta } from '@guichet/engine/ports'
import { apply, type Writer } from './apply.ts'
import type { Connection } from './connection.ts'

interface Count {
  readonly ws: number
  readonly scope: string
  readonly bucket: string
  n: number
}

/** A counter that comes to zero leaves no row. */
const addToCounter = ({ sql }: Connection, count: Count): void => {
  if (count.n !== 0 && sql.count.get(count)?.n === 0) sql.deleteCounter.run(count)
}

const stored = ({ sql }: Connection, ws: number, scope: string, bucket: string): number =>
  sql.counter.get({ ws, scope, bucket })?.n ?? 0

const keyOf = (ws: number, scope: string, bucket: string): string => JSON.stringify([ws, scope, bucket])

/** Counters of a commit, added up: sixty messages of one workspace change a row once. */
const summing = (connection: Connection) => {
  const counts = new Map<string, Count>()
  return {
    count: (ws: number, { scope, bucket, by }: CounterDelta): void => {
      const key = keyOf(ws, scope, bucket)
      const count = counts.get(key)
      if (count === undefined) counts.set(key, { ws, scope, bucket, n: by })
      else count.n += by
    },
    sumOf: (ws: number, scope: string, bucket: string): number =>
      stored(connection, ws, scope, bucket) + (counts.get(keyOf(ws, scope, bucket))?.n ?? 0),
    write: (): void => {
      for (const count of counts.values()) addToCounter(connection, count)
    },
  }
}

const writer = (connection: Connection, { count, sumOf }: Pick<Writer, 'count' | 'sumOf'>): Writer => ({
  connection,
  count,
  sumOf,
  position: connection.sql.position.get({})?.pos ?? 0,
  touched: false,
})

/** Expects no conflict; undefined when one came after part of its changeset was written. */
const together = (
  connection: Connection,
  changesets: ReadonlyArray<Changeset>,
): ReadonlyArray<CommitResult> | undefined => {
  const sums = summing(connection)
  const to = writer(connection, sums)
  const results: CommitResult[] = []
  for (const changeset of changesets) {
    to.touched = false
    const result = apply(to, changeset)
    if (result._tag === 'Conflict' && to.touched) return undefined
    results.push(result)
  }
  sums.write()
  return results
}

/** Each can be undone without the others. */
const oneByOne = (connection: Connection, changesets: ReadonlyArray<Changeset>): ReadonlyArray<CommitResult> => {
  const to = writer(connection, {
    count: (ws, { scope, bucket, by }) => addToCounter(connection, { ws, scope, bucket, n: by }),
    sumOf: (ws, scope, bucket) => stored(connection, ws, scope, bucket),
  })
  return changesets.map((changeset) => {
    const { position } = to
    const result = connection.undoing(
      () => apply(to, changeset),
      ({ _tag }) => _tag === 'Conflict',
    )
    if (result._tag === 'Conflict') to.position = position
    return result
  })
}

/** Stands for a transaction that is to be undone and done in another way. */
const undone = Symbol('undone')

/**
 * All changesets in one transaction. A conflict shows in a row that was not changed; most are found at a changeset's
 * first row, where there is nothing to undo.
 */
export const commit = (connection: Connection, changesets: ReadonlyArray<Changeset>): ReadonlyArray<CommitResult> => {
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
