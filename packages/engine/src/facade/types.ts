import type { Account, InboundPolicy } from '../domain/account.ts'
import type { Actor, Agent } from '../domain/actor.ts'
import type { Contact } from '../domain/contact/contact.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Control, Conversation, Flag, LastMessage, Status } from '../domain/conversation/state.ts'
import type { Delivery } from '../domain/message/delivery.ts'
import type { Automatic, Json } from '../domain/message/message.ts'
import type { FileRef, Part } from '../domain/message/part.ts'
import type { Queue } from '../domain/queue/queue.ts'
import type { Tab, TabCounts } from '../domain/tabs.ts'
import type { Blobs } from '../ports/blobs.ts'
import type { Channel, Receipt } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Storage } from '../ports/storage.ts'

/**
 * What an engine is made of. The store alone is needed; what is left out is the machine's own clock, UUIDv7 ids (RFC
 * 9562), `Math.random`, the global `fetch`, and blobs in memory.
 */
export interface EngineOptions {
  readonly storage: Storage
  /** By the name that accounts refer to. */
  readonly channels?: Readonly<Record<string, Channel>>
  /** Where attachments are kept; in memory unless given. On Node: `fileBlobs(dir)` from `@guichet/engine/node`. */
  readonly blobs?: Blobs
  readonly clock?: Clock
  readonly ids?: Ids
  /** Numbers in [0, 1) for jitter; `Math.random` unless given. */
  readonly random?: () => number
  readonly fetch?: typeof globalThis.fetch
  /** What went wrong in the background, with nobody to tell. Nothing is lost when it is reported here. */
  readonly onError?: (error: EngineProblem) => void
}

/** Something that failed in the background: where, in words for a log, and what was thrown. */
export interface EngineProblem {
  readonly where: string
  readonly error: unknown
}

/** What was asked for, or why not. Only infrastructure throws (`EngineError`). */
export type Outcome<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly refusal: Refusal }

/**
 * What every call takes. Aborting the signal rejects with an `EngineError` (`Aborted`): the caller stops waiting, and
 * what was asked for may still happen.
 */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/** What every command takes: how to say which version was seen, and how to ask twice without a double. */
export interface CommandOptions extends CallOptions {
  /** Refuse with `Conflict` unless the conversation is exactly at this version. */
  readonly expectedVersion?: number
  /** The same key again gives the first answer again and does nothing twice. */
  readonly idempotencyKey?: string
}

/**
 * A running engine. Closing waits for what is under way; closing again is the same close. After it, calls fail with an
 * `EngineError` that says `Closed`.
 */
export interface Engine {
  readonly workspace: (id: string) => Workspace
  /** A provider's web request for `workspace/account`. Answers only when what it brought is durable. */
  readonly receive: (account: string, request: Request, options?: CallOptions) => Promise<Response>
  /** Does everything that is due and resolves when nothing is left to do now. For tests and for cron-driven hosts. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A tenant. What is done through it is done by the host itself, with every right. */
export interface Workspace {
  readonly id: string
  /** Acting for somebody: everything through it is held to what this agent may do. */
  readonly as: (agent: string) => AgentSession
  readonly agents: Settings<Agent>
  readonly queues: Settings<Queue>
  readonly accounts: Settings<Account, AccountInput>
  readonly quarantine: Quarantine
  /** Everything that happened after a position, once, in commit order, and on as it happens. */
  readonly feed: (options?: { readonly since?: number; readonly signal?: AbortSignal }) => AsyncIterable<FeedItem>
  /** Hears of committed things in this process. A listener that throws harms nobody. Returns how to stop. */
  readonly on: (listener: (item: FeedItem) => void) => () => void
  /** The last position of the stream. */
  readonly position: () => Promise<number>
}

/** An account as a host writes it: what is left out has its default. */
export type AccountInput = Pick<Account, 'id' | 'channel' | 'queue'> &
  Partial<Pick<Account, 'name' | 'bots' | 'settings'>> & { readonly policy?: Partial<InboundPolicy> }

/** What a workspace is set up with, of one kind. Rejects with an `EngineError` when the store fails. */
export interface Settings<A, Input = A> {
  /** Creates or replaces. Refuses what does not fit (`Invalid`, `UnknownQueue`). */
  readonly put: (value: Input) => Promise<Outcome<A>>
  readonly get: (id: string) => Promise<A | undefined>
  readonly list: () => Promise<ReadonlyArray<A>>
  /**
   * Refuses what is still needed (`InUse`): a queue that an account leads to or a conversation stands in, an agent who
   * owns conversations that are open or pending.
   */
  readonly remove: (id: string) => Promise<Outcome<void>>
}

/** Deliveries that could not be understood, kept whole until somebody looks. */
export interface Quarantine {
  readonly list: () => Promise<ReadonlyArray<Quarantined>>
  /** Tries again, from the raw bytes. What succeeds leaves the quarantine. */
  readonly replay: (id: string) => Promise<Outcome<ReadonlyArray<Receipt>>>
}

/** One of them: for which account, since when (epoch milliseconds), why, and its raw bytes. */
export interface Quarantined {
  readonly id: string
  readonly account: string
  readonly at: number
  readonly reason: string
  readonly raw: Uint8Array
}

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
  /** Only to agents: a conversation that she could see until now is out of her sight. */
  | { readonly _tag: 'Gone'; readonly position: number; readonly conversation: string }

/** An agent's view: only what she may see, only what she may do. */
export interface AgentSession {
  readonly agent: string
  readonly conversations: Conversations
  readonly contacts: { readonly get: (id: string, options?: CallOptions) => Promise<Outcome<Contact>> }
  /** The stream as far as this agent may see it. */
  readonly feed: (options?: { readonly since?: number; readonly signal?: AbortSignal }) => AsyncIterable<FeedItem>
  /** Colleagues and customers typing now, in conversations that this agent may see. Returns how to stop. */
  readonly onTyping: (listener: (typing: Typing) => void) => () => void
}

/** Somebody began to type, or stopped. Never stored. */
export interface Typing {
  readonly conversation: string
  readonly by: Actor
  readonly on: boolean
}

/**
 * Which conversations: every condition that is given must hold. `from` and `to` are the last activity, epoch
 * milliseconds, inclusive; `owner`, `queue`, `account` and `contact` are ids.
 */
export interface ListOptions extends CallOptions {
  readonly tab?: Tab
  readonly channel?: string
  readonly account?: string
  readonly queue?: string
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
 * A message as it is now, with everything that was said about it later. Times are epoch milliseconds: `sentAt` is the
 * provider's, never later than `receivedAt`.
 */
export interface MessageView {
  readonly seq: number
  readonly direction: 'in' | 'out' | 'note'
  readonly author: Actor
  /** As they are now: edited parts replace the original, a deleted message has none. */
  readonly parts: ReadonlyArray<Part>
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
}

/** A stretch of a conversation: its journal, and the messages in it. */
export interface TimelinePage {
  /** By rising seq: messages and everything else that happened. */
  readonly entries: ReadonlyArray<Entry>
  readonly messages: ReadonlyArray<MessageView>
  /** Pass as `before` for older ones; null at the beginning. */
  readonly before: number | null
}

/** A file to be sent. The bytes go to the blobs; `name` is shown and never used as a path. */
export interface NewFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

/**
 * What is written: a text, files, or both. Refusals: `Empty`, `TextTooLong`, and for files `TooManyFiles`,
 * `FileTooLarge` and `FileTypeForbidden`, by what the channel takes.
 */
export interface WriteOptions extends CommandOptions {
  readonly text?: string
  /** Sanitised by the engine's host or the channel before it is sent; plain text is always sent beside it. */
  readonly html?: string
  readonly files?: ReadonlyArray<NewFile>
  readonly quote?: number
}

/** What is written to the customer. */
export interface ReplyOptions extends WriteOptions {
  readonly cc?: ReadonlyArray<string>
  /** Refuse with `Unseen` when a message is newer than this seq. */
  readonly expectedLastMessage?: number
}

/** What a command answers: the conversation as it is now, and the entry that it made. */
export interface Done {
  readonly conversation: Conversation
  readonly entry: Entry | null
  readonly position: number
}

type Act<Options = object> = (id: string, options?: Options & CommandOptions) => Promise<Outcome<Done>>
type ActWith<Options> = (id: string, options: Options & CommandOptions) => Promise<Outcome<Done>>

/**
 * What an agent reads and does. Commands answer with what was done or with the refusal; reads show only what she may
 * see, and what she may not see is `NotFound`. All reject with an `EngineError` when the store fails.
 */
export interface Conversations {
  readonly list: (options?: ListOptions) => Promise<ConversationPage>
  readonly counts: (options?: CallOptions) => Promise<TabCounts>
  readonly get: (
    id: string,
    options?: CallOptions,
  ) => Promise<Outcome<ConversationSummary & { readonly state: Conversation }>>
  /** The newest page unless `before` or `after` is given. */
  readonly timeline: (
    id: string,
    options?: { readonly before?: number; readonly after?: number; readonly limit?: number } & CallOptions,
  ) => Promise<Outcome<TimelinePage>>
  readonly search: (
    words: string,
    options?: { readonly limit?: number; readonly before?: number } & CallOptions,
  ) => Promise<
    ReadonlyArray<{
      readonly conversation: ConversationSummary
      readonly seq: number
      readonly snippet: string
      readonly position: number
    }>
  >
  /** A file of a message in a conversation that this agent may see. */
  readonly file: (
    id: string,
    blob: string,
    options?: CallOptions,
  ) => Promise<Outcome<{ readonly file: FileRef; readonly bytes: Uint8Array }>>
  /** A reply that was refused because somebody was faster is kept here, and so is what `saveDraft` puts. */
  readonly draft: (id: string, mode?: 'reply' | 'note') => Promise<Outcome<string | null>>
  readonly saveDraft: (id: string, text: string, mode?: 'reply' | 'note') => Promise<Outcome<void>>
  readonly typing: (id: string, on: boolean) => Promise<void>

  readonly reply: ActWith<ReplyOptions>
  readonly note: ActWith<WriteOptions & { readonly mentions?: ReadonlyArray<string> }>
  readonly edit: ActWith<{ readonly message: number; readonly text: string }>
  readonly deleteMessage: ActWith<{ readonly message: number }>
  readonly claim: Act
  readonly takeOver: Act
  readonly release: Act
  readonly assign: ActWith<{ readonly agents: ReadonlyArray<string> }>
  readonly unassign: ActWith<{ readonly agents: ReadonlyArray<string> }>
  readonly transfer: ActWith<{ readonly to: { readonly agent: string } | { readonly queue: string } }>
  readonly lock: Act
  readonly unlock: Act
  readonly invite: ActWith<{ readonly agents: ReadonlyArray<string> }>
  readonly leave: Act
  /** Until a time (epoch milliseconds), or until somebody ends it. */
  readonly snooze: Act<{ readonly until?: number }>
  readonly close: Act
  readonly reopen: Act
  readonly spam: Act
  readonly notSpam: Act
  readonly archive: Act
  readonly unarchive: Act
  readonly delete: Act
  readonly handOver: Act<{ readonly reason?: string }>
  readonly giveToBot: Act
  readonly blockBot: ActWith<{ readonly bot: string }>
  readonly unblockBot: ActWith<{ readonly bot: string }>
  readonly flag: ActWith<{ readonly flag: Flag }>
  readonly unflag: ActWith<{ readonly flag: Flag }>
  readonly tag: ActWith<{ readonly tags: ReadonlyArray<string> }>
  readonly untag: ActWith<{ readonly tags: ReadonlyArray<string> }>
  readonly rename: ActWith<{ readonly title: string | null }>
  readonly setSubject: ActWith<{ readonly subject: string | null }>

  readonly markRead: (id: string) => Promise<Outcome<void>>
  /** Leaves the last customer message unread. */
  readonly markUnread: (id: string) => Promise<Outcome<void>>
  /** Everything that a filter matches, in one act. */
  readonly markAllRead: (options?: Omit<ListOptions, 'after' | 'limit'>) => Promise<void>
}
