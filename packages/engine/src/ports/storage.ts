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
  /** How often an answer from elsewhere was waited for; 0 where nothing is elsewhere. */
  readonly roundTrips: number
}

/**
 * Words among the engines on one store that are worth nothing a moment later, such as who types where. They are never
 * stored; what is lost does no harm. The engine says at most 2 000 characters at a time.
 */
export interface Whisper {
  /** Returns at once, and never throws. */
  readonly say: (workspace: string, text: string) => void
  /** Hears what any engine says, perhaps this one as well. Returns how to stop. */
  readonly hear: (listener: (workspace: string, text: string) => void) => () => void
}

/**
 * Where a workspace lives. Few operations, each atomic, all plain data: no lock and no transaction leaves a store.
 * Everything is scoped by workspace. A store that fails rejects; it never answers with less than it has.
 *
 * Any number of engines may use one store at once, in one process or in many. What each of them has committed, all of
 * them see from then on.
 */
export interface Storage {
  readonly name: string
  /** Brings tables up to date; safe to call again. */
  readonly migrate: () => MaybePromise<void>
  readonly load: (request: LoadRequest) => MaybePromise<Snapshot>
  /**
   * Takes changesets in order; each is atomic and durable, and succeeds or conflicts on its own. Together they are one
   * commit as far as `stats` goes, but not one transaction: a failure may come when some are stored already.
   */
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
  /**
   * Everything after a position, in the order in which it was committed in this workspace. Positions of different
   * workspaces say nothing about each other. What has once been read is complete: nothing is ever added before it.
   * Deliveries show their newest state only.
   */
  readonly stream: (query: {
    readonly workspace: string
    readonly after: number
    readonly limit: number
  }) => MaybePromise<StreamPage>
  /** The position of the last thing in a workspace; 0 when there is nothing in it. */
  readonly position: (workspace: string) => MaybePromise<number>
  /**
   * For a store that others may write to as well: calls back when a workspace may have entries, deliveries or work that
   * were written elsewhere. A hint and nothing more: it may be late, doubled, without cause, or about the store's own
   * commits; where hints may have been lost, such as while a line was down, it comes for every workspace. Returns how to
   * stop.
   */
  readonly watch?: (hear: (workspace: string) => void) => () => void
  readonly whisper?: Whisper
  /**
   * Takes work that is due, at most `limit`, oldest first (in each store, where there are several), and holds it for
   * `leaseMs`: nobody else gets it, nor anything behind it in its lane, until it is settled or the lease ends.
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
  /** All of them, or a rejection; with `shard`, one of `shards`, those that live there. */
  readonly workspaces: (shard?: string) => MaybePromise<ReadonlyArray<string>>
  readonly quarantined: (workspace: string) => MaybePromise<ReadonlyArray<StoredQuarantine>>
  /**
   * For a store made of several that fail apart: in which of them a workspace lives. What goes to different ones is
   * never put into one call of `load` or `commit`.
   */
  readonly shardOf?: (workspace: string) => string
  /** All that `shardOf` may answer. An engine starts when `migrate` resolves, and asks again for those that are down. */
  readonly shards?: ReadonlyArray<string>
  /**
   * How many batches of decisions one engine may have under way here at once, so that one can be decided while another
   * is being written; 1 when absent. More than one is for a store that is far away. Two batches never need the same
   * conversation, identity, external id, document, delivery or counter.
   */
  readonly batches?: number
  readonly stats: () => StorageStats
  readonly close: () => MaybePromise<void>
}
