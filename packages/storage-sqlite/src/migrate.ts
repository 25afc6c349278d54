import { pendingMigrations, sqliteMigrations } from '@guichet/storage-sql'
import type { Database } from 'better-sqlite3'
import { failure } from './failure.ts'

/** "guic": marks the file as ours in its header, where SQLite keeps a place for it. */
const applicationId = 0x67756963

const isForeign = (db: Database): boolean =>
  db.pragma('application_id', { simple: true }) !== applicationId &&
  db.prepare('select 1 from sqlite_schema limit 1').get() !== undefined

/** The version of the tables in the file; 0 when there are none yet. */
export const storedVersion = (db: Database): number => db.pragma('user_version', { simple: true }) as number

export const newestVersion = sqliteMigrations.at(-1)?.version ?? 0

/**
 * Brings the tables up to date in one transaction: after a crash they are as before. The version is read inside of it,
 * so that of two processes that start together one does the work.
 */
export const migrate = (db: Database): void => {
  db.transaction(() => {
    if (isForeign(db)) throw failure('ERR_FOREIGN_DATABASE', `${db.name} belongs to another application`, false)
    const version = storedVersion(db)
    const pending = pendingMigrations(sqliteMigrations, version)
    if (pending === undefined) {
      throw failure(
        'ERR_NEWER_DATABASE',
        `${db.name} has tables of version ${version}, newer than this library's ${newestVersion}: update @guichet/storage-sqlite`,
        false,
      )
    }
    if (pending.length === 0) return
    for (const statement of pending.flatMap(({ statements }) => statements)) db.exec(statement)
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${newestVersion}`)
  }).immediate()
}
