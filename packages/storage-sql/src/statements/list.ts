import { type Expression, type RawBuilder, sql } from 'kysely'
import { encodeId, type Id } from '../ids.ts'
import { conversationColumns, type ConversationValues, entryColumns, type HitValues } from '../rows.ts'
import type { Driver, ScanShape } from '../scans.ts'
import type { Tables } from '../tables.ts'
import { memoised, positional, sqlite, template } from '../template.ts'
import { jsonList } from '../text.ts'
import * as conditionsOn from './conditions.ts'
import type { Condition, Dialect, Lists } from './conditions.ts'
import { walking } from './walking.ts'

type ConditionParams = conditionsOn.ConditionParams<string>

/** JSON knows no bytes: ids are compared as text that keeps bytes and text apart. */
const idText = (column: RawBuilder<unknown>): RawBuilder<string> =>
  sql`iif(typeof(${column}) = 'blob', 'b' || lower(hex(${column})), 't' || ${column})`

const asIdText = (id: string): string => {
  const encoded = encodeId(id)
  return typeof encoded === 'string' ? `t${encoded}` : `b${Buffer.from(encoded).toString('hex')}`
}

/** SQLite takes many values as a JSON array. */
export const jsonLists: Lists<string> = { texts: jsonList, ids: (ids) => jsonList(ids.map(asIdText)) }

const dialect: Dialect<string> = {
  table: (name: keyof Tables) => sql.table(name),
  hasText: (list, column) => sql`${column} in (select value from json_each(${list}))`,
  hasId: (list, column) => sql`${idText(column)} in (select value from json_each(${list}))`,
  lookUp: sql``,
}

const met = (conditions: ReadonlyArray<Condition>, p: ConditionParams) => conditionsOn.met(dialect, conditions, p)

/** One stretch of one index: from just below a row, down to a time. */
interface ScanParams extends ConditionParams {
  readonly status: number
  /** The queue, owner or facet that drives it. */
  readonly value: string
  /** The contact or conversation that drives it. */
  readonly key: Id
  readonly facet: number
  readonly belowActivity: number
  readonly belowId: Id
  readonly downTo: number
  readonly limit: number
}

const shapeKey = ({ driver, conditions }: ScanShape): string => `${driver} ${conditions.join(' ')}`

/** The pages of lists are read downwards, after a row: a range in an index, however deep. */
const facetScan = (conditions: ScanShape['conditions']) =>
  template<ScanParams>()((p) => {
    const scan = sqlite
      .selectFrom('facet as f')
      .select(['f.conv as id', 'f.last_activity'])
      .where('f.ws', '=', p.ws)
      .where('f.kind', '=', p.facet)
      .where('f.value', '=', p.value)
      .where('f.status', '=', p.status)
      .where((eb) => eb(eb.refTuple('f.last_activity', 'f.conv'), '<', eb.tuple(p.belowActivity, p.belowId)))
      .where('f.last_activity', '>=', p.downTo)
      .orderBy('f.last_activity', 'desc')
      .orderBy('f.conv', 'desc')
      .limit(p.limit)
    if (conditions.length === 0) return scan
    return scan.where((eb) =>
      eb.exists(
        eb
          .selectFrom('conversation as c')
          .select(sql.lit(1).as('one'))
          .where('c.ws', '=', p.ws)
          .whereRef('c.id', '=', 'f.conv')
          .where(met(conditions, p)),
      ),
    )
  })

/** A contact has few conversations: they are found by their contact and sorted. */
const contactScan = (conditions: ScanShape['conditions']) =>
  template<ScanParams>()((p) =>
    walking('conversation', 'c', 'list_contact')
      .select(['c.id', 'c.last_activity'])
      .where('c.ws', '=', p.ws)
      .where('c.contact', '=', p.key)
      .where('c.deleted', '=', sql.lit(0))
      .where((eb) => eb(eb.refTuple('c.last_activity', 'c.id'), '<', eb.tuple(p.belowActivity, p.belowId)))
      .where('c.last_activity', '>=', p.downTo)
      .where(met(conditions, p))
      .orderBy('c.last_activity', 'desc')
      .orderBy('c.id', 'desc')
      .limit(p.limit),
  )

/** One conversation, if it meets the conditions. */
const keyScan = (conditions: ScanShape['conditions']) =>
  template<ScanParams>()((p) =>
    sqlite
      .selectFrom('conversation as c')
      .select(['c.id', 'c.last_activity'])
      .where('c.ws', '=', p.ws)
      .where('c.id', '=', p.key)
      .where('c.deleted', '=', sql.lit(0))
      .where((eb) => eb(eb.refTuple('c.last_activity', 'c.id'), '<', eb.tuple(p.belowActivity, p.belowId)))
      .where('c.last_activity', '>=', p.downTo)
      .where(met(conditions, p)),
  )

const conversationScan = (driver: Exclude<Driver, 'facet' | 'contact' | 'id'>, conditions: ScanShape['conditions']) =>
  template<ScanParams>()((p) => {
    const scan = walking('conversation', 'c', `list_${driver}`)
      .select(['c.id', 'c.last_activity'])
      .where('c.ws', '=', p.ws)
      .where('c.deleted', '=', sql.lit(0))
      .where('c.status', '=', p.status)
      .where((eb) => eb(eb.refTuple('c.last_activity', 'c.id'), '<', eb.tuple(p.belowActivity, p.belowId)))
      .where('c.last_activity', '>=', p.downTo)
      .where(met(conditions, p))
      .orderBy('c.last_activity', 'desc')
      .orderBy('c.id', 'desc')
      .limit(p.limit)
    switch (driver) {
      case 'all':
        return scan
      case 'queue':
        return scan.where('c.queue', '=', p.value)
      case 'owner':
        return scan.where('c.owner', '=', p.value)
      case 'unowned':
        return scan.where('c.owner', 'is', null)
    }
  })

/** Ids and times of one stretch of a list, newest first. */
export const scan = memoised(shapeKey, ({ driver, conditions }: ScanShape) => {
  switch (driver) {
    case 'facet':
      return facetScan(conditions)
    case 'contact':
      return contactScan(conditions)
    case 'id':
      return keyScan(conditions)
    default:
      return conversationScan(driver, conditions)
  }
})

type SearchParams = ConditionParams & {
  readonly match: string
  readonly before: number
  readonly limit: number
}

/** Entries that have the words, newest first, in conversations that meet the conditions. */
export const searchHits = memoised(
  (conditions: ReadonlyArray<Condition>) => conditions.join(' '),
  (conditions) =>
    positional<HitValues>()(
      template<SearchParams>()((p) =>
        sqlite
          .selectFrom('search as s')
          .crossJoin('entry as e')
          .crossJoin('conversation as c')
          .select([
            ...entryColumns.map((column) => `e.${column}` as const),
            ...conversationColumns.map((column) => `c.${column}` as const),
          ])
          .where(sql.ref('search'), 'match', p.match)
          .where('s.rowid', '<', p.before)
          .whereRef('e.pos', '=', 's.rowid')
          .where('c.ws', '=', p.ws)
          .whereRef('c.id', '=', 'e.conv')
          .where('c.deleted', '=', sql.lit(0))
          .where('e.ws', '=', p.ws)
          .where(met(conditions, p))
          .orderBy('s.rowid', 'desc')
          .limit(p.limit),
      ),
    ),
)

type MarkReadParams = ConditionParams & {
  /** A JSON array of status codes. */
  readonly statuses: string
  readonly agent: string
  readonly unread: number
  readonly id: Id
}

interface MarkReadShape {
  readonly one: boolean
  readonly conditions: ReadonlyArray<Condition>
}

/** Sets how much an agent has read in everything that meets the conditions. */
export const markRead = memoised(
  ({ one, conditions }: MarkReadShape) => `${one ? 'one' : 'every'} ${conditions.join(' ')}`,
  ({ one, conditions }: MarkReadShape) =>
    template<MarkReadParams>()((p) => {
      const rows = one
        ? sqlite.selectFrom('conversation as c').where('c.ws', '=', p.ws).where('c.id', '=', p.id)
        : walking('conversation', 'c', 'list_all')
            .where('c.ws', '=', p.ws)
            .where('c.status', 'in', sql<number>`(select value from json_each(${p.statuses}))`)
      const read = rows
        .select((eb) => [
          'c.ws',
          sql<string>`${p.agent}`.as('agent'),
          'c.id as conv',
          sql<number>`max(0, ${eb.ref('c.inbound')} - ${p.unread})`.as('read'),
        ])
        .where('c.deleted', '=', sql.lit(0))
        .where(met(conditions, p))
      return sqlite
        .insertInto('read_mark')
        .columns(['ws', 'agent', 'conv', 'read'])
        .expression(read)
        .onConflict((oc) =>
          oc
            .columns(['ws', 'agent', 'conv'])
            .doUpdateSet({ read: sql<number>`excluded.read` })
            .where('read_mark.read', '<>', sql<number>`excluded.read`),
        )
    }),
)

/** Between which positions some entries lie, and how many they are. */
const stretch = (positions: Expression<{ readonly pos: number }>) =>
  sqlite
    .selectFrom(sql<{ readonly pos: number }>`${positions}`.as('some'))
    .select(({ fn }) => [fn.max('pos').as('newest'), fn.min('pos').as('oldest'), fn.countAll<number>().as('entries')])

/** How much an agent has read of a conversation, before its own columns. */
type ListedValues = readonly [read: number | null, ...ConversationValues]

export const listStatements = {
  /** The stretch of the newest entries that have the words, whatever their workspace. */
  stretchWith: template<{ readonly match: string; readonly limit: number }>()((p) =>
    stretch(
      sqlite
        .selectFrom('search')
        .select('rowid as pos')
        .where(sql.ref('search'), 'match', p.match)
        .orderBy('rowid', 'desc')
        .limit(p.limit),
    ),
  ),
  /** The stretch of the newest entries of a workspace. */
  stretchIn: template<{ readonly ws: number; readonly limit: number }>()((p) =>
    stretch(sqlite.selectFrom('entry').select('pos').where('ws', '=', p.ws).orderBy('pos', 'desc').limit(p.limit)),
  ),
  listed: positional<ListedValues>()(
    template<{ readonly ws: number; readonly id: Id; readonly agent: string }>()((p) =>
      sqlite
        .selectFrom('conversation as c')
        .leftJoin('read_mark as r', (join) =>
          join.onRef('r.ws', '=', 'c.ws').on('r.agent', '=', p.agent).onRef('r.conv', '=', 'c.id'),
        )
        .select(['r.read', ...conversationColumns.map((column) => `c.${column}` as const)])
        .where('c.ws', '=', p.ws)
        .where('c.id', '=', p.id),
    ),
  ),
} as const
