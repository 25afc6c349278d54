import type { Filter, Visibility } from '@guichet/engine/ports'
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely'
import { controls, facetKinds, speakers, statuses } from '../codes.ts'
import { encodeId, type Id } from '../ids.ts'
import type { Tables } from '../tables.ts'
import { jsonList } from '../text.ts'

/** The conditions of a filter, by name: which of them are there is the shape of a query. */
export type Condition =
  | 'status'
  | 'control'
  | 'channel'
  | 'account'
  | 'queue'
  | 'owner'
  | 'unowned'
  | 'unownedOf'
  | 'contact'
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
  readonly account: string
  readonly queue: string
  readonly owner: string
  readonly contact: Id
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
}

const maskOf = (wanted: Filter['status']): number =>
  (wanted ?? statuses.words).reduce((mask, status) => mask | (1 << statuses.encode(status)), 0)

const none = ''

/** What a filter and a viewer's visibility compare with. */
export const conditionParams = (ws: number, filter: Filter, visibility: Visibility): ConditionParams => {
  const some = visibility._tag === 'Some' ? visibility : undefined
  return {
    ws,
    statusMask: maskOf(filter.status),
    control: filter.control === undefined ? 0 : controls.encode(filter.control),
    channel: filter.channel ?? none,
    account: filter.account ?? none,
    queue: filter.queue ?? none,
    owner: filter.owner ?? none,
    contact: filter.contact === undefined ? none : encodeId(filter.contact),
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
  }
}

/** The conditions of a filter, without those that only visibility makes. */
export const conditionsOf = (filter: Filter): ReadonlyArray<Condition> => {
  const conditions: Condition[] = []
  if (filter.status !== undefined) conditions.push('status')
  if (filter.control !== undefined) conditions.push('control')
  if (filter.channel !== undefined) conditions.push('channel')
  if (filter.account !== undefined) conditions.push('account')
  if (filter.queue !== undefined) conditions.push('queue')
  if (filter.owner !== undefined) conditions.push(filter.owner === null ? 'unowned' : 'owner')
  if (filter.contact !== undefined) conditions.push('contact')
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
    case 'status':
      return eb(sql<number>`(1 << ${eb.ref('c.status')}) & ${p.statusMask}`, '<>', sql.lit(0))
    case 'control':
      return eb('c.control', '=', p.control)
    case 'channel':
      return eb('c.channel', '=', p.channel)
    case 'account':
      return eb('c.account', '=', p.account)
    case 'queue':
      return eb('c.queue', '=', p.queue)
    case 'owner':
      return eb('c.owner', '=', p.owner)
    case 'unowned':
      return eb('c.owner', 'is', null)
    case 'unownedOf':
      return isIn(eb, p.unownedOf)
    case 'contact':
      return eb('c.contact', '=', p.contact)
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
