import type { RawReader, RawTable } from '@guichet/conformance'
import Database from 'better-sqlite3'

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

/** An id as SQL, written without the adapter's codec. */
const idLiteral = (id: string): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? `x'${id.replaceAll('-', '')}'`
    : `'${id.replaceAll("'", "''")}'`

/** Reads the file through a connection of its own. */
export const rawReader = (file: string): RawReader => {
  const reading = async <A>(read: (db: Database.Database) => A): Promise<A> => {
    const db = new Database(file, { readonly: true })
    try {
      return read(db)
    } finally {
      db.close()
    }
  }
  const ofWorkspace = 'ws = (select id from workspace where name = ?)'
  return {
    count: (table, workspace) =>
      reading(
        (db) =>
          db.prepare(`select count(*) from ${tables[table]} where ${ofWorkspace}`).pluck().get(workspace) as number,
      ),
    conversation: (workspace, id) =>
      reading((db) => {
        const row = db
          .prepare(`select version, status, owner from conversation where ${ofWorkspace} and id = ${idLiteral(id)}`)
          .get(workspace) as { version: number; status: number; owner: string | null } | undefined
        return row === undefined ? undefined : { ...row, status: statuses[row.status] ?? 'unknown' }
      }),
    entry: (workspace, conversation, seq) =>
      reading(
        (db) =>
          db
            .prepare(
              `select body, data from entry where ${ofWorkspace} and conv = ${idLiteral(conversation)} and seq = ?`,
            )
            .get(workspace, seq) as { body: string | null; data: string } | undefined,
      ),
  }
}
