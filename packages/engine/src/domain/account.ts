import type { HandoverField } from './conversation/state.ts'

/**
 * What an inbound message does to a conversation that is not open. The defaults are those of the transition table.
 */
export interface InboundPolicy {
  /** A snoozed conversation: back to open at once, or kept until its time is over. */
  readonly pending: 'open' | 'keep'
  /** `{ within }` reopens for so many milliseconds after the last activity and starts a new conversation later. */
  readonly closed: 'reopen' | 'new' | { readonly within: number }
  /** `store` keeps what arrives, silently; the conversation stays spam. */
  readonly spam: 'store' | 'new'
  readonly archived: 'new' | 'reopen'
  /**
   * How long before the end of the time that a provider gives for an answer the team is reminded of a customer who waits,
   * in milliseconds: two hours unless given, 0 for never.
   */
  readonly windowReminderMs?: number
}

/**
 * A customer who writes reopens what was snoozed or closed; spam stays spam, in silence; what was archived stays so,
 * and a new conversation begins.
 */
export const defaultInboundPolicy: InboundPolicy = { pending: 'open', closed: 'reopen', spam: 'store', archived: 'new' }

/** How a channel tells conversations apart: by who writes, or by the thread of evidence in the message. */
export type Threading = 'contact' | 'thread'

/** What is asked of a contact before people take up what a bot hands over, and how long an answer is waited for. */
export interface HandoverPolicy {
  readonly ask: ReadonlyArray<HandoverField>
  readonly waitMs: number
}

/** One connected address of a channel: a mailbox, a number, a page, a site. */
export interface Account {
  readonly id: string
  readonly channel: string
  readonly name: string
  /** The queue that receives what arrives here: routing is total because every account has one. */
  readonly queue: string
  readonly policy: InboundPolicy
  /** Names of the bots that answer here, the first that may speak does. With none, people have control at once. */
  readonly bots: ReadonlyArray<string>
  /** Null asks for nothing. */
  readonly handover: HandoverPolicy | null
  /** Whether an agent's signature ends her messages. */
  readonly signature: boolean
  /** New conversations are translated for a team that reads this language (BCP 47); null leaves it to the agents. */
  readonly translate: string | null
  /**
   * Customers see that what they wrote was read, where their provider shows it: when an agent who may answer marks their
   * conversation as read. Unless this is false.
   */
  readonly readReceipts?: boolean
  /** Settings of the channel, checked against the channel's own schema when the account is stored. */
  readonly settings: unknown
}
