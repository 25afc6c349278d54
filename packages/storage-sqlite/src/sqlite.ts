import type { MaybePromise, Storage, StoredSetting } from '@guichet/engine/ports'
import { encodeId, jsonList, readParked, readQuarantine } from '@guichet/storage-sql'
import type { Database } from 'better-sqlite3'
import { commit } from './commit.ts'
import { type Connection, connect } from './connection.ts'
import { documents } from './documents.ts'
import { openDatabase } from './driver.ts'
import { failure, toFailure } from './failure.ts'
import { stream, timeline } from './journal.ts'
import { count, list, markRead } from './list.ts'
import { identitiesOf, load } from './load.ts'
import { check, migrate, refuseForeign, refuseReadOnly } from './migrate.ts'
import { index, indexAll, search } from './search.ts'
import type { Counts } from './statement.ts'
import { makeWatch } from './watch.ts'
import { claim, nextDue, upcoming } from './work.ts'

/** Which file, and what a power cut may take. */
export interface SqliteOptions {
  /** The path of the database; made when it is not there. Two more files stand beside it while it is open. */
  readonly file: string
  /**
   * `full`, the default: every commit waits for the disk, and what was acknowledged survives a power cut. `normal`: a
   * power cut may take the last commits, a crash of the process takes nothing.
   */
  readonly synchronous?: 'full' | 'normal'
  /**
   * `auto`, the default: `migrate` brings tables up to date. `check`: it refuses tables of another version, makes no file
   * and changes none.
   */
  readonly migrate?: 'auto' | 'check'
  /** How often to look whether another process has committed something, in milliseconds; 250 unless given. */
  readonly watchEveryMs?: number
}

/**
 * A store in one SQLite file, through the peer dependency better-sqlite3. Calls run synchronously and answer at once;
 * several processes may use the file, one writes at a time, and a call waits for another process for up to five seconds.
 *
 * What fails rejects with an `Error` that has `code` (SQLite's, such as `SQLITE_FULL`; `ERR_CLOSED`,
 * `ERR_NOT_MIGRATED`, `ERR_NEWER_DATABASE`, `ERR_FOREIGN_DATABASE`, `ERR_INCOMPATIBLE_DRIVER` and `ERR_UNEXPECTED` for
 * our own) and `retryable`: whether the same call may succeed later. The store goes on when the cause has passed.
 * Tables that a newer version has migrated while the file was open are refused from then on, with `ERR_NEWER_DATABASE`.
 *
 * @example
 * ```ts
 * import { createEngine } from '@guichet/engine'
 * import { sqlite } from '@guichet/storage-sqlite'
 *
 * const engine = await createEngine({ storage: sqlite({ file: 'inbox.db' }) })
 * await engine.workspace('acme').queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * await engine.close()
 *
 * const again = sqlite({ file: 'inbox.db' })
 * console.log(await again.workspaces())
 * await again.close()
 * ```
 *
 * ```text
 * [ 'acme' ]
 * ```
 */
export const sqlite = (options: SqliteOptions): Storage => {
  const { file, synchronous = 'full', watchEveryMs = 250 } = options
  const checks = options.migrate === 'check'
  const counts: Counts = { statements: 0, commits: 0, rows: 0 }
  let db: Database | undefined
  let connection: Connection | undefined
  let closed = false

  /** Opened by the first call, so that a file that cannot be opened rejects like everything else. */
  const opened = (): Database => {
    if (closed) throw failure('ERR_CLOSED', `the store on ${file} is closed`, false)
    db ??= openDatabase({ file, synchronous, create: !checks, admit: checks ? check : refuseForeign })
    return db
  }
  const connected = (): Connection => {
    if (connection !== undefined) return connection
    const database = opened()
    check(database)
    connection = connect(database, counts)
    return connection
  }
  const watch = makeWatch(connected, watchEveryMs)
  const answer = <A>(run: (connection: Connection) => A): MaybePromise<A> => {
    try {
      return run(connected())
    } catch (error) {
      return Promise.reject(toFailure(error))
    }
  }
  /** Of one state of the file, and only of tables that are still ours to read. */
  const ask = <A>(run: (connection: Connection) => A): MaybePromise<A> => answer((to) => to.reading(() => run(to)))

  return {
    name: 'sqlite',
    migrate: () => {
      try {
        const database = opened()
        if (checks) check(database)
        else migrate(database)
        refuseReadOnly(database)
      } catch (error) {
        return Promise.reject(toFailure(error))
      }
    },
    load: (request) => answer((to) => load(to, request)),
    commit: (changesets) =>
      answer((to) => {
        counts.commits += 1
        const results = commit(to, changesets)
        watch.committed(changesets.flatMap(({ workspace }, n) => (results[n]?._tag === 'Committed' ? [workspace] : [])))
        return results
      }),
    list: (query) => answer((to) => list(to, query)),
    count: (query) => answer((to) => count(to, query)),
    documents: (query) => answer((to) => documents(to, query)),
    identitiesOf: (workspace, contacts) => answer((to) => identitiesOf(to, workspace, contacts)),
    counters: (workspace, scopes) =>
      ask(({ sql, workspaces }) => {
        const ws = workspaces.find(workspace)
        if (ws === undefined) return []
        const asked = [...new Set(scopes)]
        const found = sql.counters.get({ ws, scopes: jsonList(asked) })?.found ?? '[]'
        const counters = JSON.parse(found) as ReadonlyArray<readonly [at: number, bucket: string, by: number]>
        return counters.map(([at, bucket, by]) => ({ scope: asked[at] as string, bucket, by }))
      }),
    timeline: (query) => answer((to) => timeline(to, query)),
    search: async (query) => {
      try {
        await indexAll(connected)
        return search(connected(), query)
      } catch (error) {
        throw toFailure(error)
      }
    },
    index: (limit) => answer((to) => index(to, limit)),
    stream: (query) => answer((to) => stream(to, query)),
    position: (workspace) =>
      ask(({ sql, workspaces }) => {
        const ws = workspaces.find(workspace)
        return ws === undefined ? 0 : (sql.positionIn.get({ ws })?.pos ?? 0)
      }),
    watch: watch.hear,
    claim: (query) => answer((to) => claim(to, query)),
    nextDue: (kinds) => ask((to) => nextDue(to, kinds)),
    upcoming: (workspace, limit) => ask((to) => upcoming(to, workspace, limit)),
    markRead: (query) => answer((to) => markRead(to, query)),
    parked: (workspace, account, externalIds) =>
      ask(({ sql, workspaces }) => {
        const ws = workspaces.find(workspace)
        if (ws === undefined) return []
        const parked = sql.parked.all({ ws, account, externals: jsonList(externalIds) })
        return parked.map(readParked).sort((a, b) => (a.id < b.id ? -1 : 1))
      }),
    draft: (workspace, conversation, agent, mode) =>
      ask(({ sql, workspaces }) => {
        const ws = workspaces.find(workspace)
        return ws === undefined ? undefined : sql.draft.get({ ws, conv: encodeId(conversation), agent, mode })?.data
      }),
    settings: (workspace) =>
      ask(({ sql, workspaces }) => {
        const ws = workspaces.find(workspace)
        return ws === undefined ? [] : sql.settings.all({ ws }).map((row) => row as StoredSetting)
      }),
    workspaces: () => ask(({ sql }) => sql.workspaces.all({}).map(({ name }) => name)),
    quarantined: (workspace) =>
      ask(({ sql, workspaces }) => {
        const ws = workspaces.find(workspace)
        return ws === undefined ? [] : sql.quarantined.all({ ws }).map(readQuarantine)
      }),
    stats: () => ({ ...counts, roundTrips: 0 }),
    close: () => {
      closed = true
      watch.close()
      connection = undefined
      try {
        db?.close()
      } catch (error) {
        return Promise.reject(toFailure(error))
      }
      db = undefined
    },
  }
}
