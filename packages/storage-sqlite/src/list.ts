import type { CountQuery, ListedConversation, ListQuery, Storage } from '@guichet/engine/ports'
import {
  below,
  compareIds,
  type Condition,
  conditionParams,
  conditionsOf,
  decodeId,
  encodeId,
  except,
  type Id,
  jsonList,
  jsonLists,
  markRead as markReadIn,
  readConversation,
  rowLimit,
  type Scan,
  scan,
  scansFor,
  statuses,
  statusesAlong,
} from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

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
      if (found.length === 0) return
      for (const place of found) if (seen.size !== seen.add(decodeId(place.id)).size) places.push(place)
      places = places.sort(newestFirst).slice(0, limit)
    },
    /** The time below which nothing more can matter. */
    floor: (): number => (places.length < limit ? Number.MIN_SAFE_INTEGER : (places.at(-1)?.last_activity ?? 0)),
  }
}

/** Where a page begins, as the statements take it. */
const beginning = (query: Pick<ListQuery, 'filter' | 'after'>) => {
  const { activity, id } = below(query)
  return { belowActivity: activity, belowId: encodeId(id ?? '') }
}

type PageParams = ReturnType<typeof conditionParams<string>> & ReturnType<typeof beginning> & { readonly limit: number }

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
  const params = { ...conditionParams(jsonLists, ws, filter, visibility), ...beginning(query), limit }
  const merged = merging(limit)
  return connection.reading(() => {
    for (const way of scansFor(filter, visibility)) {
      const places = along(connection, way, params)
      for (const status of statusesAlong(way, filter)) {
        merged.add(places(status, Math.max(filter.from ?? Number.MIN_SAFE_INTEGER, merged.floor())))
      }
    }
    return merged.places().flatMap(({ id }) => {
      const found = sql.listed.get({ ws, id, agent: reader ?? '' })
      if (found === undefined) return []
      const [read, ...values] = found
      const row = readConversation(decodeId(id), values)
      return [{ row, unread: reader === null ? 0 : Math.max(0, row.inbound - (read ?? 0)) }]
    })
  })
}

/** Looks at no more places than it is asked to count, on each way. */
export const count = (connection: Connection, query: CountQuery): number => {
  const { filter, visibility } = query
  const limit = rowLimit(query.atMost)
  const ws = connection.workspaces.find(query.workspace)
  if (ws === undefined || limit === 0) return 0
  const params = { ...conditionParams(jsonLists, ws, filter, visibility), ...beginning({ filter }), limit }
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
      ...conditionParams(jsonLists, ws, filter, visibility),
      agent,
      unread,
      id: conversation === undefined ? '' : encodeId(conversation),
      statuses: JSON.stringify((filter.status ?? statuses.words).map(statuses.encode)),
    }),
  )
}
