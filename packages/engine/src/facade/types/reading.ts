import type { Actor } from '../../domain/actor.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Control, Flag, LastMessage, Priority, Status } from '../../domain/conversation/state.ts'
import type { Offer } from '../../domain/distribution/strategy.ts'
import type { Delivery } from '../../domain/message/delivery.ts'
import type { Automatic, Json } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import type { MessageReaction } from '../../domain/message/reaction.ts'
import type { SlaClock } from '../../domain/sla/promises.ts'
import type { Tab, TabCounts } from '../../domain/tabs.ts'
import type { CallOptions } from './outcome.ts'

/**
 * Which conversations: every condition that is given must hold. `from` and `to` are the last activity, epoch
 * milliseconds, inclusive; `owner`, `queue`, `account` and `contact` are ids.
 */
export interface ListOptions extends CallOptions {
  readonly tab?: Tab
  readonly channel?: string
  readonly account?: string
  readonly queue?: string
  readonly department?: string
  readonly owner?: string
  readonly contact?: string
  readonly tag?: string
  readonly flag?: Flag
  readonly lastBy?: 'contact' | 'agent'
  readonly unread?: boolean
  readonly from?: number
  readonly to?: number
  /** `next` of the page before. */
  readonly after?: string
  /** At most 200; 25 unless given. */
  readonly limit?: number
}

/** A conversation as a list shows it. Times are epoch milliseconds; `preview` is one line of at most 80 characters. */
export interface ConversationSummary {
  readonly id: string
  readonly version: number
  readonly account: string
  readonly channel: string
  readonly status: Status
  readonly control: Control
  readonly queue: string | null
  readonly owner: string | null
  readonly subject: string | null
  readonly title: string | null
  readonly contact: { readonly id: string; readonly name: string | null; readonly address: string }
  readonly preview: string | null
  readonly lastMessage: LastMessage | null
  readonly lastActivity: number
  readonly snoozedUntil: number | null
  readonly priority: Priority
  /** Since when the customer waits for a person; null when nobody waits. */
  readonly waitingSince: number | null
  readonly locked: boolean
  readonly offer: Offer | null
  readonly sla: SlaClock | null
  readonly tags: ReadonlyArray<string>
  readonly flags: ReadonlyArray<Flag>
  /** Customer messages that this agent has not read. */
  readonly unread: number
}

/**
 * A page, newest activity first, and the counts of all tabs. `next` goes into `after` for the following page; null at
 * the end.
 */
export interface ConversationPage {
  readonly items: ReadonlyArray<ConversationSummary>
  readonly next: string | null
  readonly counts: TabCounts
}

/**
 * What a message says in another language: `pending` until the provider has answered. The original stands in the
 * message; an edit makes its translations void.
 */
export interface MessageTranslation {
  readonly language: string
  readonly provider: string | null
  readonly state: 'pending' | 'done' | 'failed'
  readonly text: string | null
}

/**
 * A message as it is now, with everything that was said about it later. Times are epoch milliseconds: `sentAt` is the
 * provider's, never later than `receivedAt`.
 */
export interface MessageView {
  readonly seq: number
  readonly direction: 'in' | 'out' | 'note'
  readonly author: Actor
  /** As they are now: edited parts replace the original, a deleted message has none. */
  readonly parts: ReadonlyArray<Part>
  /** Its words, and below them its parts beyond words and files, written out. */
  readonly text: string
  readonly sentAt: number
  readonly receivedAt: number
  readonly edited: boolean
  readonly deleted: boolean
  readonly quote: number | null
  readonly cc: ReadonlyArray<string>
  readonly mentions: ReadonlyArray<string>
  readonly externalId: string | null
  readonly automatic: Automatic | null
  /** Which evidence put an inbound message here. */
  readonly matched: string | null
  readonly stranger: boolean
  readonly delivery: Delivery | null
  readonly meta: Json | null
  readonly reactions: ReadonlyArray<MessageReaction>
  /** What it says in other languages. */
  readonly translations: ReadonlyArray<MessageTranslation>
  /** BCP 47, when it was detected. */
  readonly language: string | null
  /** Where it went, when it was moved away from here. */
  readonly movedTo: string | null
}

/** A stretch of a conversation: its journal, and the messages in it. */
export interface TimelinePage {
  /** By rising seq: messages and everything else that happened. */
  readonly entries: ReadonlyArray<Entry>
  readonly messages: ReadonlyArray<MessageView>
  /** Pass as `before` for older ones; null at the beginning. */
  readonly before: number | null
}

/** What a search looks at, and where. */
export interface SearchOptions extends Omit<ListOptions, 'after' | 'unread'> {
  /** The `position` of the last message hit of the page before. */
  readonly before?: number
}

/** A message that has the words. `snippet` is the words with what stands around them. */
export interface MessageHit {
  readonly conversation: ConversationSummary
  readonly seq: number
  readonly snippet: string
  readonly position: number
}

/** Everything that has the words: messages (and subjects) newest first, contacts, and conversations by their tags. */
export interface SearchAnswer {
  readonly messages: ReadonlyArray<MessageHit>
  readonly contacts: ReadonlyArray<Contact>
  readonly tagged: ReadonlyArray<ConversationSummary>
}

/** A whole conversation for people to keep. */
export interface Transcript {
  /** Ready to be sent as a file: plain text, a complete HTML document for print, or JSON. */
  readonly body: string
  readonly mime: 'text/plain' | 'text/html' | 'application/json'
  readonly name: string
}
