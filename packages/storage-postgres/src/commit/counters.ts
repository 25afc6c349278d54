import type { Changeset } from '@guichet/engine/ports'
import { written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { numbers, texts } from '../arrays.ts'
import { type Arrays, type Columns, must, rows } from '../columns.ts'
import type { InWorkspace } from '../statement.ts'
import type { Part } from './changes.ts'

const deltas = { scope: 'text', bucket: 'text', n: 'bigint' } as const satisfies Columns
const limits = { ...deltas, at_most: 'bigint' } as const satisfies Columns

/** A counter that comes to zero stays as a row: the next change finds it. */
const count = written<InWorkspace & Arrays<typeof deltas>>()(
  (p) => sql`
    insert into guichet.counter as c (ws, scope, bucket, n)
    select ${p.ws}::integer, i.scope, i.bucket, i.n from ${rows(deltas, p)}
    on conflict (ws, scope, bucket) do update set n = c.n + excluded.n`,
)

const keepWithin = written<InWorkspace & Arrays<typeof limits>>()(
  (p) => sql`
    select ${must(sql`not exists (
      select from ${rows(limits, p)}
      left join guichet.counter c on c.ws = ${p.ws} and c.scope = i.scope and c.bucket = i.bucket
      where coalesce(c.n, 0) + i.n > i.at_most
    )`)}`,
)

const keyOf = (scope: string, bucket: string): string => JSON.stringify([scope, bucket])

/** Each counter once, with all that is added to it. */
const summed = (counters: Changeset['counters']) => {
  const sums = new Map<string, { readonly scope: string; readonly bucket: string; n: number }>()
  for (const { scope, bucket, by } of counters) {
    const key = keyOf(scope, bucket)
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { scope, bucket, n: by })
    else sum.n += by
  }
  return sums
}

/** Asked before anything is written. */
export const limitCalls: Part = ({ ws, changeset, statement }) => {
  if (changeset.limits.length === 0) return []
  const sums = summed(changeset.counters)
  return [
    statement(keepWithin)({
      ws,
      scope: texts(changeset.limits.map(({ scope }) => scope)),
      bucket: texts(changeset.limits.map(({ bucket }) => bucket)),
      n: numbers(changeset.limits.map(({ scope, bucket }) => sums.get(keyOf(scope, bucket))?.n ?? 0)),
      at_most: numbers(changeset.limits.map(({ atMost }) => atMost)),
    }),
  ]
}

export const counterCalls: Part = ({ ws, changeset, statement }) => {
  const sums = [...summed(changeset.counters).values()].filter(({ n }) => n !== 0)
  return sums.length === 0
    ? []
    : [
        statement(count)({
          ws,
          scope: texts(sums.map(({ scope }) => scope)),
          bucket: texts(sums.map(({ bucket }) => bucket)),
          n: numbers(sums.map(({ n }) => n)),
        }),
      ]
}
