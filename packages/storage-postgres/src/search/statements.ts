import {
  type Condition,
  type ConditionParams,
  conversationColumns,
  entryColumns,
  entryKinds,
  type HitValues,
  memoised,
  positional,
  written,
} from '@guichet/storage-sql'
import { type RawBuilder, sql } from 'kysely'
import type { ArrayParameter } from '../arrays.ts'
import { listOf } from '../columns.ts'
import { met } from '../list/ways.ts'
import { zeroInThisVersion } from '../version.ts'
import { secondWalk } from './lexemes.ts'

/** Where the index and the stream of a workspace stand, and entries between that say something; one row without any. */
export interface BacklogRow {
  readonly mark: number
  readonly head: number
  readonly pos: number | null
  readonly body: string | null
}

/** Lines about something else than a conversation are not searched. */
const record = sql.lit(entryKinds.encode('record'))

export const backlog = written<{ readonly ws: number; readonly limit: number }, BacklogRow>()(
  (p) => sql`
    select m.mark, m.head, e.pos, e.body
    from (select
      coalesce((select pos from guichet.search_mark where ws = ${p.ws}), 0) as mark,
      coalesce((select pos from guichet.stream_head where ws = ${p.ws}), 0) as head
    ) m
    left join lateral (
      select pos, body from guichet.entry
      where ws = ${p.ws} and pos > m.mark and body is not null and kind <> ${record}
      order by pos limit ${p.limit}
    ) e on true
    order by e.pos`,
)

interface IndexParams {
  readonly ws: number
  readonly from: number
  readonly to: number
  readonly positions: ArrayParameter
  readonly vectors: ArrayParameter
}

/**
 * Takes entries in and moves the mark, unless another process has moved it meanwhile. What is being erased is waited for
 * and left out, and what is taken in here is erased after it.
 */
export const takeIn = written<IndexParams, { readonly moved: number }>()(
  (p) => sql`
    with moved as (
      insert into guichet.search_mark as m (ws, pos) values (${p.ws}, ${p.to}::bigint + ${zeroInThisVersion})
      on conflict (ws) do update set pos = excluded.pos where m.pos = ${p.from}
      returning ws
    ),
    put as (
      insert into guichet.search (ws, pos, words)
      select moved.ws, v.pos, v.words::tsvector
      from moved
      cross join unnest(${p.positions}::bigint[], ${p.vectors}::text[]) as v(pos, words)
      join guichet.entry e on e.ws = ${p.ws} and e.pos = v.pos
      where e.body is not null
      for share of e
      on conflict do nothing
    )
    select count(*)::integer as moved from moved`,
)

/** Workspaces with more in their stream than in the index. */
export const lagging = written<object, { readonly ws: number }>()(
  () => sql`
    select h.ws from guichet.stream_head h left join guichet.search_mark m on m.ws = h.ws
    where h.pos > coalesce(m.pos, 0)`,
)

export interface SearchParams extends ConditionParams<ArrayParameter> {
  /** One of each for each window. */
  readonly matches: ArrayParameter
  readonly starts: ArrayParameter
  readonly ends: ArrayParameter
  readonly limit: number
}

interface SearchShape {
  readonly windows: number
  readonly conditions: ReadonlyArray<Condition>
}

/**
 * What a window asks for: of the arrays, the values of this window. The words are kept from the planner: where it knows
 * them to be common it would rather read the whole table, and they are rare in a window.
 */
const windowOf = (p: SearchParams, at: number) => {
  const nth = sql.lit(at + 1)
  return {
    match: sql`(select (${p.matches}::text[])[${nth}]::tsquery)`,
    from: sql`(${p.starts}::bigint[])[${nth}]`,
    before: sql`(${p.ends}::bigint[])[${nth}]`,
  }
}

/** Hits of a window, walking down the stream: costs as much as it passes, however common the words are everywhere. */
const walked = (p: SearchParams, at: number): RawBuilder<unknown> => {
  const { match, from, before } = windowOf(p, at)
  return sql`
    select s.pos from (
      select s.pos, s.words from guichet.search s
      where s.ws = ${p.ws} and s.pos >= ${from} and s.pos < ${before} order by s.pos desc offset 0
    ) s
    where s.words @@ ${match} order by s.pos desc offset 0`
}

/** Hits of a window, found by their words: costs as much as there are everywhere of words with the last one's beginning. */
const found = (p: SearchParams, at: number): RawBuilder<unknown> => {
  const { match, from, before } = windowOf(p, at)
  return sql`
    select s.pos from (select s.ws, s.pos from guichet.search s where s.words @@ ${match} offset 0) s
    where s.ws = ${p.ws} and s.pos >= ${from} and s.pos < ${before} order by s.pos desc offset 0`
}

const step = (at: number): RawBuilder<unknown> => sql.raw(`step${at}`)

const sum = (steps: number): RawBuilder<unknown> =>
  sql.join(
    Array.from({ length: steps }, (_, at) => sql`(select count(*) from ${step(at)})`),
    sql` + `,
  )

/** Whether the first window has had enough of a page for a walk through the second one to find the rest of it. */
const promising = (p: SearchParams): RawBuilder<unknown> =>
  sql`(select count(*) from ${step(0)}) * ${sql.lit(secondWalk)} >= ${p.limit}`

/** How a window is gone through, and when. */
interface Step {
  readonly hits: RawBuilder<unknown>
  readonly when: RawBuilder<unknown>
}

/** The first window is walked, the second one walked or asked for by the words, and what lies below asked for by them. */
const stepsOf = (windows: number, p: SearchParams): ReadonlyArray<Step> => {
  const further = Array.from({ length: windows - 1 }, (_, at) => at + 1)
  return [
    { hits: walked(p, 0), when: sql`true` },
    ...further.flatMap((at) =>
      at === 1
        ? [
            { hits: walked(p, at), when: promising(p) },
            { hits: found(p, at), when: sql`not (${promising(p)})` },
          ]
        : [{ hits: found(p, at), when: sql`true` }],
    ),
  ]
}

/** One window after the other, each only while hits are missing. */
const stepwise = (
  steps: ReadonlyArray<Step>,
  conditions: ReadonlyArray<Condition>,
  p: SearchParams,
): RawBuilder<unknown> =>
  sql.join(
    steps.map(
      ({ hits: inWindow, when }, at) => sql`${step(at)} as materialized (
        select h.pos from (${inWindow}) h
        cross join lateral (
          select e.conv from guichet.entry e where e.ws = ${p.ws} and e.pos = h.pos and e.body is not null offset 0
        ) e
        cross join lateral (
          select * from guichet.conversation c where c.ws = ${p.ws} and c.id = e.conv and c.deleted = 0 offset 0
        ) c
        where ${met(conditions, p)} ${at === 0 ? sql`` : sql`and ${sum(at)} < ${p.limit} and ${when}`}
        order by h.pos desc limit ${p.limit}
      )`,
    ),
  )

/** Entries that have the words, newest first, in conversations that meet the conditions. */
export const hits = memoised(
  ({ windows, conditions }: SearchShape) => `${windows} ${conditions.join(' ')}`,
  ({ windows, conditions }: SearchShape) =>
    positional<HitValues>()(
      written<SearchParams>()((p) => {
        const steps = stepsOf(windows, p)
        return sql`
          with ${stepwise(steps, conditions, p)}
          select ${listOf('e', entryColumns)}, ${listOf('c', conversationColumns)}
          from (
            ${sql.join(
              steps.map((_, at) => sql`select pos from ${step(at)}`),
              sql` union all `,
            )}
            order by pos desc limit ${p.limit}
          ) h
          cross join lateral (select * from guichet.entry e where e.ws = ${p.ws} and e.pos = h.pos offset 0) e
          cross join lateral (select * from guichet.conversation c where c.ws = ${p.ws} and c.id = e.conv offset 0) c
          order by h.pos desc`
      }),
    ),
)
