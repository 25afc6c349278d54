import type { ContactEntry } from './contact/entry.ts'
import type { Entry } from './conversation/entry.ts'
import type { Delivery } from './message/delivery.ts'
import type { WorkspaceEntry } from './workspace/entry.ts'

/**
 * Something that has been committed, or the newest report on a delivery. Positions only rise: give the last one as
 * `since` to go on after it.
 */
export type FeedItem =
  | {
      readonly _tag: 'Entry'
      readonly position: number
      readonly conversation: string
      readonly entry: Entry
    }
  | {
      readonly _tag: 'Delivery'
      readonly position: number
      readonly conversation: string
      readonly seq: number
      readonly delivery: Delivery
    }
  /** Something was done to a contact that is not part of any conversation: it was edited, merged, erased. */
  | {
      readonly _tag: 'Contact'
      readonly position: number
      readonly contact: string
      readonly entry: ContactEntry
    }
  /** Only to the host: what the workspace itself did, such as a retention run. */
  | { readonly _tag: 'Workspace'; readonly position: number; readonly entry: WorkspaceEntry }
  /** Only to agents: a conversation that she could see until now is out of her sight. */
  | { readonly _tag: 'Gone'; readonly position: number; readonly conversation: string }
