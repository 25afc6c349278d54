import { pendingMigrations, postgresMigrations } from '@guichet/storage-sql'
import pg, { type Client, type ClientConfig } from 'pg'
import { failure, toFailure } from './failure.ts'
import { inSchema, quoteSchema } from './statement.ts'

export const newestVersion = postgresMigrations.at(-1)?.version ?? 0

/** Where the version of the tables stands. */
const ledger = 'create table if not exists guichet.schema_version (version integer not null)'

/** Of the engines that start together one does the work: a lock that the server gives back with the transaction. */
const lock = "select pg_advisory_xact_lock(hashtextextended('guichet.' || $1, 0))"

const undefinedTable = '42P01'
const undefinedSchema = '3F000'

const versionIn = async (client: Client, schema: string): Promise<number> => {
  try {
    const { rows } = await client.query<{ readonly version: number }>(
      inSchema('select version from guichet.schema_version', schema),
    )
    return rows[0]?.version ?? 0
  } catch (error) {
    const { code } = toFailure(error)
    if (code === undefinedTable || code === undefinedSchema) return 0
    throw error
  }
}

const alone = async <A>(config: ClientConfig, run: (client: Client) => Promise<A>): Promise<A> => {
  // Making an index on a large table takes its time.
  const client = new pg.Client({ ...config, query_timeout: 0, statement_timeout: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await run(client)
  } catch (error) {
    throw toFailure(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const newer = (schema: string, version: number) =>
  failure(
    'ERR_NEWER_DATABASE',
    `schema ${schema} has tables of version ${version}, newer than this library's ${newestVersion}: update @guichet/storage-postgres`,
    false,
  )

/** Refuses tables of another version than this library's. */
export const check = (config: ClientConfig, schema: string): Promise<void> =>
  alone(config, async (client) => {
    const version = await versionIn(client, schema)
    if (version > newestVersion) throw newer(schema, version)
    if (version < newestVersion) {
      throw failure(
        'ERR_NOT_MIGRATED',
        `the tables in schema ${schema} are of version ${version} and not ${newestVersion}: call migrate first, with migrate: 'auto'`,
        false,
      )
    }
  })

/** Brings the tables up to date in one transaction: after a crash they are as before. */
export const migrate = (config: ClientConfig, schema: string): Promise<void> =>
  alone(config, async (client) => {
    if ((await versionIn(client, schema)) === newestVersion) return
    await client.query('begin')
    await client.query(lock, [schema])
    await client.query(`create schema if not exists ${quoteSchema(schema)}`)
    await client.query(inSchema(ledger, schema))
    const version = await versionIn(client, schema)
    const pending = pendingMigrations(postgresMigrations, version)
    if (pending === undefined) throw newer(schema, version)
    for (const statement of pending.flatMap(({ statements }) => statements)) {
      await client.query(inSchema(statement, schema))
    }
    await client.query(inSchema('delete from guichet.schema_version', schema))
    await client.query(inSchema('insert into guichet.schema_version (version) values ($1)', schema), [newestVersion])
    await client.query('commit')
  })
