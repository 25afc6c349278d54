import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import Database from 'better-sqlite3'
import { failure } from './failure.ts'

/** What to say about a driver that would crash this Node, and not throw, as soon as a database is opened. */
export const incompatibility = (driver: string, nodeApi: string, node: string): string | undefined =>
  Number.parseInt(driver, 10) >= 13 && Number(nodeApi) < 10
    ? `better-sqlite3 ${driver} needs Node-API 10 (Node 22.14 or later) and this is Node ${node} with Node-API ${nodeApi}: install better-sqlite3@^12.11.1 or a newer Node`
    : undefined

const installedDriver = (): string => {
  const { version } = createRequire(import.meta.url)('better-sqlite3/package.json') as { readonly version: string }
  return version
}

/** How long a call waits for another process that is writing to the same file, in milliseconds. */
const busyTimeout = 5_000

/** Pages of 4 KiB in the log before they are taken into the file: fewer write the same page again and again. */
const pagesBetweenCheckpoints = 4_000

const cacheKiB = 64 * 1024
const keptLogBytes = 64 * 1024 * 1024

const againMs = 5

const isBusy = (error: unknown): boolean => (error as { readonly code?: string }).code === 'SQLITE_BUSY'

/** For processes that begin a file at once: here SQLite itself does not wait until another one has let go of it. */
const useWriteAheadLog = (db: Database.Database): void => {
  const until = performance.now() + busyTimeout
  for (;;) {
    try {
      db.pragma('journal_mode = wal')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, againMs)
    }
  }
}

export interface Opening {
  readonly file: string
  /** `full` waits for the disk at every commit: what was acknowledged survives a power cut. */
  readonly synchronous: 'full' | 'normal'
  /** Whether a file that is not there is made. */
  readonly create: boolean
  /** Throws when the file is not to be worked with; nothing in it has been changed by then. */
  readonly admit: (db: Database.Database) => void
}

/** Opens the file in WAL mode. */
export const openDatabase = ({ file, synchronous, create, admit }: Opening): Database.Database => {
  const refusal = incompatibility(installedDriver(), process.versions['napi'] ?? '0', process.versions.node)
  if (refusal !== undefined) throw failure('ERR_INCOMPATIBLE_DRIVER', refusal, false)
  if (!create && !existsSync(file)) throw failure('ERR_NOT_MIGRATED', `there is no database at ${file}`, false)
  const db = new Database(file, { timeout: busyTimeout, fileMustExist: !create })
  try {
    admit(db)
    useWriteAheadLog(db)
    db.pragma(`synchronous = ${synchronous}`)
    db.pragma(`wal_autocheckpoint = ${pagesBetweenCheckpoints}`)
    db.pragma(`journal_size_limit = ${keptLogBytes}`)
    db.pragma(`cache_size = -${cacheKiB}`)
    // Overwrites what is erased where that writes no further page.
    db.pragma('secure_delete = fast')
    db.pragma('temp_store = memory')
    db.pragma('foreign_keys = off')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
