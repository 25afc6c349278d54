import type { RawReader, RawTable } from '@guichet/conformance'
import { Client } from 'pg'

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

/** An id as a column keeps it, written without the adapter's codec. */
const key = (id: string): Buffer =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? Buffer.from(id.replaceAll('-', ''), 'hex')
    : Buffer.concat([Buffer.of(0), Buffer.from(id), id.length === 15 ? Buffer.of(0) : Buffer.alloc(0)])

/** Reads a schema through a connection of its own. */
export const rawReader = (url: string, schema: string): RawReader => {
  const reading = async <Row extends object>(
    query: string,
    values: ReadonlyArray<unknown>,
  ): Promise<Row | undefined> => {
    const client = new Client({ connectionString: url, options: `-c search_path=${schema}` })
    await client.connect()
    try {
      return (await client.query<Row>(query, [...values])).rows[0]
    } finally {
      await client.end()
    }
  }
  const ofWorkspace = 'ws = (select id from workspace where name = $1)'
  return {
    count: async (table, workspace) => {
      // A counter that has come to zero may keep its row.
      const counts = table === 'counters' ? ' and n <> 0' : ''
      const query = `select count(*)::integer as n from ${tables[table]} where ${ofWorkspace}${counts}`
      return (await reading<{ n: number }>(query, [workspace]))?.n ?? 0
    },
    conversation: async (workspace, id) => {
      const row = await reading<{ version: number; status: number; owner: string | null }>(
        `select version::integer, status, owner from conversation where ${ofWorkspace} and id = $2`,
        [workspace, key(id)],
      )
      return row === undefined ? undefined : { ...row, status: statuses[row.status] ?? 'unknown' }
    },
    entry: (workspace, conversation, seq) =>
      reading(`select body, data from entry where ${ofWorkspace} and conv = $2 and seq = $3`, [
        workspace,
        key(conversation),
        seq,
      ]),
  }
}
