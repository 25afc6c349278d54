import type { RichPart } from '../../domain/message/rich-part.ts'
import type { CommandOptions } from './outcome.ts'

/** A file to be sent. The bytes go to the blobs; `name` is shown and never used as a path. */
export interface NewFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

/**
 * What is written: a text, files, offers and questions, or any of them. Refusals: `Empty`; `TextTooLong`, which counts
 * what leaves; `Invalid` for parts that make no sense, with what to change; and for files `TooManyFiles`,
 * `FileTooLarge` and `FileTypeForbidden`, by what the channel takes.
 */
export interface WriteOptions extends CommandOptions {
  readonly text?: string
  /** Sanitised by the engine's host or the channel before it is sent; plain text is always sent beside it. */
  readonly html?: string
  /** Forms, choices, offers, cards, places; after the text. */
  readonly parts?: ReadonlyArray<RichPart>
  readonly files?: ReadonlyArray<NewFile>
  readonly quote?: number
}

/** What is written to the customer. */
export interface ReplyOptions extends WriteOptions {
  readonly cc?: ReadonlyArray<string>
  /** Colleagues it calls for; the customer reads their names as plain text. */
  readonly mentions?: ReadonlyArray<string>
  /**
   * Whose box gets the answers; the account's unless given. In her own they leave the engine: nobody sees them here.
   * `Unsupported` where a channel has one box only, `Invalid` when she has none.
   */
  readonly replyTo?: 'account' | 'agent'
  /** Refuse with `Unseen` when a message is newer than this seq. */
  readonly expectedLastMessage?: number
}

/**
 * A message to somebody with whom there is no conversation yet, or a new matter. Who starts it owns it. Where a channel
 * knows one conversation with each address, one that is active is used: the message is then a reply in it.
 */
export interface StartOptions extends WriteOptions {
  readonly account: string
  /** A known contact, reached at the address it has on that account, or an address of the channel. */
  readonly to: { readonly contact: string } | { readonly address: string; readonly name?: string }
  readonly subject?: string
  readonly cc?: ReadonlyArray<string>
  readonly replyTo?: 'account' | 'agent'
}

/**
 * A reply for later. Refusals: `PastTime`, `TooMany` (20 wait in a conversation at most), and everything a reply is
 * refused for, now and again when it leaves: then it is cancelled, and put under her draft. Files cannot wait. Closing
 * keeps it, and it reopens what it is sent in; spam, archiving, merging and deleting cancel it.
 */
export interface ScheduleOptions extends Omit<ReplyOptions, 'files' | 'expectedLastMessage' | 'replyTo'> {
  /**
   * Epoch milliseconds, or a wall-clock time (`YYYY-MM-DD`, minutes since midnight) in the contact's own time zone; in
   * that of the queue's hours when the contact's is not known, else UTC.
   */
  readonly at: number | { readonly date: string; readonly minute: number }
  /** Drop it when the customer writes first. */
  readonly unlessTheyWrite?: boolean
}

/** A scheduled message as it stands. */
export interface ScheduledView {
  readonly id: number
  readonly at: number
  readonly by: string
  readonly unlessTheyWrite: boolean
  readonly text: string
}
