import type {
  StoredAmendment,
  StoredConversation,
  StoredDelivery,
  StoredDocument,
  StoredDraft,
  StoredEntry,
  StoredExternal,
  StoredIdentity,
  StoredParked,
  StoredQuarantine,
  StoredSetting,
  StoredWork,
} from './rows.ts'

/** A change of a tab's count: `scope` is what is counted by, see `domain/tabs`. */
export interface CounterDelta {
  readonly scope: string
  readonly bucket: string
  readonly by: number
}

/** How high a counter may be after a change. */
export interface CounterLimit {
  readonly scope: string
  readonly bucket: string
  readonly atMost: number
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
  /** Identities that are forgotten; what was said by them stays. */
  readonly dropIdentities: ReadonlyArray<{ readonly account: string; readonly address: string }>
  readonly documents: ReadonlyArray<StoredDocument>
  readonly externals: ReadonlyArray<StoredExternal>
  /** External ids that exist and lead to another message from now on; one that does not exist is a conflict. */
  readonly moveExternals: ReadonlyArray<StoredExternal>
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
  /** What a counter may be at most once this changeset is applied; more is a conflict. Capacity is checked here. */
  readonly limits: ReadonlyArray<CounterLimit>
  /**
   * Blanks what these entries contained, their amendments and what search knew of them: the journal keeps who and
   * when, not what. `data` is what stays of a single entry; `{}` unless given.
   */
  readonly erase: ReadonlyArray<{ readonly conversation: string; readonly seq: number | 'all'; readonly data?: string }>
}

/**
 * What becomes of claimed work; counts only while `attempts` is still that of the claim. Done and gone, unless one of the
 * others is given.
 */
export interface Settlement {
  readonly id: string
  readonly attempts: number
  /** Due again then, in epoch milliseconds. */
  readonly retryAt?: number
  /** Still in the same hands: held for so long from now, in milliseconds, as by a claim. Refused when it is in nobody's. */
  readonly hold?: { readonly now: number; readonly leaseMs: number }
}

/**
 * `position` is that of the last thing the changeset added to the stream of its workspace. When it added nothing,
 * whatever the workspace has is at or before it, and whatever is added later is after it.
 *
 * A conflict in nothing but settlements says so (`over`): the work is gone, or in other hands, and will not come back, so
 * that it is no use to try again. Where other expectations do not hold either it may be said or not.
 */
export type CommitResult =
  | { readonly _tag: 'Committed'; readonly position: number }
  | { readonly _tag: 'Conflict'; readonly over?: 'work' }

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
  readonly documents: ReadonlyArray<{ readonly workspace: string; readonly kind: string; readonly id: string }>
  readonly deliveries: ReadonlyArray<{
    readonly workspace: string
    readonly conversation: string
    readonly seq: number
  }>
  /** Counters by their scope, all buckets of it. */
  readonly counters: ReadonlyArray<{ readonly workspace: string; readonly scope: string }>
}

/** A row, and the workspace it is in: answers may mix several. */
export type InWorkspace<A> = A & { readonly workspace: string }

/** What was asked for and exists; what does not is left out. */
export interface Snapshot {
  readonly conversations: ReadonlyArray<InWorkspace<StoredConversation>>
  readonly identities: ReadonlyArray<InWorkspace<StoredIdentity>>
  readonly externals: ReadonlyArray<InWorkspace<StoredExternal>>
  readonly documents: ReadonlyArray<InWorkspace<StoredDocument>>
  readonly deliveries: ReadonlyArray<InWorkspace<StoredDelivery>>
  readonly counters: ReadonlyArray<InWorkspace<CounterDelta>>
}
