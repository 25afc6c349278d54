import type { Storage, StreamItem, StreamPage, Timeline, TimelineQuery } from '@guichet/engine/ports'
import { decodeId, encodeId, entryKinds, readDelivery, readEntry, rowLimit } from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

export const timeline = (connection: Connection, query: TimelineQuery): Timeline => {
  const { sql, workspaces } = connection
  const ws = workspaces.find(query.workspace)
  const limit = rowLimit(query.limit)
  if (ws === undefined || limit === 0) return { entries: [], deliveries: [], amendments: [] }
  const { conversation, kinds = entryKinds.words, after = -1, before = Number.MAX_SAFE_INTEGER } = query
  const conv = encodeId(conversation)
  return connection.reading(() => {
    const params = { ws, conv, after, before, limit, kinds: JSON.stringify(kinds.map(entryKinds.encode)) }
    const rows = query.after === undefined ? sql.newestEntries.all(params).toReversed() : sql.oldestEntries.all(params)
    const [first, last] = [rows[0], rows.at(-1)]
    if (first === undefined || last === undefined) return { entries: [], deliveries: [], amendments: [] }
    const range = { ws, conv, after: first.seq - 1, before: last.seq + 1 }
    const shown = new Set(rows.map(({ seq }) => seq))
    return {
      entries: rows.map(readEntry),
      deliveries: sql.deliveries
        .all(range)
        .filter(({ seq }) => shown.has(seq))
        .map(readDelivery),
      amendments: sql.amendments
        .all(range)
        .filter(({ seq }) => shown.has(seq))
        .map(({ conv: id, seq, data }) => ({ conversation: decodeId(id), seq, data })),
    }
  })
}

/** Entries and deliveries take their positions from one sequence: two ranges, merged. */
export const stream = (connection: Connection, query: Parameters<Storage['stream']>[0]): StreamPage => {
  const { sql, workspaces } = connection
  const { after } = query
  const limit = rowLimit(query.limit)
  const ws = workspaces.find(query.workspace)
  if (limit === 0 || ws === undefined) return { items: [], position: after }
  return connection.reading(() => {
    const entries = sql.entriesAfter.all({ ws, after, limit })
    const deliveries = sql.deliveriesAfter.all({ ws, after, limit })
    const items: StreamItem[] = [
      ...entries.map((row): StreamItem => ({ _tag: 'Entry', position: row.pos, entry: readEntry(row) })),
      ...deliveries.map((row): StreamItem => ({ _tag: 'Delivery', position: row.pos, delivery: readDelivery(row) })),
    ]
    const page = items.sort((a, b) => a.position - b.position).slice(0, limit)
    return { items: page, position: page.at(-1)?.position ?? after }
  })
}
