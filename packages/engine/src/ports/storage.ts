import type { Visibility } from '../domain/access/visibility.ts'
import type { Control, Flag, Status } from '../domain/conversation/state.ts'
import type { DeliveryStatus } from '../domain/message/delivery.ts'
import type { MaybePromise } from './channel.ts'

export type { Visibility }

/** A conversation as it is written down: what lists need as fields, the rest as JSON made by the codec. */
export interface StoredConversation {
  readonly id: string
  readonly version: number
  readonly seq: number
  readonly account: string
  readonly channel: string
  readonly contact: string
  readonly status: Status
  readonly control: Control
  readonly queue: string | null
  readonly owner: string | null
  readonly flags: ReadonlyArray<Flag>
  readonly tags: ReadonlyArray<string>
  /** Assignees (without the owner) and participants: who sees it beside the owner and the queue. */
  readonly involved: ReadonlyArray<string>
  readonly mentioned: ReadonlyArray<string>
  readonly inbound: number
  readonly lastBy: 'contact' | 'agent' | 'bot' | 'system' | null
  readonly lastActivity: number
  readonly subject: string | null
  readonly preview: string | null
  readonly deleted: boolean
  readonly data: string
}

/** An address on an account: whose it is, and which conversation its next message belongs to. */
export interface StoredIdentity {
  readonly account: string
  readonly address: string
  readonly contact: string
  readonly conversation: string | null
  readonly verified: boolean
  /** Rises by one with every change; 1 when new. */
  readonly version: number
}

/** A contact; what it says is JSON made by the codec. */
export interface StoredContact {
  readonly id: string
  readonly version: number
  readonly data: string
}

/** An id that a provider, or the channel on its behalf, gave to a message. Unique within an account. */
export interface StoredExternal {
  readonly account: string
  readonly externalId: string
  readonly conversation: string
  readonly seq: number
  readonly at: number
}

/** A line of a journal, addressed by conversation and seq. `at` in epoch milliseconds, `data` as the codec wrote it. */
export interface StoredEntry {
  readonly conversation: string
  readonly seq: number
  readonly kind: 'in' | 'out' | 'note' | 'event'
  /** The happening's tag. */
  readonly type: string
  readonly actorKind: 'agent' | 'bot' | 'contact' | 'system'
  readonly actor: string
  readonly at: number
  /** The words that search finds; null for what has none. */
  readonly body: string | null
  readonly data: string
}

/** Where an outbound message is; the newest report only. */
export interface StoredDelivery {
  readonly conversation: string
  readonly seq: number
  readonly account: string
  readonly status: DeliveryStatus
  /** Rises by one with every change; 1 when new. */
  readonly version: number
  readonly data: string
}

/** What has been said about a message since: its current parts, or that it is gone. */
export interface StoredAmendment {
  readonly conversation: string
  readonly seq: number
  readonly data: string
}

/** Something to be done later. Items of one lane are done one after the other, in the order of their ids. */
export interface StoredWork {
  /** UUIDv7: sorts by the time it was made. */
  readonly id: string
  readonly kind: string
  readonly lane: string
  /** Epoch milliseconds. */
  readonly due: number
  /** A later item with the same kind and key replaces an earlier one: a snooze has one end. */
  readonly key: string | null
  readonly payload: string
}

/** Work in the hands of somebody, until its lease ends. */
export interface ClaimedWork extends StoredWork {
  readonly workspace: string
  /** 1 at the first claim. A higher number means that somebody may have begun before. */
  readonly attempts: number
}

/** Reports for messages that are not known yet wait here for them. */
export interface StoredParked {
  readonly id: string
  readonly account: string
  readonly externalId: string
  readonly at: number
  readonly data: string
}

/** What an agent has typed and not sent, by mode; null data removes it. `at` in epoch milliseconds. */
export interface StoredDraft {
  readonly conversation: string
  readonly agent: string
  readonly mode: 'reply' | 'note'
  readonly data: string | null
  readonly at: number
}

/** Queues, agents, accounts: what a workspace is set up with. Null data removes it. */
export interface StoredSetting {
  readonly kind: 'queue' | 'agent' | 'account'
  readonly id: string
  readonly data: string | null
}

/** A delivery that nobody could read, kept whole to be replayed. `head` is method, URL and headers as JSON. */
export interface StoredQuarantine {
  readonly id: string
  readonly account: string
  readonly at: number
  readonly reason: string
  readonly head: string
  readonly body: Uint8Array
}

/** A change of a tab's count: `scope` is what is counted by, see `domain/tabs`. */
export interface CounterDelta {
  readonly scope: string
  readonly bucket: string
  readonly by: number
}

/**
 * One atomic change in one workspace: all of it is stored, or nothing. What it ends, cancels and erases is what was
 * there before it; what it adds comes after. Versions are expectations in data: `version` of a put is what it becomes,
 * so the stored one must be exactly one less, or absent for 1. An external id that exists is a conflict as well.
 */
export interface Changeset {
  readonly workspace: string
  readonly conversations: ReadonlyArray<{
    readonly row: StoredConversation /** The version that must be there; 0 for none. */
    readonly expected: number
  }>
  readonly identities: ReadonlyArray<StoredIdentity>
  readonly contacts: ReadonlyArray<StoredContact>
  readonly externals: ReadonlyArray<StoredExternal>
  readonly entries: ReadonlyArray<StoredEntry>
  readonly deliveries: ReadonlyArray<StoredDelivery>
  readonly amendments: ReadonlyArray<StoredAmendment>
  readonly work: ReadonlyArray<StoredWork>
  /** Removes the items with this kind and key. */
  readonly cancel: ReadonlyArray<{ readonly kind: string; readonly key: string }>
  /** Ends work that was claimed: done, or due again. Refused (a conflict) when somebody else has claimed it since. */
  readonly settle: ReadonlyArray<Settlement>
  readonly park: ReadonlyArray<StoredParked>
  readonly unpark: ReadonlyArray<string>
  readonly drafts: ReadonlyArray<StoredDraft>
  readonly settings: ReadonlyArray<StoredSetting>
  readonly quarantine: ReadonlyArray<StoredQuarantine>
  readonly release: ReadonlyArray<string>
  readonly counters: ReadonlyArray<CounterDelta>
  /**
   * Blanks what these entries contained, their amendments and what search knew of them: the journal keeps who and
   * when, not what. `data` is what stays of a single entry; `{}` unless given.
   */
  readonly erase: ReadonlyArray<{ readonly conversation: string; readonly seq: number | 'all'; readonly data?: string }>
}

/** The end of claimed work; counts only while `attempts` is still that of the claim. `retryAt` in epoch milliseconds. */
export interface Settlement {
  readonly id: string
  readonly attempts: number
  /** Undefined: done and gone. */
  readonly retryAt?: number
}

/** `position` is that of the last thing the changeset added to the stream. */
export type CommitResult = { readonly _tag: 'Committed'; readonly position: number } | { readonly _tag: 'Conflict' }

/** What a decision needs to see, fetched in one round trip. */
export interface LoadRequest {
  readonly conversations: ReadonlyArray<{ readonly workspace: string; readonly id: string }>
  /** Also loads the contact and the active conversation. */
  readonly identities: ReadonlyArray<{ readonly workspace: string; readonly account: string; readonly address: string }>
  /** Also loads the conversation it belongs to. */
  readonly externals: ReadonlyArray<{
    readonly workspace: string
    readonly account: string
    readonly externalId: string
  }>
  readonly contacts: ReadonlyArray<{ readonly workspace: string; readonly id: string }>
  readonly deliveries: ReadonlyArray<{
    readonly workspace: string
    readonly conversation: string
    readonly seq: number
  }>
}

/** A row, and the workspace it is in: answers may mix several. */
export type InWorkspace<A> = A & { readonly workspace: string }

/** What was asked for and exists; what does not is left out. */
export interface Snapshot {
  readonly conversations: ReadonlyArray<InWorkspace<StoredConversation>>
  readonly identities: ReadonlyArray<InWorkspace<StoredIdentity>>
  readonly externals: ReadonlyArray<InWorkspace<StoredExternal>>
  readonly contacts: ReadonlyArray<InWorkspace<StoredContact>>
  readonly deliveries: ReadonlyArray<InWorkspace<StoredDelivery>>
}

/** Every condition must hold; an absent one always does. Deleted conversations never match. */
export interface Filter {
  readonly status?: ReadonlyArray<Status>
  readonly control?: Control
  readonly channel?: string
  readonly account?: string
  readonly queue?: string
  /** Null: nobody owns it. */
  readonly owner?: string | null
  readonly contact?: string
  readonly mentions?: string
  readonly tag?: string
  readonly flag?: Flag
  readonly lastBy?: 'contact' | 'agent'
  /** Unread by this agent. */
  readonly unreadBy?: string
  /** `lastActivity`, inclusive. */
  readonly from?: number
  readonly to?: number
}

/** A page of conversations: what may be seen, and what is asked for. */
export interface ListQuery {
  readonly workspace: string
  readonly visibility: Visibility
  readonly filter: Filter
  /** The agent whose unread counts the rows carry. */
  readonly reader: string | null
  /** The last row of the page before; newest activity first, then by id descending. */
  readonly after?: { readonly lastActivity: number; readonly id: string }
  readonly limit: number
}

/** A row of a list. */
export interface ListedConversation {
  readonly row: StoredConversation
  /** Customer messages that the reader has not read. */
  readonly unread: number
}

/** A stretch of a journal, of all kinds of entries unless `kinds` says which. */
export interface TimelineQuery {
  readonly workspace: string
  readonly conversation: string
  readonly kinds?: ReadonlyArray<StoredEntry['kind']>
  /** Either the newest before this seq, or the oldest after it; neither gives the newest. */
  readonly before?: number
  readonly after?: number
  readonly limit: number
}

/** Entries by rising seq, and what has been said about them since. */
export interface Timeline {
  readonly entries: ReadonlyArray<StoredEntry>
  readonly deliveries: ReadonlyArray<StoredDelivery>
  readonly amendments: ReadonlyArray<StoredAmendment>
}

/** A search over the words of entries, newest first. */
export interface SearchQuery {
  readonly workspace: string
  readonly visibility: Visibility
  /** Words, all of which must occur; the last may be a beginning. Case and accents do not matter. */
  readonly words: ReadonlyArray<string>
  readonly filter: Filter
  /** Only entries older than this stream position. */
  readonly before?: number
  readonly limit: number
}

/** An entry that has all the words, where it stands in the stream, and its conversation. */
export interface SearchHit {
  readonly position: number
  readonly entry: StoredEntry
  readonly row: StoredConversation
}

/** What the stream carries: an entry, or a delivery at the place of its newest change. */
export type StreamItem =
  | { readonly _tag: 'Entry'; readonly position: number; readonly workspace: string; readonly entry: StoredEntry }
  | {
      readonly _tag: 'Delivery'
      readonly position: number
      readonly workspace: string
      readonly delivery: StoredDelivery
    }

/** A stretch of the stream, by rising position. */
export interface StreamPage {
  readonly items: ReadonlyArray<StreamItem>
  /** Where to go on; equal to `after` when there was nothing. */
  readonly position: number
}

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
