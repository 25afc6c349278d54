import type { RawReader, RawTable } from '@guichet/conformance'

const tables: Readonly<Record<RawTable, string>> = {
  conversations: 'conversation',
  identities: 'identity',
  documents: 'document',
  externals: 'external',
  entries: 'entry',
  deliveries: 'delivery',
  amendments: 'amendment',
  work: 'work',
  parked: 'parked',
  drafts: 'draft',
  settings: 'setting',
  quarantine: 'quarantine',
  counters: 'counter',
}

const statuses = ['open', 'pending', 'closed', 'spam', 'archived']

/** Sends a query whose parameters are `$1`, `$2` and so on, by a connection of its own; answers the first row. */
export type Ask = <Row extends object>(query: string, values: ReadonlyArray<unknown>) => Promise<Row | undefined>

/**
 * Reads the tables that the SQL stores have in common. `key` is an id as a column keeps it, written without the stores'
 * codecs; `counted` stands in for tables that keep rows which say nothing.
 */
export const rawReaderOf = (
  ask: Ask,
  key: (id: string, isUuid: boolean) => unknown,
  counted: Partial<Readonly<Record<RawTable, string>>> = {},
): RawReader => {
  const ofWorkspace = 'ws = (select id from workspace where name = $1)'
  const keyOf = (id: string): unknown => key(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
  return {
    count: async (table, workspace) => {
      const query = `select cast(count(*) as integer) as n from ${counted[table] ?? tables[table]} where ${ofWorkspace}`
      return (await ask<{ n: number }>(query, [workspace]))?.n ?? 0
    },
    conversation: async (workspace, id) => {
      const row = await ask<{ version: number; status: number; owner: string | null }>(
        `select cast(version as integer) as version, status, owner from conversation where ${ofWorkspace} and id = $2`,
        [workspace, keyOf(id)],
      )
      return row === undefined ? undefined : { ...row, status: statuses[row.status] ?? 'unknown' }
    },
    entry: (workspace, conversation, seq) =>
      ask(`select body, data from entry where ${ofWorkspace} and conv = $2 and seq = $3`, [
        workspace,
        keyOf(conversation),
        seq,
      ]),
  }
}
