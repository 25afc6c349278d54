import { isInternal } from './conversation/chat.ts'
import type { Conversation } from './conversation/state.ts'

/** The views of an inbox. All of them are views over status and control, seen by a viewer. */
export const tabs = [
  'open',
  'unanswered',
  'mine',
  'unassigned',
  'automated',
  'pending',
  'closed',
  'spam',
  'archived',
  'internal',
  'mentions',
  'all',
] as const
/**
 * A view. `open`, `pending`, `closed`, `spam`, `archived` go by status; `automated` is open under bot control, and what
 * is `open` is not; `unassigned` is open without an owner, `unanswered` that and the customer has the last word; `mine`
 * is open and the viewer's; `internal` is what colleagues have open among themselves, and no other tab of the open ones
 * shows it; `mentions` is open or pending and calls for the viewer; `all` is everything that was not deleted.
 */
export type Tab = (typeof tabs)[number]

/** How many conversations a viewer sees in each tab. */
export type TabCounts = Readonly<Record<Tab, number>>

/** Where a conversation stands among the tabs that do not depend on the viewer. */
export type Bucket =
  | 'open'
  | 'unanswered'
  | 'unassigned'
  | 'automated'
  | 'pending'
  | 'closed'
  | 'spam'
  | 'archived'
  | 'internal'

/**
 * The buckets of a conversation; a deleted one is in none.
 *
 * @example
 * ```ts
 * import { bucketsOf } from '@guichet/engine/domain'
 *
 * console.log(bucketsOf(conversation), bucketsOf({ ...conversation, status: 'closed' }))
 * ```
 *
 * ```text
 * [ 'open', 'unassigned', 'unanswered' ] [ 'closed' ]
 * ```
 */
export const bucketsOf = (state: Conversation | undefined): ReadonlyArray<Bucket> => {
  if (state === undefined || state.deleted) return []
  if (state.status !== 'open') return [state.status]
  if (isInternal(state)) return ['internal']
  if (state.control === 'bot') return ['automated']
  if (state.owner !== null) return ['open']
  return state.lastMessage?.by === 'contact' ? ['open', 'unassigned', 'unanswered'] : ['open', 'unassigned']
}
