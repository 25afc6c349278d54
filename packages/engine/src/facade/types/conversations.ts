import type { AttributeValue } from '../../domain/contact/attribute.ts'
import type { ConsentScope } from '../../domain/contact/consent.ts'
import type { CanSend } from '../../domain/conversation/can-send.ts'
import type { TransferTarget } from '../../domain/conversation/entry.ts'
import type { Conversation, Flag, Priority, TranslationSetting } from '../../domain/conversation/state.ts'
import type { FileRef } from '../../domain/message/part.ts'
import type { TabCounts } from '../../domain/tabs.ts'
import type { TranscriptLabels } from '../../domain/transcript/labels.ts'
import type { Act, ActWith, CallOptions, CommandOptions, Done, Outcome } from './outcome.ts'
import type {
  ConversationPage,
  ConversationSummary,
  ListOptions,
  SearchAnswer,
  SearchOptions,
  TimelinePage,
  Transcript,
} from './reading.ts'
import type { ReplyOptions, ScheduleOptions, ScheduledView, StartOptions, WriteOptions } from './writing.ts'

/** Somebody at a conversation now, in this process. */
export interface Watcher {
  readonly agent: string
  readonly writing: boolean
  /** Epoch milliseconds. */
  readonly since: number
}

/** What can be done to many conversations at once. */
export type BulkCommand =
  | {
      readonly _tag: 'Close' | 'Reopen' | 'Archive' | 'Unarchive' | 'Spam' | 'NotSpam' | 'Claim' | 'Release' | 'Delete'
    }
  | { readonly _tag: 'Snooze'; readonly until?: number }
  | { readonly _tag: 'Assign'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Transfer'; readonly to: TransferTarget }
  | { readonly _tag: 'Tag' | 'Untag'; readonly tags: ReadonlyArray<string> }
  | { readonly _tag: 'Flag' | 'Unflag'; readonly flag: Flag }
  | { readonly _tag: 'SetPriority'; readonly priority: Priority }
  | { readonly _tag: 'MarkRead' | 'MarkUnread' }

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
  /** Messages, subjects, tags and contacts; case and accents do not matter. */
  readonly search: (words: string, options?: SearchOptions) => Promise<SearchAnswer>
  /** The conversation as a text, an HTML page for print, or JSON. Notes only when they are asked for. */
  readonly transcript: (
    id: string,
    options?: {
      readonly as?: 'text' | 'html' | 'json'
      readonly notes?: boolean
      /** IANA time zone of the times in it; UTC unless given. */
      readonly timeZone?: string
      /** What it says itself, in whatever language its reader has; English unless given. JSON has none of it. */
      readonly labels?: Partial<TranscriptLabels>
    } & CallOptions,
  ) => Promise<Outcome<Transcript>>
  /**
   * Whether this agent's words could be sent there now; if not, why, until when, and what could be sent instead. Every
   * command by which words leave is held to the same, once more when they leave.
   */
  readonly canSend: (id: string, options?: CallOptions) => Promise<Outcome<CanSend>>
  readonly scheduled: (id: string, options?: CallOptions) => Promise<Outcome<ReadonlyArray<ScheduledView>>>
  /** A file of a message in a conversation that this agent may see. */
  readonly file: (
    id: string,
    blob: string,
    options?: CallOptions,
  ) => Promise<Outcome<{ readonly file: FileRef; readonly bytes: Uint8Array }>>
  /** A reply that was refused because somebody was faster is kept here, and so is what `saveDraft` puts. */
  readonly draft: (id: string, mode?: 'reply' | 'note') => Promise<Outcome<string | null>>
  readonly saveDraft: (id: string, text: string, mode?: 'reply' | 'note') => Promise<Outcome<void>>
  /**
   * Says that this agent writes an answer, or has stopped: to be called every few seconds while it goes on. Colleagues see
   * it, and so does the customer where the channel shows it and the agent may answer; lost when it cannot be said at once.
   */
  readonly typing: (id: string, on: boolean) => Promise<void>

  /** Says that this agent looks at a conversation; the answer tells that she has gone. */
  readonly look: (id: string) => () => void
  /** Who looks at a conversation and who is writing in it, this agent included. */
  readonly watchers: (id: string) => Promise<Outcome<ReadonlyArray<Watcher>>>

  /**
   * A new conversation, begun by us. Refusals: `UnknownAccount`, `UnknownContact`, `NotReachable`, `MayNotReply`,
   * `CannotSend`, `Mismatch` for an address that is somebody else's, `Forbidden` where one is active that she may not
   * see, and everything a reply is refused for.
   */
  readonly start: (options: StartOptions) => Promise<Outcome<Done>>
  /**
   * A conversation among colleagues, perhaps about a message, which is quoted; with nobody named, all who have to do
   * with the message's conversation take part. Replies to it are notes, and nothing of it ever leaves.
   */
  readonly discuss: (
    options: {
      readonly title: string
      readonly participants: ReadonlyArray<string>
      readonly text: string
      readonly about?: { readonly conversation: string; readonly message: number }
    } & CommandOptions,
  ) => Promise<Outcome<Done>>
  readonly reply: ActWith<ReplyOptions>
  readonly schedule: ActWith<ScheduleOptions>
  /** Another time, other words, or both; by its author alone. Refusals: `UnknownSchedule`, `Forbidden`, as `schedule`. */
  readonly changeSchedule: ActWith<{
    readonly schedule: number
    readonly at?: ScheduleOptions['at']
    readonly text?: string
  }>
  /** By its author, a manager, or whoever may answer there. */
  readonly cancelSchedule: ActWith<{ readonly schedule: number }>
  /**
   * Null takes the reaction back. Where the channel tells customers, it takes who may answer, is refused for what an
   * answer is refused for, and leaves once, tried again until the provider has it: the last one, when it was changed
   * meanwhile. The provider shows one sign for all of ours. One that could not be told is marked `failed`.
   */
  readonly react: ActWith<{ readonly message: number; readonly emoji: string | null }>
  /**
   * A message goes to a new conversation of its own, with everything that came after it (`following`) or alone, and the
   * old one is closed unless `close` is false. Answers with the new one. Refusals: `UnknownMessage`, `TooMany`.
   */
  readonly split: ActWith<{ readonly message: number; readonly following?: boolean; readonly close?: boolean }>
  /**
   * Everything of this conversation goes into another one of the same account; its id leads there from then on. Answers
   * with the other one. Refusals: `Same`, `Mismatch` (two accounts, or two customers where a thread is all that one
   * address writes), `Spam`, `TooMany`.
   */
  readonly merge: ActWith<{ readonly into: string }>
  readonly note: ActWith<WriteOptions & { readonly mentions?: ReadonlyArray<string> }>
  readonly edit: ActWith<{ readonly message: number; readonly text: string }>
  readonly deleteMessage: ActWith<{ readonly message: number }>
  readonly claim: Act
  readonly takeOver: Act
  readonly release: Act
  readonly assign: ActWith<{ readonly agents: ReadonlyArray<string> }>
  readonly unassign: ActWith<{ readonly agents: ReadonlyArray<string> }>
  readonly transfer: ActWith<{ readonly to: TransferTarget }>
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
  readonly acceptOffer: Act
  readonly declineOffer: Act
  readonly setPriority: ActWith<{ readonly priority: Priority }>
  /** By the id of their definition; null removes one. */
  readonly setAttributes: ActWith<{ readonly attributes: Readonly<Record<string, AttributeValue | null>> }>
  /** On with the team's language and, if it is known, the customer's; null turns it off. */
  readonly setTranslation: ActWith<{ readonly translation: TranslationSetting | null }>
  /** Asks a bot now, whoever has control. */
  readonly runBot: ActWith<{ readonly bot: string }>
  /**
   * Takes note that the contact does not want to be written to at this address, or, with the permission `editContacts`,
   * that it does again. `word` is what the contact said. Refusals: `Unsupported` where the channel knows no consent.
   */
  readonly noteConsent: ActWith<{ readonly given: boolean; readonly scope: ConsentScope; readonly word: string }>
  readonly handOver: Act<{ readonly reason?: string }>
  readonly giveToBot: Act
  /**
   * Takes the conversation from the application that has it: asked of the provider as work, and ours when it has said yes
   * (`ControlChanged`); what it refuses is a line of the journal (`ControlRefused`). Refusals: `Unsupported` where the
   * channel cannot ask, `NothingToDo` when it is ours.
   */
  readonly takeControl: Act
  /** Passes the conversation on to the application that the provider is set up with, in the same way. */
  readonly passControl: Act
  readonly blockBot: ActWith<{ readonly bot: string }>
  readonly unblockBot: ActWith<{ readonly bot: string }>
  readonly flag: ActWith<{ readonly flag: Flag }>
  readonly unflag: ActWith<{ readonly flag: Flag }>
  readonly tag: ActWith<{ readonly tags: ReadonlyArray<string> }>
  readonly untag: ActWith<{ readonly tags: ReadonlyArray<string> }>
  readonly rename: ActWith<{ readonly title: string | null }>
  readonly setSubject: ActWith<{ readonly subject: string | null }>

  /**
   * Where the channel tells customers what was read and this agent may answer, hers is told once, as far as the newest
   * message goes: tried for about half a minute, by this process alone. The account may turn it off (`readReceipts`).
   */
  readonly markRead: (id: string) => Promise<Outcome<void>>
  /** Leaves the last customer message unread. */
  readonly markUnread: (id: string) => Promise<Outcome<void>>
  /** Everything that a filter matches, in one act. No customer is told of it. */
  readonly markAllRead: (options?: Omit<ListOptions, 'after' | 'limit'>) => Promise<void>
  /** One command on many, up to 500: what became of each. */
  readonly bulk: (
    ids: ReadonlyArray<string>,
    command: BulkCommand,
  ) => Promise<ReadonlyArray<{ readonly id: string; readonly outcome: Outcome<Done> }>>
}
