import type { Storage } from '@guichet/engine/ports'
import type { ClientConfig } from 'pg'
import { commit } from './commit.ts'
import { type Connection, connect } from './connection.ts'
import { documents } from './documents.ts'
import { failure, toFailure } from './failure.ts'
import { position, stream, timeline } from './journal.ts'
import { type Counts, openLink, openLinks } from './link.ts'
import { count, list, markRead } from './list.ts'
import { load } from './load.ts'
import { check, explain, migrate } from './migrate.ts'
import { counters, draft, identitiesOf, parked, quarantined, settings } from './records.ts'
import { makeIndex } from './search.ts'
import { makeWatch } from './watch.ts'
import { makeWork } from './work.ts'
import { openWorkspaces } from './workspaces.ts'

/** Which server, how it is reached, and what a power cut may take. */
export interface PostgresOptions {
  /** A connection string, such as `postgres://user@host/database`. What it leaves out comes from `PGHOST` and the like. */
  readonly url?: string
  /** What pg takes beside it, such as `ssl`. */
  readonly client?: ClientConfig
  /** The schema that holds the tables; made when it is not there. `guichet` when absent. */
  readonly schema?: string
  /** `auto`, the default: `migrate` brings tables up to date. `check`: it refuses tables of another version. */
  readonly migrate?: 'auto' | 'check'
  /** `off`: a crash of the server may take the last commits, never a part of one. `on` when absent. */
  readonly synchronousCommit?: 'on' | 'off'
  /** Connections for decisions, as many of whose batches are under way at once, and for reading. 2 and 4 when absent. */
  readonly connections?: { readonly writers?: number; readonly readers?: number }
  /**
   * Whether a pooler that gives connections away after each transaction (PgBouncer's `transaction` mode) stands between.
   * Then nothing is left on a connection: settings hold for a transaction, and each statement is parsed as it comes.
   */
  readonly pooled?: boolean
  /**
   * Where news are listened for, such as a direct URL beside a pooled one; false for nowhere, so that they come by asking
   * and whispers do not come at all. When absent: at `url`, and nowhere when `pooled`, as nobody can listen there.
   */
  readonly listen?: string | false
  /** How often news are asked for when none are heard, in milliseconds. 1,000 when absent. */
  readonly pollMs?: number
  /** How long an answer of the server may take, in milliseconds, before its connection is given up. 10,000 when absent. */
  readonly timeoutMs?: number
  /**
   * Whose clock leases of work are measured with: the `database`'s, so that clocks of processes may differ, or the
   * `caller`'s, for tests that move time.
   */
  readonly leaseClock?: 'database' | 'caller'
}

const defaultTimeout = 10_000
const connectTimeout = 5_000
/** The server is to say first what took too long: then nobody else on the connection is harmed. */
const graceMs = 1_000
/** A connection on which nothing is said is tried after so long, by both sides, in milliseconds. */
const quietMs = 5_000
/** The server's side of it: one that nobody answers on is given up, and what it held is free. In seconds. */
const keepAlives = {
  tcp_keepalives_idle: String(quietMs / 1_000),
  tcp_keepalives_interval: '2',
  tcp_keepalives_count: '3',
}

/** Every access for a decision is by key; the planner is not to guess otherwise while a table is young and small. */
const writerSettings = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
}

/**
 * A process that is stopped in the middle of a commit, or cut off there without a word, must not keep its workspace from
 * others. Servers before version 17 do not know this limit, and would refuse a connection that names it.
 */
const endTransactions = (ms: number, local: boolean): string =>
  `select set_config('transaction_timeout', '${ms}', ${local}) where current_setting('server_version_num')::integer >= 170000`

const startParameters = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

const localSettings = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `; set local ${name} = ${value}`)
    .join('')

/**
 * A store in a PostgreSQL database, through the peer dependency pg. Any number of engines may share it: each workspace's
 * commits come one after the other, whoever makes them, and different workspaces do not wait for each other.
 *
 * What fails rejects with an `Error` that has `code` (the server's SQLSTATE, such as `53100` for a full disk; Node's for
 * a broken connection; `ERR_CLOSED`, `ERR_CONNECTION`, `ERR_NOT_MIGRATED`, `ERR_NEWER_DATABASE` and `ERR_UNEXPECTED` for
 * our own) and `retryable`: whether the same call may succeed later; its message says what to do. The store goes on when the
 * cause has passed. When a connection breaks during a commit, nobody can say whether it was stored: tried again, it is at
 * most once. Once a newer library has changed the tables, nothing is written to them: `ERR_NEWER_DATABASE`.
 *
 * @example
 * ```ts no-run
 * // with a server
 * import { createEngine } from '@guichet/engine'
 * import { postgres } from '@guichet/storage-postgres'
 *
 * const engine = await createEngine({ storage: postgres({ url: 'postgres://guichet@localhost/inbox' }) })
 * ```
 */
export const postgres = (options: PostgresOptions = {}): Storage => {
  const { schema = 'guichet', pooled = false, timeoutMs = defaultTimeout, synchronousCommit = 'on' } = options
  const counts: Counts = { statements: 0, commits: 0, rows: 0, roundTrips: 0 }
  const config: ClientConfig = {
    ...(options.url === undefined ? {} : { connectionString: options.url }),
    application_name: 'guichet',
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: quietMs,
    query_timeout: timeoutMs + graceMs,
    ...options.client,
  }
  const limits = {
    statement_timeout: String(timeoutMs),
    // Between two statements of a transaction; within what is sent as one, `endTransactions` does it.
    idle_in_transaction_session_timeout: String(timeoutMs),
  }
  const open = (parameters: Readonly<Record<string, string>>) => {
    const all = { ...limits, synchronous_commit: synchronousCommit, ...parameters }
    return pooled
      ? () =>
          openLink(config, counts, {
            begin: `begin${localSettings(all)}; ${endTransactions(timeoutMs + graceMs, true)}`,
          })
      : () =>
          openLink({ ...config, options: startParameters({ ...all, ...keepAlives }) }, counts, {
            first: endTransactions(timeoutMs + graceMs, false),
          })
  }
  const writers = options.connections?.writers ?? 2
  const readers = openLinks(options.connections?.readers ?? 4, open({ jit: 'off' }))
  const connection: Connection = connect({
    schema,
    writers: openLinks(writers, open(writerSettings)),
    readers,
    workspaces: openWorkspaces(readers, schema),
    leaseClock: options.leaseClock ?? 'database',
  })
  const index = makeIndex(connection)
  const work = makeWork(connection)
  const listen = options.listen ?? !pooled
  const watch = makeWatch(connection, {
    config: { ...config, ...(typeof listen === 'string' ? { connectionString: listen } : {}) },
    listen: listen !== false,
    pollMs: options.pollMs,
  })
  let closed = false

  const answer = async <A>(run: () => Promise<A>): Promise<A> => {
    if (closed) throw failure('ERR_CLOSED', 'the store is closed', false)
    try {
      return await run()
    } catch (error) {
      throw await explain(connection, toFailure(error))
    }
  }

  return {
    name: 'postgres',
    batches: writers,
    migrate: () => answer(() => (options.migrate === 'check' ? check : migrate)(config, schema)),
    load: (request) => answer(() => load(connection, request)),
    commit: (changesets) =>
      answer(async () => {
        counts.commits += 1
        const results = await commit(connection, changesets)
        const workspaces = new Set(changesets.map(({ workspace }) => workspace))
        index.note(workspaces)
        watch.tell(workspaces)
        return results
      }),
    list: (query) => answer(() => list(connection, query)),
    count: (query) => answer(() => count(connection, query)),
    documents: (query) => answer(() => documents(connection, query)),
    identitiesOf: (workspace, contacts) => answer(() => identitiesOf(connection, workspace, contacts)),
    counters: (workspace, scopes) => answer(() => counters(connection, workspace, scopes)),
    timeline: (query) => answer(() => timeline(connection, query)),
    search: (query) => answer(() => index.search(query)),
    index: (limit) => answer(() => index.index(limit)),
    stream: (query) =>
      answer(async () => {
        const page = await stream(connection, query)
        watch.seen(query.workspace, page.position)
        return page
      }),
    position: (workspace) => answer(() => position(connection, workspace)),
    watch: watch.hear,
    whisper: watch.whisper,
    claim: (query) => answer(() => work.claim(query)),
    nextDue: (kinds) => answer(() => work.nextDue(kinds)),
    upcoming: (workspace, limit) => answer(() => work.upcoming(workspace, limit)),
    markRead: (query) => answer(() => markRead(connection, query)),
    parked: (workspace, account, externalIds) => answer(() => parked(connection, workspace, account, externalIds)),
    draft: (workspace, conversation, agent, mode) =>
      answer(() => draft(connection, workspace, conversation, agent, mode)),
    settings: (workspace) => answer(() => settings(connection, workspace)),
    workspaces: () => answer(() => connection.workspaces.all()),
    quarantined: (workspace) => answer(() => quarantined(connection, workspace)),
    stats: () => ({ ...counts }),
    close: async () => {
      closed = true
      await Promise.all([watch.close(), connection.writers.close(), connection.readers.close()])
    },
  }
}
