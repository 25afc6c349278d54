import { pendingMigrations, sqliteMigrations } from '@guichet/storage-sql'
import type { Database } from 'better-sqlite3'
import { failure, type StorageFailure } from './failure.ts'

/** "guic": marks the file as ours in its header, where SQLite keeps a place for it. */
const applicationId = 0x67756963

const newestVersion = sqliteMigrations.at(-1)?.version ?? 0

/** The version of the tables in the file; 0 when there are none yet. */
const storedVersion = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/** Refuses the database of another application. Asked before anything is changed. */
export const refuseForeign = (db: Database): void => {
  // Both are of one moment: another process may be making the tables.
  const foreign = db.transaction(
    () =>
      db.pragma('application_id', { simple: true }) !== applicationId &&
      db.prepare('select 1 from sqlite_schema limit 1').get() !== undefined,
  )()
  if (foreign) throw failure('ERR_FOREIGN_DATABASE', `${db.name} belongs to another application`, false)
}

/** Why this library cannot work with tables of a version; undefined when it can. */
export const refusal = (file: string, version: number): StorageFailure | undefined => {
  if (version === newestVersion) return undefined
  return version > newestVersion
    ? failure(
        'ERR_NEWER_DATABASE',
        `${file} has tables of version ${version}, newer than this library's ${newestVersion}: update @guichet/storage-sqlite`,
        false,
      )
    : failure(
        'ERR_NOT_MIGRATED',
        `the tables in ${file} are of version ${version} and not ${newestVersion}: call migrate first, with migrate: 'auto'`,
        false,
      )
}

/** Refuses a file that may only be read, which SQLite opens all the same: now, not when the first message comes. */
export const refuseReadOnly = (db: Database): void => {
  // Changes nothing, and needs the leave to.
  db.exec('delete from workspace where false')
}

/** Refuses tables of another version than this library's, and changes nothing. */
export const check = (db: Database): void => {
  refuseForeign(db)
  const refused = refusal(db.name, storedVersion(db))
  if (refused !== undefined) throw refused
}

/**
 * Brings the tables up to date in one transaction: after a crash they are as before. The version is read inside of it,
 * so that of two processes that start together one does the work.
 */
export const migrate = (db: Database): void => {
  db.transaction(() => {
    refuseForeign(db)
    const version = storedVersion(db)
    const pending = pendingMigrations(sqliteMigrations, version)
    if (pending === undefined) throw refusal(db.name, version)
    if (pending.length === 0) return
    for (const statement of pending.flatMap(({ statements }) => statements)) db.exec(statement)
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${newestVersion}`)
  }).immediate()
}
