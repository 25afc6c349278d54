import type { Strategy } from '../distribution/strategy.ts'

/**
 * Where conversations wait for a person.
 *
 * - `shared`: every member sees everything in it.
 * - `exclusive`: once somebody owns a conversation, only the owner, assignees, participants and managers see it.
 *
 * With `claimOnReply`, whoever answers first owns the conversation. The rest says how the queue is distributed, and
 * each has its default: everyone, no offers, the former owner if she is available, nothing overflows, unanswered
 * conversations stay with who went away, open at all hours. Times are milliseconds.
 */
export interface Queue {
  readonly id: string
  readonly name: string
  readonly mode: 'shared' | 'exclusive'
  readonly claimOnReply: boolean
  readonly department?: string
  readonly strategy?: Strategy
  /** How long an offer stands. Without it the engine assigns at once, except for `FirstN` (30 s). */
  readonly offerMs?: number
  /** A conversation that comes back: to its former owner always, if she is available, or never. */
  readonly sticky?: 'always' | 'ifAvailable' | 'never'
  /** Unanswered conversations of an agent who goes away: kept, returned to the queue, or given to the next. */
  readonly away?: 'keep' | 'return' | 'reassign'
  /** Who waits longer than this is moved to another queue. */
  readonly overflow?: { readonly afterMs: number; readonly to: string }
  /** Business hours outside of which nothing is distributed; people may still take what they see. */
  readonly hours?: string
  /** Outside of its hours: conversations wait, or go to another queue at once. */
  readonly outside?: { readonly _tag: 'Wait' } | { readonly _tag: 'Move'; readonly to: string }
}

/** A part of the house: its queues answer for it, and what it is given goes to `queue`. */
export interface Department {
  readonly id: string
  readonly name: string
  readonly queue: string
}
