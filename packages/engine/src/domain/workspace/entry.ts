import type { AccountStop, KnownHealth } from '../account-health.ts'
import type { Actor } from '../actor.ts'
import type { Status } from '../conversation/state.ts'

/** What a workspace did as a whole. */
export type WorkspaceHappening =
  /** So many conversations of a status were let go: their last activity was at or before this time. */
  | { readonly _tag: 'RetentionRan'; readonly status: Status; readonly deleted: number; readonly before: number }
  | { readonly _tag: 'ContactErased'; readonly contact: string; readonly conversations: number }
  | { readonly _tag: 'TagRenamed'; readonly from: string; readonly to: string; readonly conversations: number }
  /** The provider has said how an account stands. */
  | { readonly _tag: 'HealthReported'; readonly account: string; readonly health: KnownHealth }
  /** Nothing is sent from an account any more: what is to leave waits until somebody acts. */
  | ({ readonly _tag: 'AccountStopped'; readonly account: string } & Omit<AccountStop, 'since'>)
  | { readonly _tag: 'AccountResumed'; readonly account: string }
  | { readonly _tag: 'TagRemoved'; readonly tag: string; readonly conversations: number }

/** A line of the workspace's own journal. `at` in epoch milliseconds. */
export interface WorkspaceEntry {
  readonly at: number
  readonly actor: Actor
  readonly what: WorkspaceHappening
}
