import type { CountQuery, ListedConversation, ListQuery, Storage } from '@guichet/engine/ports'
import {
  below,
  type Condition,
  conditionParams,
  conditionsOf,
  type ConversationValues,
  except,
  readConversation,
  rowLimit,
  scansFor,
  statuses,
  wholeNumber,
} from '@guichet/storage-sql'
import { numbers } from './arrays.ts'
import type { Connection } from './connection.ts'
import { encodeKey } from './keys.ts'
import { markReadIn, page, total } from './list/statements.ts'
import { lists, waysOf } from './list/ways.ts'

const statusCodes = (wanted: ListQuery['filter']['status'] = statuses.words) =>
  numbers([...new Set(wanted)].map(statuses.encode))

/** Below every id. */
const noId = Buffer.alloc(0)

/** The ways to a page and the values of its statement; undefined where nothing can be found. */
const prepare = (ws: number, query: Pick<ListQuery, 'visibility' | 'filter' | 'after'>, limit: number) => {
  const { filter, visibility } = query
  if (filter.status?.length === 0) return undefined
  const { ways, values } = waysOf(scansFor(filter, visibility))
  if (ways.length === 0) return undefined
  const { activity, id } = below(query)
  return {
    ways,
    params: {
      ...conditionParams(lists, ws, filter, visibility),
      ...values,
      statuses: statusCodes(filter.status),
      belowActivity: activity,
      belowId: id === undefined ? noId : encodeKey(id),
      downTo: filter.from === undefined ? Number.MIN_SAFE_INTEGER : wholeNumber(Math.ceil(filter.from)),
      limit,
    },
  }
}

export const list = async (
  { workspaces, readers, statement }: Connection,
  query: ListQuery,
): Promise<ReadonlyArray<ListedConversation>> => {
  const limit = rowLimit(query.limit)
  const ws = limit === 0 ? undefined : await workspaces.find(query.workspace)
  const prepared = ws === undefined ? undefined : prepare(ws, query, limit)
  if (prepared === undefined) return []
  const { reader } = query
  const [rows] = await readers.ask([statement(page(prepared.ways))({ ...prepared.params, reader: reader ?? '' })])
  return rows.map(([id, read, ...values]) => {
    const row = readConversation(id, values as unknown as ConversationValues)
    return { row, unread: reader === null ? 0 : Math.max(0, row.inbound - (read ?? 0)) }
  })
}

/** Looks at no more places than it is asked to count, on each way. */
export const count = async (
  { workspaces, readers, statement }: Connection,
  { workspace, visibility, filter, atMost }: CountQuery,
): Promise<number> => {
  const limit = rowLimit(atMost)
  const ws = limit === 0 ? undefined : await workspaces.find(workspace)
  const prepared = ws === undefined ? undefined : prepare(ws, { visibility, filter }, limit)
  if (prepared === undefined) return 0
  const [[counted]] = await readers.ask([statement(total(prepared.ways))(prepared.params)])
  return counted?.n ?? 0
}

export const markRead = async (
  { workspaces, writers, statement }: Connection,
  query: Parameters<Storage['markRead']>[0],
): Promise<void> => {
  const { agent, visibility, filter, conversation, unread = 0 } = query
  const ws = await workspaces.find(query.workspace)
  if (ws === undefined) return
  const one = conversation !== undefined
  const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
  const conditions = [...(one ? conditionsOf(filter) : except(conditionsOf(filter), 'status')), ...visible]
  await writers.transact([
    statement(markReadIn({ one, conditions }))({
      ...conditionParams(lists, ws, filter, visibility),
      agent,
      left: unread,
      id: conversation === undefined ? noId : encodeKey(conversation),
      statuses: statusCodes(filter.status),
    }),
  ])
}
