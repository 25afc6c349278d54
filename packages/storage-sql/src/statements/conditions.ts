import type { Filter, Visibility } from '@guichet/engine/ports'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { controls, facetKinds, speakers, statuses } from '../codes.ts'
import { wholeNumber } from '../limit.ts'
import type { Tables } from '../tables.ts'

/** The conditions of a filter, by name: which of them are there is the shape of a query. */
export type Condition =
  | 'ids'
  | 'status'
  | 'control'
  | 'channel'
  | 'notChannel'
  | 'account'
  | 'queues'
  | 'owner'
  | 'unowned'
  | 'unownedOf'
  | 'contacts'
  | 'mentions'
  | 'tag'
  | 'flag'
  | 'lastBy'
  | 'unreadBy'
  | 'from'
  | 'to'
  | 'visible'

/** The values that conditions compare with; those of absent conditions are not looked at. */
export interface ConditionParams<List> {
  readonly ws: number
  /** A bit for each status. */
  readonly statusMask: number
  readonly control: number
  readonly channel: string
  readonly notChannel: string
  readonly account: string
  readonly owner: string
  readonly mentions: string
  readonly tag: string
  readonly flag: string
  readonly lastBy: number
  readonly unreadBy: string
  readonly from: number
  readonly to: number
  readonly viewer: string
  readonly queues: List
  readonly unownedOf: List
  readonly inQueues: List
  readonly ids: List
  readonly contacts: List
}

/** How a database takes many values as one parameter. */
export interface Lists<List> {
  readonly texts: (list: ReadonlyArray<string>) => List
  readonly ids: (list: ReadonlyArray<string>) => List
}

/** How a database's SQL says the conditions that are not said alike everywhere. */
export interface Dialect<List> {
  readonly table: (name: keyof Tables) => RawBuilder<unknown>
  readonly hasText: (list: List, column: RawBuilder<unknown>) => RawBuilder<SqlBool>
  readonly hasId: (list: List, column: RawBuilder<unknown>) => RawBuilder<SqlBool>
  /** At the end of a subquery: it is looked up for one row after the other, never joined. */
  readonly lookUp: RawBuilder<unknown>
}

const maskOf = (wanted: Filter['status']): number =>
  (wanted ?? statuses.words).reduce((mask, status) => mask | (1 << statuses.encode(status)), 0)

const none = ''

/** What a filter and a viewer's visibility compare with. */
export const conditionParams = <List>(
  { texts, ids }: Lists<List>,
  ws: number,
  filter: Filter,
  visibility: Visibility,
): ConditionParams<List> => {
  const some = visibility._tag === 'Some' ? visibility : undefined
  return {
    ws,
    statusMask: maskOf(filter.status),
    control: filter.control === undefined ? 0 : controls.encode(filter.control),
    channel: filter.channel ?? none,
    notChannel: filter.notChannel ?? none,
    account: filter.account ?? none,
    owner: filter.owner ?? none,
    mentions: filter.mentions ?? none,
    tag: filter.tag ?? none,
    flag: filter.flag ?? none,
    lastBy: filter.lastBy === undefined ? 0 : speakers.encode(filter.lastBy),
    unreadBy: filter.unreadBy ?? none,
    from: wholeNumber(Math.ceil(filter.from ?? 0)),
    to: wholeNumber(Math.floor(filter.to ?? 0)),
    viewer: some?.agent ?? none,
    queues: texts(some?.queues ?? []),
    unownedOf: texts(some?.unownedOf ?? []),
    inQueues: texts(filter.queues ?? []),
    ids: ids(filter.ids ?? []),
    contacts: ids(filter.contacts ?? []),
  }
}

/** The conditions of a filter, without those that only visibility makes. */
export const conditionsOf = (filter: Filter): ReadonlyArray<Condition> => {
  const conditions: Condition[] = []
  if (filter.ids !== undefined) conditions.push('ids')
  if (filter.status !== undefined) conditions.push('status')
  if (filter.control !== undefined) conditions.push('control')
  if (filter.channel !== undefined) conditions.push('channel')
  if (filter.notChannel !== undefined) conditions.push('notChannel')
  if (filter.account !== undefined) conditions.push('account')
  if (filter.queues !== undefined) conditions.push('queues')
  if (filter.owner !== undefined) conditions.push(filter.owner === null ? 'unowned' : 'owner')
  if (filter.contacts !== undefined) conditions.push('contacts')
  if (filter.mentions !== undefined) conditions.push('mentions')
  if (filter.tag !== undefined) conditions.push('tag')
  if (filter.flag !== undefined) conditions.push('flag')
  if (filter.lastBy !== undefined) conditions.push('lastBy')
  if (filter.unreadBy !== undefined) conditions.push('unreadBy')
  if (filter.from !== undefined) conditions.push('from')
  if (filter.to !== undefined) conditions.push('to')
  return conditions
}

const column = (name: keyof Tables['conversation']): RawBuilder<unknown> => sql.ref(`c.${name}`)

/** Most conversations have no facets, and their row says so: nothing else is read then. */
const hasFacet = <List>(
  { table, lookUp }: Dialect<List>,
  ws: number,
  kind: Parameters<typeof facetKinds.encode>[0],
  value: string,
): RawBuilder<SqlBool> => sql`(c.facets is not null and exists (
  select 1 from ${table('facet')} as m
  where m.ws = ${ws} and m.conv = c.id and m.kind = ${sql.lit(facetKinds.encode(kind))} and m.value = ${value}
  ${lookUp}))`

/** A condition on the row `c` of a conversation that something else has found. */
const conditionOn = <List>(
  dialect: Dialect<List>,
  condition: Condition,
  p: ConditionParams<List>,
): RawBuilder<SqlBool> => {
  const { hasText, hasId } = dialect
  switch (condition) {
    case 'ids':
      return hasId(p.ids, column('id'))
    case 'status':
      return sql`((1 << c.status) & ${p.statusMask}) <> 0`
    case 'control':
      return sql`c.control = ${p.control}`
    case 'channel':
      return sql`c.channel = ${p.channel}`
    case 'notChannel':
      return sql`c.channel <> ${p.notChannel}`
    case 'account':
      return sql`c.account = ${p.account}`
    case 'queues':
      return hasText(p.inQueues, column('queue'))
    case 'owner':
      return sql`c.owner = ${p.owner}`
    case 'unowned':
      return sql`c.owner is null`
    case 'unownedOf':
      return hasText(p.unownedOf, column('queue'))
    case 'contacts':
      return hasId(p.contacts, column('contact'))
    case 'mentions':
      return hasFacet(dialect, p.ws, 'mentioned', p.mentions)
    case 'tag':
      return hasFacet(dialect, p.ws, 'tag', p.tag)
    case 'flag':
      return hasFacet(dialect, p.ws, 'flag', p.flag)
    case 'lastBy':
      return sql`c.last_by = ${p.lastBy}`
    case 'unreadBy':
      return sql`c.inbound > coalesce((
        select r.read from ${dialect.table('read_mark')} as r
        where r.ws = ${p.ws} and r.agent = ${p.unreadBy} and r.conv = c.id), 0)`
    case 'from':
      return sql`c.last_activity >= ${p.from}`
    case 'to':
      return sql`c.last_activity <= ${p.to}`
    case 'visible':
      return sql`(
        c.owner = ${p.viewer}
        or ${hasText(p.queues, column('queue'))}
        or (c.owner is null and ${hasText(p.unownedOf, column('queue'))})
        or ${hasFacet(dialect, p.ws, 'involved', p.viewer)})`
  }
}

/** All of these conditions on the row `c` of a conversation; true when there is none. */
export const met = <List>(
  dialect: Dialect<List>,
  conditions: ReadonlyArray<Condition>,
  p: ConditionParams<List>,
): RawBuilder<SqlBool> =>
  conditions.length === 0
    ? sql`true`
    : sql.join(
        conditions.map((condition) => conditionOn(dialect, condition, p)),
        sql` and `,
      )
