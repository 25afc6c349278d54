import type { Actor } from '../actor.ts'
import type { Json } from '../json.ts'
import type { Part } from './part.ts'

export type { Json }

/** Messages and entries are addressed by conversation and seq: the entry's number in its journal. */
export interface MessageAddress {
  readonly conversation: string
  readonly seq: number
}

/** What machines write: stored like anything else, but it triggers nothing. */
export type Automatic = 'reply' | 'bounce' | 'notification'

interface Common {
  readonly author: Actor
  readonly parts: ReadonlyArray<Part>
  /** The seq of the message that this one quotes, in the same conversation. */
  readonly quote?: number
  /** The provider's id for it, unique within the account. */
  readonly externalId?: string
  /** What the channel wants to see again when it answers: headers, envelope, page. */
  readonly meta?: Json
  /** Its content is gone for good. */
  readonly deleted?: true
  /** It stands in another conversation now: there is its content. */
  readonly movedTo?: MessageAddress
}

/** What a customer has written. Times are epoch milliseconds. */
export interface InboundMessage extends Common {
  readonly direction: 'in'
  /** When the provider says it was written, epoch milliseconds. */
  readonly providerAt?: number
  /** Provider time, clamped so that it never lies in the future: what order and service windows use. */
  readonly sentAt: number
  readonly automatic?: Automatic
  /** Which evidence put it into this conversation: `token`, `externalId`, `contact`, …; `none` opened a new one. */
  readonly matched: string
  /** The sender has not been seen in this conversation before: shown, never sent the history. */
  readonly stranger?: true
  /** The address of a stranger: known from here on. */
  readonly from?: string
}

/** What an agent, a bot or the engine writes to the customer. `sentAt` is when it was written, epoch milliseconds. */
export interface OutboundMessage extends Common {
  readonly direction: 'out'
  readonly sentAt: number
  /**
   * The address it was written for: it leaves to there, by the account of its delivery, wherever its conversation has
   * gone since. Absent in what was written before this was noted down, and in what was deleted.
   */
  readonly to?: string
  /** Further recipients, as addresses of the channel. */
  readonly cc?: ReadonlyArray<string>
  readonly subject?: string
  /** Answers go to the agent's own box instead of the account's. */
  readonly replyTo?: 'agent'
  /** Ids of the agents it calls for; the customer reads their names as plain text. */
  readonly mentions?: ReadonlyArray<string>
}

/** What colleagues write to each other. A note never leaves. */
export interface Note extends Common {
  readonly direction: 'note'
  readonly sentAt: number
  /** Ids of the agents it calls for. */
  readonly mentions: ReadonlyArray<string>
}

/** Everything that is written in a conversation, told apart by its direction. */
export type Message = InboundMessage | OutboundMessage | Note

/**
 * Provider time as evidence, never as truth: a clock that runs ahead cannot move a message into the future.
 *
 * @example
 * ```ts
 * import { clampSentAt } from '@guichet/engine/domain'
 *
 * console.log(clampSentAt(900, 1_000), clampSentAt(2_000, 1_000), clampSentAt(undefined, 1_000))
 * ```
 *
 * ```text
 * 900 1000 1000
 * ```
 */
export const clampSentAt = (providerAt: number | undefined, receivedAt: number): number =>
  providerAt === undefined || !Number.isFinite(providerAt) ? receivedAt : Math.min(Math.floor(providerAt), receivedAt)

/**
 * The one order of messages, live and loaded alike: when they were written, then as they were stored.
 *
 * @example
 * ```ts
 * import { byTime } from '@guichet/engine/domain'
 *
 * const messages = [
 *   { seq: 1, sentAt: 20 },
 *   { seq: 2, sentAt: 10 },
 *   { seq: 3, sentAt: 20 },
 * ]
 * console.log(messages.sort(byTime).map(({ seq }) => seq))
 * ```
 *
 * ```text
 * [ 2, 1, 3 ]
 * ```
 */
export const byTime = (
  a: { readonly sentAt: number; readonly seq: number },
  b: { readonly sentAt: number; readonly seq: number },
): number => a.sentAt - b.sentAt || a.seq - b.seq
