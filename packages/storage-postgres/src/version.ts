import { postgresMigrations } from '@guichet/storage-sql'
import { sql } from 'kysely'

/** The version of the tables that this library works on. */
export const newestVersion = postgresMigrations.at(-1)?.version ?? 0

/**
 * Zero where the tables are of this library's version, and otherwise a failure with `otherVersion`: an engine that runs
 * while a newer one migrates may not write to what it does not know. Who has read it in a transaction keeps the tables as
 * they are until that ends, because a migration takes the table of the version first.
 */
export const zeroInThisVersion = sql`(
  select case when version = ${sql.raw(String(newestVersion))} then 0 else ('version ' || version)::integer end
  from guichet.schema_version
)`

/** `invalid_text_representation`: a version that is no number. */
export const otherVersion = '22P02'
