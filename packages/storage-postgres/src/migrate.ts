import { pendingMigrations, postgresMigrations, written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import pg, { type Client, type ClientConfig } from 'pg'
import type { Connection } from './connection.ts'
import { failure, type StorageFailure, toFailure } from './failure.ts'
import { inSchema, quoteSchema } from './statement.ts'
import { newestVersion, otherVersion } from './version.ts'

/** Where the version of the tables stands. */
const ledger = 'create table if not exists guichet.schema_version (version integer not null)'

/** Of the engines that start together one does the work: a lock that the server gives back with the transaction. */
const lock = "select pg_advisory_xact_lock(hashtextextended('guichet.' || $1, 0))"

/** Commits that are under way end first, and those that come later see what has become of the tables. */
const holdOff = 'lock table guichet.schema_version in access exclusive mode'

const undefinedTable = '42P01'
const undefinedSchema = '3F000'
const undefinedColumn = '42703'
const undefinedFunction = '42883'
const changedResult = '0A000'

const missing: ReadonlySet<string> = new Set([undefinedTable, undefinedSchema, undefinedColumn])

/** What statements fail with where the tables are not those that they were written for. */
const unfit: ReadonlySet<string> = new Set([...missing, undefinedFunction, changedResult, otherVersion])

/** Where tables have never been made, their version is 0. */
const versionFrom = async (
  asked: Promise<ReadonlyArray<{ readonly version: number }> | undefined>,
): Promise<number> => {
  try {
    const rows = await asked
    return rows?.[0]?.version ?? 0
  } catch (error) {
    const { code } = toFailure(error)
    if (code === undefinedTable || code === undefinedSchema) return 0
    throw error
  }
}

const versionIn = (client: Client, schema: string): Promise<number> =>
  versionFrom(
    client
      .query<{ readonly version: number }>(inSchema('select version from guichet.schema_version', schema))
      .then(({ rows }) => rows),
  )

const alone = async <A>(config: ClientConfig, run: (client: Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client(config)
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

/** What is wrong with tables of a version; undefined for this library's own. */
const complaint = (schema: string, version: number): StorageFailure | undefined => {
  if (version === newestVersion) return undefined
  if (version > newestVersion) {
    return failure(
      'ERR_NEWER_DATABASE',
      `schema ${schema} has tables of version ${version}, newer than this library's ${newestVersion}: update @guichet/storage-postgres`,
      false,
    )
  }
  const now =
    version === 0 ? `there are no tables in schema ${schema}` : `schema ${schema} has tables of version ${version}`
  return failure(
    'ERR_NOT_MIGRATED',
    `${now}, and this library needs version ${newestVersion}: call migrate first, with migrate: 'auto'`,
    false,
  )
}

/** Refuses tables of another version than this library's. */
export const check = (config: ClientConfig, schema: string): Promise<void> =>
  alone(config, async (client) => {
    const wrong = complaint(schema, await versionIn(client, schema))
    if (wrong !== undefined) throw wrong
  })

const version = written<object, { readonly version: number }>()(() => sql`select version from guichet.schema_version`)

/**
 * What a statement failed with, or that the tables are not those that it was written for: never made, dropped, or changed
 * by a newer library while this one ran.
 */
export const explain = async (
  { schema, readers, statement }: Connection,
  failed: StorageFailure,
): Promise<StorageFailure> => {
  if (!unfit.has(failed.code)) return failed
  try {
    const found = await versionFrom(readers.ask([statement(version)({})]).then(([rows]) => rows))
    const wrong = complaint(schema, found)
    if (wrong !== undefined || !missing.has(failed.code)) return wrong ?? failed
  } catch {
    return failed
  }
  return failure(
    'ERR_NOT_MIGRATED',
    `tables in schema ${schema} are missing or damaged, although they are said to be of version ${newestVersion}: restore them from a backup (${failed.message})`,
    false,
    failed,
  )
}

/** Brings the tables up to date in one transaction: after a crash they are as before. */
export const migrate = (config: ClientConfig, schema: string): Promise<void> =>
  alone({ ...config, query_timeout: 0 }, async (client) => {
    if ((await versionIn(client, schema)) === newestVersion) return
    // Making an index on a large table takes its time, and so does waiting for whoever makes it; being away does not.
    const awayMs = Number(config.query_timeout ?? 0)
    await client.query(
      `begin; set local statement_timeout = 0; set local lock_timeout = 0;
        set local idle_in_transaction_session_timeout = ${awayMs}`,
    )
    await client.query(lock, [schema])
    await client.query(`create schema if not exists ${quoteSchema(schema)}`)
    await client.query(inSchema(ledger, schema))
    await client.query(inSchema(holdOff, schema))
    const found = await versionIn(client, schema)
    const pending = pendingMigrations(postgresMigrations, found)
    if (pending === undefined) throw complaint(schema, found)
    // As one query: one answer is waited for, and not one for each.
    await client.query(inSchema(pending.flatMap(({ statements }) => statements).join(';\n'), schema))
    await client.query(inSchema('delete from guichet.schema_version', schema))
    await client.query(inSchema('insert into guichet.schema_version (version) values ($1)', schema), [newestVersion])
    await client.query('commit')
  })
