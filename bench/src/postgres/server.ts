import pg from 'pg'
import { startPostgres } from '../../../tooling/postgres/start.ts'

export interface Server {
  /** A new database. */
  readonly database: (name: string) => Promise<string>
  /** A new database with all that another one has, to which nobody may be connected. */
  readonly copy: (of: string, name: string) => Promise<string>
}

/** A server of our own for one bench, which keeps what it has committed as one in production does. */
export const withServer = async <A>(run: (server: Server) => Promise<A>): Promise<A> => {
  // Room for what is measured, so that no checkpoint falls on one side only.
  const server = await startPostgres({ durable: true, settings: { shared_buffers: '256MB', max_wal_size: '4GB' } })
  const urlOf = (name: string): string => {
    const url = new URL(server.url)
    url.pathname = `/${name}`
    return url.href
  }
  const tell = async (name: string, statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: urlOf(name) })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  const create = async (name: string, template: string): Promise<string> => {
    await tell('postgres', `create database ${name} template ${template}`)
    return urlOf(name)
  }
  try {
    return await run({
      database: (name) => create(name, 'template0'),
      copy: async (of, name) => {
        // What a server does by and by: both sides are to be planned with the same knowledge from the start.
        await tell(of, 'vacuum analyze')
        return create(name, of)
      },
    })
  } finally {
    await server.stop()
  }
}
