import type { Storage, StreamItem, StreamPage, Timeline, TimelineQuery } from '@guichet/engine/ports'
import { entryKinds, readDelivery, readEntry, rowLimit, written, wholeNumber } from '@guichet/storage-sql'
import { type RawBuilder, sql } from 'kysely'
import { type ArrayParameter, numbers } from './arrays.ts'
import type { Connection } from './connection.ts'
import { encodeKey } from './keys.ts'

type EntryRow = Parameters<typeof readEntry>[0]
type DeliveryRow = Parameters<typeof readDelivery>[0]

interface TimelineParams {
  readonly ws: number
  readonly conv: Buffer
  /** Both bounds are exclusive. */
  readonly after: number
  readonly before: number
  readonly kinds: ArrayParameter
  readonly limit: number
}

/** An entry with the delivery and the amendment of the same seq, if there are any. */
interface TimelineRow extends EntryRow {
  readonly delivery_account: string | null
  readonly delivery_status: string | null
  readonly delivery_version: number | null
  readonly delivery_data: string | null
  readonly amendment: string | null
}

const entryColumns = sql.raw('e.ws, e.pos, e.conv, e.seq, e.kind, e.type, e.actor_kind, e.actor, e.at, e.body, e.data')

/** In one statement, so that everything is of the same moment. */
const stretch = (direction: RawBuilder<unknown>) =>
  written<TimelineParams, TimelineRow>()(
    (p) => sql`
      select ${entryColumns}, d.account as delivery_account, d.status as delivery_status,
        d.version as delivery_version, d.data as delivery_data, a.data as amendment
      from (
        select * from guichet.entry
        where ws = ${p.ws} and conv = ${p.conv} and seq > ${p.after}::bigint and seq < ${p.before}::bigint
          and kind = any(${p.kinds}::smallint[])
        order by seq ${direction} limit ${p.limit}
      ) e
      left join lateral (
        select * from guichet.delivery d where d.ws = ${p.ws} and d.conv = ${p.conv} and d.seq = e.seq offset 0
      ) d on true
      left join lateral (
        select * from guichet.amendment a where a.ws = ${p.ws} and a.conv = ${p.conv} and a.seq = e.seq offset 0
      ) a on true
      order by e.seq`,
  )

const newest = stretch(sql`desc`)
const oldest = stretch(sql`asc`)

const nothing: Timeline = { entries: [], deliveries: [], amendments: [] }

export const timeline = async (
  { workspaces, readers, statement }: Connection,
  query: TimelineQuery,
): Promise<Timeline> => {
  const limit = rowLimit(query.limit)
  const ws = limit === 0 ? undefined : await workspaces.find(query.workspace)
  if (ws === undefined) return nothing
  const { conversation, kinds = entryKinds.words, after = -1, before = Number.MAX_SAFE_INTEGER } = query
  const [rows] = await readers.ask([
    statement(query.after === undefined ? newest : oldest)({
      ws,
      conv: encodeKey(conversation),
      after: wholeNumber(Math.floor(after)),
      before: wholeNumber(Math.ceil(before)),
      kinds: numbers(kinds.map(entryKinds.encode)),
      limit,
    }),
  ])
  return {
    entries: rows.map(readEntry),
    deliveries: rows.flatMap((row) => {
      const { delivery_account: account, delivery_status: status, delivery_version: version, delivery_data: data } = row
      return account === null || status === null || version === null || data === null
        ? []
        : [readDelivery({ ...row, account, status, version, data })]
    }),
    amendments: rows.flatMap(({ conv, seq, amendment }) =>
      amendment === null ? [] : [{ conversation: conv as string, seq, data: amendment }],
    ),
  }
}

interface StreamParams {
  readonly ws: number
  readonly after: number
  readonly limit: number
}

/** An entry, or a delivery where `kind` is null. */
type StreamRow = (EntryRow & { readonly kind: number }) | (DeliveryRow & { readonly kind: null })

/**
 * Entries and deliveries take their positions from one sequence: two ranges, merged. In one statement: what is committed
 * between two would be missed.
 */
const following = written<StreamParams, StreamRow>()(
  (p) => sql`
    (select pos, conv, seq, data, kind, type, actor_kind, actor, at, body, null as account, null as status, 0 as version
      from guichet.entry where ws = ${p.ws} and pos > ${p.after} order by pos limit ${p.limit})
    union all
    (select pos, conv, seq, data, null, null, null, null, null, null, account, status, version
      from guichet.delivery where ws = ${p.ws} and pos > ${p.after} order by pos limit ${p.limit})
    order by pos limit ${p.limit}`,
)

const isEntry = (row: StreamRow): row is EntryRow & { readonly kind: number } => row.kind !== null

export const stream = async (
  { workspaces, readers, statement }: Connection,
  { workspace, after, ...query }: Parameters<Storage['stream']>[0],
): Promise<StreamPage> => {
  const limit = rowLimit(query.limit)
  const ws = limit === 0 ? undefined : await workspaces.find(workspace)
  if (ws === undefined) return { items: [], position: after }
  const [rows] = await readers.ask([statement(following)({ ws, after: wholeNumber(Math.floor(after)), limit })])
  const items = rows.map(
    (row): StreamItem =>
      isEntry(row)
        ? { _tag: 'Entry', position: row.pos, entry: readEntry(row) }
        : { _tag: 'Delivery', position: row.pos, delivery: readDelivery(row) },
  )
  return { items, position: items.at(-1)?.position ?? after }
}

const head = written<{ readonly ws: number }, { readonly pos: number }>()(
  (p) => sql`select pos from guichet.stream_head where ws = ${p.ws}`,
)

export const position = async ({ workspaces, readers, statement }: Connection, workspace: string): Promise<number> => {
  const ws = await workspaces.find(workspace)
  if (ws === undefined) return 0
  const [[found]] = await readers.ask([statement(head)({ ws })])
  return found?.pos ?? 0
}
