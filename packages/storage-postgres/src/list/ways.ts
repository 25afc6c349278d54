import {
  type Condition,
  type ConditionParams,
  type Dialect,
  type Driver,
  met as metIn,
  type Scan,
} from '@guichet/storage-sql'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type ArrayParameter, keys, texts } from '../arrays.ts'

export const lists = { texts, ids: keys }

const dialect: Dialect<ArrayParameter> = {
  table: (name) => sql.raw(`guichet.${name}`),
  hasText: (list, column) => sql`${column} = any(${list}::text[])`,
  hasId: (list, column) => sql`${column} = any(${list}::bytea[])`,
  lookUp: sql`offset 0`,
}

/** Conditions on the row `c` of a conversation. */
export const met = (conditions: ReadonlyArray<Condition>, p: ConditionParams<ArrayParameter>): RawBuilder<SqlBool> =>
  metIn(dialect, conditions, p)

/** Scans that differ in nothing but their value: they are one part of a statement. */
export interface Way {
  readonly driver: Driver
  readonly facet: number
  readonly conditions: ReadonlyArray<Condition>
}

/** The values of all ways: no list has two ways of one driver. */
export interface WayParams extends ConditionParams<ArrayParameter> {
  readonly statuses: ArrayParameter
  /** The queues, and the contacts or conversations, that drive their ways. */
  readonly wayQueues: ArrayParameter
  readonly wayKeys: ArrayParameter
  readonly wayOwner: string
  readonly wayFacet: string
  readonly belowActivity: number
  readonly belowId: Buffer
  readonly downTo: number
  readonly limit: number
}

export const shapeOf = ({ driver, facet, conditions }: Way): string => `${driver}${facet} ${conditions.join(' ')}`

/** The ways of scans, and the values that their statement takes for them. */
export const waysOf = (scans: ReadonlyArray<Scan>) => {
  const ways = new Map<Driver, Way>()
  for (const { driver, facet = 0, conditions } of scans) ways.set(driver, { driver, facet, conditions })
  const unownedOf = scans.find((scan) => scan.unownedOf !== undefined)?.unownedOf
  const valueOf = (driver: Driver): string => scans.find((scan) => scan.driver === driver)?.value ?? ''
  return {
    ways: [...ways.values()],
    values: {
      wayQueues: texts(scans.flatMap(({ driver, value }) => (driver === 'queue' ? [value ?? ''] : []))),
      wayKeys: keys(scans.flatMap(({ key }) => key ?? [])),
      wayOwner: valueOf('owner'),
      wayFacet: valueOf('facet'),
      ...(unownedOf === undefined ? {} : { unownedOf: texts(unownedOf) }),
    },
  }
}

/** What drives a way, beside the status: the starting values of its scans, and what they are compared with. */
const driving = (
  { driver }: Way,
  p: WayParams,
): { readonly values: RawBuilder<unknown>; readonly is: RawBuilder<unknown> } => {
  switch (driver) {
    case 'queue':
      return { values: sql`unnest(${p.wayQueues}::text[]) as v(value)`, is: sql`c.queue = v.value` }
    case 'owner':
      return { values: sql`(select 1) as v`, is: sql`c.owner = ${p.wayOwner}` }
    case 'unowned':
      return { values: sql`(select 1) as v`, is: sql`c.owner is null` }
    default:
      return { values: sql`(select 1) as v`, is: sql`true` }
  }
}

/**
 * A condition of which the planner believes that half of the rows meet it. If it took that to be rare, it would rather
 * find everything and sort it than walk down an index until a page is full.
 */
const likely = (condition: RawBuilder<SqlBool>): RawBuilder<SqlBool> =>
  sql`case when ${condition} then true else false end`

/**
 * Walks down one index for each status and value, and no further than the limit. `offset 0` keeps the walk apart from the
 * conditions, so that none of them leads to another index; rows pass them in their order. To say that order again outside
 * would hide from the planner that few rows are enough, and it would find and sort all of them.
 */
const walk = (way: Way, p: WayParams): RawBuilder<unknown> => {
  const { values, is } = driving(way, p)
  return sql`
    select s.id, s.last_activity
    from unnest(${p.statuses}::smallint[]) as a(status) cross join ${values} cross join lateral (
      select c.id, c.last_activity from (
        select * from guichet.conversation c
        where c.ws = ${p.ws} and c.deleted = 0 and c.status = a.status and ${is}
          and (c.last_activity, c.id) < (${p.belowActivity}::bigint, ${p.belowId}::bytea) and c.last_activity >= ${p.downTo}
        order by c.last_activity desc, c.id desc offset 0
      ) c
      where ${likely(met(way.conditions, p))} limit ${p.limit}
    ) s`
}

const walkFacet = ({ facet, conditions }: Way, p: WayParams): RawBuilder<unknown> => {
  const conversationMeets = sql<SqlBool>`exists (
    select 1 from guichet.conversation c where c.ws = ${p.ws} and c.id = f.id and ${met(conditions, p)} offset 0)`
  return sql`
    select s.id, s.last_activity
    from unnest(${p.statuses}::smallint[]) as a(status) cross join lateral (
      select f.id, f.last_activity from (
        select f.conv as id, f.last_activity from guichet.facet f
        where f.ws = ${p.ws} and f.kind = ${sql.lit(facet)} and f.value = ${p.wayFacet} and f.status = a.status
          and (f.last_activity, f.conv) < (${p.belowActivity}::bigint, ${p.belowId}::bytea) and f.last_activity >= ${p.downTo}
        order by f.last_activity desc, f.conv desc offset 0
      ) f
      where ${conditions.length === 0 ? sql`true` : likely(conversationMeets)} limit ${p.limit}
    ) s`
}

/** A contact has few conversations, and what is named is there once: they are found whole and sorted. */
const lookUp = ({ driver, conditions }: Way, p: WayParams): RawBuilder<unknown> => sql`
  select s.id, s.last_activity
  from unnest(${p.wayKeys}::bytea[]) as v(value) cross join lateral (
    select c.id, c.last_activity from (
      select * from guichet.conversation c
      where c.ws = ${p.ws} and c.deleted = 0 and ${sql.ref(driver === 'id' ? 'c.id' : 'c.contact')} = v.value
        and (c.last_activity, c.id) < (${p.belowActivity}::bigint, ${p.belowId}::bytea) and c.last_activity >= ${p.downTo}
      offset 0
    ) c
    where ${met(conditions, p)}
    order by c.last_activity desc, c.id desc limit ${p.limit}
  ) s`

const along = (way: Way, p: WayParams): RawBuilder<unknown> => {
  switch (way.driver) {
    case 'facet':
      return walkFacet(way, p)
    case 'contact':
    case 'id':
      return lookUp(way, p)
    default:
      return walk(way, p)
  }
}

/** What stands on these ways, each conversation once, the newest first. */
export const places = (ways: ReadonlyArray<Way>, p: WayParams): RawBuilder<unknown> => sql`
  select distinct w.last_activity, w.id from (${sql.join(
    ways.map((way) => along(way, p)),
    sql` union all `,
  )}) as w
  order by w.last_activity desc, w.id desc limit ${p.limit}`
