import type { Visibility } from '../../domain/access/visibility.ts'
import type { Control, Flag, Status } from '../../domain/conversation/state.ts'
import type { StoredAmendment, StoredConversation, StoredDelivery, StoredEntry } from './rows.ts'

export type { Visibility }

/** Every condition must hold; an absent one always does. Deleted conversations never match. */
export interface Filter {
  /** One of these conversations. */
  readonly ids?: ReadonlyArray<string>
  readonly status?: ReadonlyArray<Status>
  readonly control?: Control
  readonly channel?: string
  /** On any other channel than this. */
  readonly notChannel?: string
  readonly account?: string
  /** In one of these queues: a department is the list of its queues. */
  readonly queues?: ReadonlyArray<string>
  /** Null: nobody owns it. */
  readonly owner?: string | null
  /** Of one of these contacts: those that were merged into one go together. */
  readonly contacts?: ReadonlyArray<string>
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
  | { readonly _tag: 'Entry'; readonly position: number; readonly entry: StoredEntry }
  | { readonly _tag: 'Delivery'; readonly position: number; readonly delivery: StoredDelivery }

/** A stretch of a workspace's stream, by rising position. */
export interface StreamPage {
  /** Fewer than were asked for when there are no more. */
  readonly items: ReadonlyArray<StreamItem>
  /** Where to go on; equal to `after` when there was nothing. */
  readonly position: number
}

/** Documents of a kind, newest id first. Every condition that is given must hold. */
export interface DocumentQuery {
  readonly workspace: string
  readonly kind: string
  readonly parent?: string
  /**
   * Words, all of which must begin one of the document's. Case and accents do not matter; something in which there is
   * no letter and no digit finds nothing.
   */
  readonly words?: ReadonlyArray<string>
  /** The id of the last one of the page before. */
  readonly after?: string
  readonly limit: number
}

/** How many conversations match, counted no further than `atMost`. */
export interface CountQuery {
  readonly workspace: string
  readonly visibility: Visibility
  readonly filter: Filter
  readonly atMost: number
}
