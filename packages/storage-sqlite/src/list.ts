import type { CountQuery, Filter, ListedConversation, ListQuery, Storage, Visibility } from '@guichet/engine/ports'
import {
  type Condition,
  compareIds,
  conditionParams,
  conditionsOf,
  decodeId,
  encodeId,
  facetKinds,
  type Id,
  jsonList,
  markRead as markReadIn,
  readConversation,
  type ScanShape,
  scan,
  statuses,
} from '@guichet/storage-sql'
import type { Connection } from './connection.ts'
import { rowLimit } from './limit.ts'

/** One way to rows of a list, narrowed down by conditions. */
interface Scan extends ScanShape {
  readonly value?: string
  /** The contact or conversation that drives it. */
  readonly key?: string
  readonly facet?: number
  /** Instead of the viewer's. */
  readonly unownedOf?: ReadonlyArray<string>
}

const except = (conditions: ReadonlyArray<Condition>, ...names: ReadonlyArray<Condition>): ReadonlyArray<Condition> =>
  conditions.filter((condition) => !names.includes(condition))

/** What most narrows a list down, if the filter names it. */
const drivenByFilter = (
  filter: Filter,
  visibility: Visibility,
  rest: ReadonlyArray<Condition>,
): ReadonlyArray<Scan> | undefined => {
  const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
  const status: ReadonlyArray<Condition> = filter.status === undefined ? [] : ['status']
  if (filter.ids !== undefined) {
    const conditions = [...except(rest, 'ids'), ...status, ...visible]
    return [...new Set(filter.ids)].map((key) => ({ driver: 'id', key, conditions }))
  }
  if (filter.contacts !== undefined) {
    const conditions = [...except(rest, 'contacts'), ...status, ...visible]
    return [...new Set(filter.contacts)].map((key) => ({ driver: 'contact', key, conditions }))
  }
  if (typeof filter.owner === 'string') {
    const isHers = visibility._tag === 'Some' && visibility.agent === filter.owner
    const conditions = [...except(rest, 'owner'), ...(isHers ? [] : visible)]
    return [{ driver: 'owner', value: filter.owner, conditions }]
  }
  const facets = [
    ['mentions', 'mentioned', filter.mentions],
    ['tag', 'tag', filter.tag],
    ['flag', 'flag', filter.flag],
  ] as const
  for (const [condition, kind, value] of facets) {
    if (value === undefined) continue
    const conditions = [...except(rest, condition), ...visible]
    return [{ driver: 'facet', facet: facetKinds.encode(kind), value, conditions }]
  }
  return undefined
}

/** Whole queues: each is a range of an index, and the newest of all of them are merged. */
const inQueues = (queues: ReadonlyArray<string>, rest: ReadonlyArray<Condition>): ReadonlyArray<Scan> =>
  [...new Set(queues)].map((value) => ({ driver: 'queue', value, conditions: except(rest, 'queues') }))

/** What a viewer sees, as separate ways: each is a range of an index, which their disjunction would not be. */
const drivenByVisibility = (
  { queues: wanted, owner }: Filter,
  { agent, queues, unownedOf }: Extract<Visibility, { readonly _tag: 'Some' }>,
  rest: ReadonlyArray<Condition>,
): ReadonlyArray<Scan> => {
  const involved: Scan = { driver: 'facet', facet: facetKinds.encode('involved'), value: agent, conditions: rest }
  const unowned = (of: ReadonlyArray<string>): ReadonlyArray<Scan> =>
    of.length === 0 ? [] : [{ driver: 'unowned', conditions: [...except(rest, 'unowned'), 'unownedOf'], unownedOf: of }]
  if (owner === null) return [involved, ...unowned([...queues, ...unownedOf])]
  const whole = inQueues(wanted === undefined ? queues : wanted.filter((queue) => queues.includes(queue)), rest)
  if (wanted?.every((queue) => queues.includes(queue)) === true) return whole
  return [{ driver: 'owner', value: agent, conditions: rest }, involved, ...whole, ...unowned(unownedOf)]
}

/** The ways that together lead to everything that a list shows. Status and time are part of each way. */
export const scansFor = (filter: Filter, visibility: Visibility): ReadonlyArray<Scan> => {
  const rest = except(conditionsOf(filter), 'status', 'from', 'to')
  const driven = drivenByFilter(filter, visibility, rest)
  if (driven !== undefined) return driven
  if (visibility._tag === 'Some') return drivenByVisibility(filter, visibility, rest)
  if (filter.owner === null) return [{ driver: 'unowned', conditions: except(rest, 'unowned') }]
  if (filter.queues !== undefined) return inQueues(filter.queues, rest)
  return [{ driver: 'all', conditions: rest }]
}

/** From where a list goes down: below the last row of the page before, or below the end of the time asked for. */
const below = ({
  filter: { to },
  after,
}: Pick<ListQuery, 'filter' | 'after'>): { readonly belowActivity: number; readonly belowId: Id } => {
  const end = to === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(to) + 1
  return after === undefined || after.lastActivity >= end
    ? { belowActivity: end, belowId: '' }
    : { belowActivity: after.lastActivity, belowId: encodeId(after.id) }
}

interface Place {
  readonly id: Id
  readonly last_activity: number
}

const newestFirst = (a: Place, b: Place): number => b.last_activity - a.last_activity || compareIds(b.id, a.id)

/** Places from several ways, the newest of them only, each once. */
const merging = (limit: number) => {
  const seen = new Set<string>()
  let places: Place[] = []
  return {
    places: () => places,
    add: (found: ReadonlyArray<Place>): void => {
      for (const place of found) if (seen.size !== seen.add(decodeId(place.id)).size) places.push(place)
      places = places.sort(newestFirst).slice(0, limit)
    },
    /** The time below which nothing more can matter. */
    floor: (): number => (places.length < limit ? Number.MIN_SAFE_INTEGER : (places.at(-1)?.last_activity ?? 0)),
  }
}

/** Each way is walked once for each status, unless it finds few rows at once, whatever their status. */
const statusesAlong = ({ driver }: Scan, { status = statuses.words }: Filter): ReadonlyArray<number> => {
  const wanted = [...new Set(status)].map(statuses.encode)
  return driver === 'contact' || driver === 'id' ? wanted.slice(0, 1) : wanted
}

type PageParams = ReturnType<typeof conditionParams> & ReturnType<typeof below> & { readonly limit: number }

/** What stands on a way, down to a time. */
const along = (
  { shaped }: Connection,
  { driver, conditions, value = '', key = '', facet = 0, unownedOf }: Scan,
  page: PageParams,
): ((status: number, downTo: number) => ReadonlyArray<Place>) => {
  const statement = shaped(scan({ driver, conditions }))
  const params = { ...page, value, key: encodeId(key), facet }
  const queues = unownedOf === undefined ? page.unownedOf : jsonList(unownedOf)
  return (status, downTo) => statement.all({ ...params, unownedOf: queues, status, downTo })
}

export const list = (connection: Connection, query: ListQuery): ReadonlyArray<ListedConversation> => {
  const { sql, workspaces } = connection
  const { filter, visibility, reader } = query
  const limit = rowLimit(query.limit)
  const ws = workspaces.find(query.workspace)
  if (ws === undefined || limit === 0) return []
  const params = { ...conditionParams(ws, filter, visibility), ...below(query), limit }
  const merged = merging(limit)
  return connection.reading(() => {
    for (const way of scansFor(filter, visibility)) {
      const places = along(connection, way, params)
      for (const status of statusesAlong(way, filter)) {
        merged.add(places(status, Math.max(filter.from ?? Number.MIN_SAFE_INTEGER, merged.floor())))
      }
    }
    return merged.places().flatMap(({ id }) => {
      const found = sql.conversation.get({ ws, id })
      if (found === undefined) return []
      const row = readConversation(decodeId(id), found)
      const read = reader === null ? row.inbound : (sql.unread.get({ ws, agent: reader, conv: id })?.read ?? 0)
      return [{ row, unread: Math.max(0, row.inbound - read) }]
    })
  })
}

/** Looks at no more places than it is asked to count, on each way. */
export const count = (connection: Connection, query: CountQuery): number => {
  const { filter, visibility } = query
  const limit = rowLimit(query.atMost)
  const ws = connection.workspaces.find(query.workspace)
  if (ws === undefined || limit === 0) return 0
  const params = { ...conditionParams(ws, filter, visibility), ...below({ filter }), limit }
  const seen = new Set<string>()
  return connection.reading(() => {
    for (const way of scansFor(filter, visibility)) {
      const places = along(connection, way, params)
      for (const status of statusesAlong(way, filter)) {
        for (const { id } of places(status, filter.from ?? Number.MIN_SAFE_INTEGER)) seen.add(decodeId(id))
        if (seen.size >= limit) return limit
      }
    }
    return seen.size
  })
}

export const markRead = (connection: Connection, query: Parameters<Storage['markRead']>[0]): void => {
  const { agent, visibility, filter, conversation, unread = 0 } = query
  const ws = connection.workspaces.find(query.workspace)
  if (ws === undefined) return
  const one = conversation !== undefined
  const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
  const conditions = [...(one ? conditionsOf(filter) : except(conditionsOf(filter), 'status')), ...visible]
  connection.writing(() =>
    connection.shaped(markReadIn({ one, conditions })).run({
      ...conditionParams(ws, filter, visibility),
      agent,
      unread,
      id: conversation === undefined ? '' : encodeId(conversation),
      statuses: JSON.stringify((filter.status ?? statuses.words).map(statuses.encode)),
    }),
  )
}
