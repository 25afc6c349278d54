import {
  type Condition,
  type ConditionParams,
  conversationColumns,
  type ConversationValues,
  memoised,
  positional,
  written,
} from '@guichet/storage-sql'
import { sql } from 'kysely'
import type { ArrayParameter } from '../arrays.ts'
import { listOf } from '../columns.ts'
import { zeroInThisVersion } from '../version.ts'
import { met, places, shapeOf, type Way, type WayParams } from './ways.ts'

const shapesOf = (ways: ReadonlyArray<Way>): string => ways.map(shapeOf).join(', ')

export type ListedValues = readonly [id: string, read: number | null, ...ConversationValues]

/** A page, with how much a reader has read of each. */
export const page = memoised(shapesOf, (ways: ReadonlyArray<Way>) =>
  positional<ListedValues>()(
    written<WayParams & { readonly reader: string }>()(
      (p) => sql`
        select p.id, r.read, ${listOf('c', conversationColumns)}
        from (${places(ways, p)}) as p
        cross join lateral (select * from guichet.conversation c where c.ws = ${p.ws} and c.id = p.id offset 0) c
        left join lateral (
          select r.read from guichet.read_mark r where r.ws = ${p.ws} and r.agent = ${p.reader} and r.conv = p.id offset 0
        ) r on true
        order by p.last_activity desc, p.id desc`,
    ),
  ),
)

export const total = memoised(shapesOf, (ways: ReadonlyArray<Way>) =>
  written<WayParams, { readonly n: number }>()(
    (p) => sql`select count(*)::integer as n from (${places(ways, p)}) as p`,
  ),
)

type MarkReadParams = ConditionParams<ArrayParameter> & {
  readonly statuses: ArrayParameter
  readonly agent: string
  readonly left: number
  readonly id: Buffer
}

interface MarkReadShape {
  readonly one: boolean
  readonly conditions: ReadonlyArray<Condition>
}

/** Sets how much an agent has read in everything that meets the conditions; in order, so that two do not wait in a ring. */
export const markReadIn = memoised(
  ({ one, conditions }: MarkReadShape) => `${one ? 'one' : 'every'} ${conditions.join(' ')}`,
  ({ one, conditions }: MarkReadShape) =>
    written<MarkReadParams>()(
      (p) => sql`
        insert into guichet.read_mark as r (ws, agent, conv, read)
        select ${p.ws}::integer, ${p.agent}, c.id, greatest(0, c.inbound - ${p.left}::bigint) + ${zeroInThisVersion}
        from guichet.conversation c
        where c.ws = ${p.ws} and c.deleted = 0
          and ${one ? sql`c.id = ${p.id}` : sql`c.status = any(${p.statuses}::smallint[])`}
          and ${met(conditions, p)}
        order by c.id
        on conflict (ws, agent, conv) do update set read = excluded.read where r.read <> excluded.read`,
    ),
)
