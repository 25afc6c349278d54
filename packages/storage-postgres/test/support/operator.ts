import { Client, type ClientConfig } from 'pg'
import { expect, onTestFinished } from 'vitest'

/** Somebody else on a server, until the test ends. He outlives being thrown out. */
export const operator = async (url: string, config: ClientConfig = {}): Promise<Client> => {
  const client = new Client({ connectionString: url, ...config })
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** Settings of a database, for connections that come later. */
export const setDatabase = (client: Client, setting: string): Promise<unknown> =>
  client.query(`do $$ begin execute format('alter database %I set ${setting}', current_database()); end $$`)

/** The process of the server that waits for a lock of his; waits until there is one. */
export const blockedBy = async (client: Client): Promise<number> => {
  const find = async (): Promise<number | undefined> => {
    const { rows } = await client.query<{ readonly pid: number }>(
      'select pid from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))',
    )
    return rows[0]?.pid
  }
  let pid: number | undefined
  await expect.poll(async () => (pid = await find())).toBeDefined()
  return pid ?? 0
}
