import type { MaybePromise } from './channel.ts'
import type { Changeset, CommitResult, CounterDelta, LoadRequest, Snapshot } from './storage/changeset.ts'
import type {
  CountQuery,
  DocumentQuery,
  Filter,
  ListQuery,
  ListedConversation,
  SearchHit,
  SearchQuery,
  StreamPage,
  Timeline,
  TimelineQuery,
  Visibility,
} from './storage/queries.ts'
import type {
  ClaimedWork,
  StoredDocument,
  StoredIdentity,
  StoredParked,
  StoredQuarantine,
  StoredSetting,
} from './storage/rows.ts'

export type * from './storage/changeset.ts'
export type * from './storage/queries.ts'
export type * from './storage/rows.ts'

/** What the store has done since it was opened: tests count these instead of the clock. */
export interface StorageStats {
  readonly statements: number
  readonly commits: number
  readonly rows: number
}

/**
 * Where a workspace lives. Few operations, each atomic, all plain data: no lock, no transaction and no callback leaves
 * a store. Everything is scoped by workspace. A store that fails rejects; it never answers with less than it has.
 */
export interface Storage {
  readonly name: string
  /** Brings tables up to date; safe to call again. */
  readonly migrate: () => MaybePromise<void>
  readonly load: (request: LoadRequest) => MaybePromise<Snapshot>
  /** All changesets in one durable transaction, in order; each succeeds or conflicts on its own. */
  readonly commit: (changesets: ReadonlyArray<Changeset>) => MaybePromise<ReadonlyArray<CommitResult>>
  readonly list: (query: ListQuery) => MaybePromise<ReadonlyArray<ListedConversation>>
  readonly count: (query: CountQuery) => MaybePromise<number>
  readonly documents: (query: DocumentQuery) => MaybePromise<ReadonlyArray<StoredDocument>>
  /** Every address of these contacts, by account and address. */
  readonly identitiesOf: (
    workspace: string,
    contacts: ReadonlyArray<string>,
  ) => MaybePromise<ReadonlyArray<StoredIdentity>>
  /** The sums of these counters; scopes without a row count zero. */
  readonly counters: (workspace: string, scopes: ReadonlyArray<string>) => MaybePromise<ReadonlyArray<CounterDelta>>
  readonly timeline: (query: TimelineQuery) => MaybePromise<Timeline>
  readonly search: (query: SearchQuery) => MaybePromise<ReadonlyArray<SearchHit>>
  /** Brings the search index up to date, at most so many entries at a time; answers how many it took in. */
  readonly index: (limit: number) => MaybePromise<number>
  /** Everything after a position in commit order; of one workspace, or of all. Deliveries show their newest state only. */
  readonly stream: (query: {
    readonly workspace?: string
    readonly after: number
    readonly limit: number
  }) => MaybePromise<StreamPage>
  /** The last position there is. */
  readonly position: () => MaybePromise<number>
  /**
   * Takes work that is due, at most `limit`, oldest first, and holds it for `leaseMs`: nobody else gets it, nor
   * anything behind it in its lane, until it is settled or the lease ends.
   */
  readonly claim: (query: {
    readonly kinds: ReadonlyArray<string>
    readonly now: number
    readonly leaseMs: number
    readonly limit: number
  }) => MaybePromise<ReadonlyArray<ClaimedWork>>
  /** When the next item can be claimed, leases considered; undefined when there is none. */
  readonly nextDue: (kinds: ReadonlyArray<string>) => MaybePromise<number | undefined>
  /** What is still to be done in a workspace, soonest first, held or not. */
  readonly upcoming: (workspace: string, limit: number) => MaybePromise<ReadonlyArray<ClaimedWork>>
  /** Marks everything that matches as read by an agent, as one statement; `unread` leaves that many messages unread. */
  readonly markRead: (query: {
    readonly workspace: string
    readonly agent: string
    readonly visibility: Visibility
    readonly filter: Filter
    readonly conversation?: string
    readonly unread?: number
  }) => MaybePromise<void>
  readonly parked: (
    workspace: string,
    account: string,
    externalIds: ReadonlyArray<string>,
  ) => MaybePromise<ReadonlyArray<StoredParked>>
  readonly draft: (
    workspace: string,
    conversation: string,
    agent: string,
    mode: 'reply' | 'note',
  ) => MaybePromise<string | undefined>
  readonly settings: (workspace: string) => MaybePromise<ReadonlyArray<StoredSetting>>
  readonly workspaces: () => MaybePromise<ReadonlyArray<string>>
  readonly quarantined: (workspace: string) => MaybePromise<ReadonlyArray<StoredQuarantine>>
  readonly stats: () => StorageStats
  readonly close: () => MaybePromise<void>
}
