import type { Filter, Visibility } from '@guichet/engine/ports'
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely'
import { controls, facetKinds, speakers, statuses } from '../codes.ts'
import { encodeId } from '../ids.ts'
import type { Tables } from '../tables.ts'
import { jsonList } from '../text.ts'

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
export interface ConditionParams {
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
  /** JSON arrays of queues. */
  readonly queues: string
  readonly unownedOf: string
  readonly inQueues: string
  /** JSON arrays of ids as `idText` shows them. */
  readonly ids: string
  readonly contacts: string
}

const maskOf = (wanted: Filter['status']): number =>
  (wanted ?? statuses.words).reduce((mask, status) => mask | (1 << statuses.encode(status)), 0)

const none = ''

/** Ids as one parameter: JSON knows no bytes, so they are compared as `idText` has them. */
const idList = (ids: ReadonlyArray<string>): string =>
  jsonList(
    ids.map((id) => {
      const encoded = encodeId(id)
      return typeof encoded === 'string' ? `t${encoded}` : `b${Buffer.from(encoded).toString('hex')}`
    }),
  )

/** What a filter and a viewer's visibility compare with. */
export const conditionParams = (ws: number, filter: Filter, visibility: Visibility): ConditionParams => {
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
    from: filter.from ?? 0,
    to: filter.to ?? 0,
    viewer: some?.agent ?? none,
    queues: jsonList(some?.queues ?? []),
    unownedOf: jsonList(some?.unownedOf ?? []),
    inQueues: jsonList(filter.queues ?? []),
    ids: idList(filter.ids ?? []),
    contacts: idList(filter.contacts ?? []),
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

type Listed = Tables & { readonly c: Tables['conversation'] }
export type ConversationExpressions = ExpressionBuilder<Listed, 'c'>

const isIn = (eb: ConversationExpressions, queues: string) =>
  eb('c.queue', 'in', sql<string>`(select value from json_each(${queues}))`)

/** An id as text that keeps bytes and text apart. */
const idText = (eb: ConversationExpressions, column: 'c.id' | 'c.contact') =>
  sql<string>`iif(typeof(${eb.ref(column)}) = 'blob', 'b' || lower(hex(${eb.ref(column)})), 't' || ${eb.ref(column)})`

const isOneOf = (eb: ConversationExpressions, column: 'c.id' | 'c.contact', ids: string) =>
  eb(idText(eb, column), 'in', sql<string>`(select value from json_each(${ids}))`)

const hasFacet = (eb: ConversationExpressions, ws: number, kind: number, value: string) =>
  eb.exists(
    eb
      .selectFrom('facet')
      .select(sql.lit(1).as('one'))
      .where('facet.ws', '=', ws)
      .whereRef('facet.conv', '=', 'c.id')
      .where('facet.kind', '=', sql.lit(kind))
      .where('facet.value', '=', value),
  )

/** A condition on the row of a conversation that something else has found. */
export const conditionOn = (
  eb: ConversationExpressions,
  condition: Condition,
  p: ConditionParams,
): ExpressionWrapper<Listed, 'c', SqlBool> => {
  switch (condition) {
    case 'ids':
      return isOneOf(eb, 'c.id', p.ids)
    case 'status':
      return eb(sql<number>`(1 << ${eb.ref('c.status')}) & ${p.statusMask}`, '<>', sql.lit(0))
    case 'control':
      return eb('c.control', '=', p.control)
    case 'channel':
      return eb('c.channel', '=', p.channel)
    case 'notChannel':
      return eb('c.channel', '<>', p.notChannel)
    case 'account':
      return eb('c.account', '=', p.account)
    case 'queues':
      return isIn(eb, p.inQueues)
    case 'owner':
      return eb('c.owner', '=', p.owner)
    case 'unowned':
      return eb('c.owner', 'is', null)
    case 'unownedOf':
      return isIn(eb, p.unownedOf)
    case 'contacts':
      return isOneOf(eb, 'c.contact', p.contacts)
    case 'mentions':
      return eb.and([hasFacet(eb, p.ws, facetKinds.encode('mentioned'), p.mentions)])
    case 'tag':
      return eb.and([hasFacet(eb, p.ws, facetKinds.encode('tag'), p.tag)])
    case 'flag':
      return eb.and([hasFacet(eb, p.ws, facetKinds.encode('flag'), p.flag)])
    case 'lastBy':
      return eb('c.last_by', '=', p.lastBy)
    case 'unreadBy':
      return eb(
        'c.inbound',
        '>',
        eb.fn.coalesce(
          eb
            .selectFrom('read_mark')
            .select('read_mark.read')
            .where('read_mark.ws', '=', p.ws)
            .where('read_mark.agent', '=', p.unreadBy)
            .whereRef('read_mark.conv', '=', 'c.id'),
          sql.lit(0),
        ),
      )
    case 'from':
      return eb('c.last_activity', '>=', p.from)
    case 'to':
      return eb('c.last_activity', '<=', p.to)
    case 'visible':
      return eb.or([
        eb('c.owner', '=', p.viewer),
        isIn(eb, p.queues),
        eb.and([eb('c.owner', 'is', null), isIn(eb, p.unownedOf)]),
        hasFacet(eb, p.ws, facetKinds.encode('involved'), p.viewer),
      ])
  }
}
