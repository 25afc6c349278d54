import type { Actor } from '../actor.ts'
import type { Status } from '../conversation/state.ts'

/** What a workspace did as a whole. */
export type WorkspaceHappening =
  /** So many conversations of a status were let go: their last activity was at or before this time. */
  | { readonly _tag: 'RetentionRan'; readonly status: Status; readonly deleted: number; readonly before: number }
  | { readonly _tag: 'ContactErased'; readonly contact: string; readonly conversations: number }
  | { readonly _tag: 'TagRenamed'; readonly from: string; readonly to: string; readonly conversations: number }
  | { readonly _tag: 'TagRemoved'; readonly tag: string; readonly conversations: number }

/** A line of the workspace's own journal. `at` in epoch milliseconds. */
export interface WorkspaceEntry {
  readonly at: number
  readonly actor: Actor
  readonly what: WorkspaceHappening
}
