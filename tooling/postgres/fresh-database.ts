import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import './provided.ts'

export interface FreshDatabase {
  readonly url: string
  /** Whoever is still connected. */
  drop(): Promise<void>
}

const tell = async (server: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * An empty database on a server, for one test file: `afterAll(database.drop)`. It orders by code points, whatever the
 * server does, so that every machine sees the same lists.
 */
export const freshDatabase = async (server: string): Promise<FreshDatabase> => {
  const name = `guichet_${randomUUID().replaceAll('-', '')}`
  await tell(
    server,
    `create database ${name} template template0 encoding 'UTF8' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
  )
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => tell(server, `drop database ${name} with (force)`) }
}
