import type { Actor } from '../actor.ts'
import type { InboundMessage, Note, OutboundMessage } from '../message/message.ts'
import type { Part } from '../message/part.ts'
import type { Control, Flag, Status } from './state.ts'

/** How a conversation begins: part of its first entry. */
export interface Start {
  readonly conversation: string
  readonly account: string
  readonly channel: string
  readonly contact: string
  readonly address: string
  readonly queue: string
  readonly control: Control
  readonly subject: string | null
  /** The conversation it goes on from, where a policy asked for a new one. */
  readonly follows: string | null
}

/** To whom a conversation is handed: an agent, who owns it from then on, or a queue, where nobody does. */
export type TransferTarget = { readonly agent: string } | { readonly queue: string }

/**
 * Everything that can happen in a conversation. One command makes one entry wherever it can: a reply that claims and
 * reopens is one `MessageSent` that says so.
 */
export type Happening =
  | {
      readonly _tag: 'MessageReceived'
      readonly message: InboundMessage
      readonly start?: Start
      /** Present when the message changed the status. */
      readonly status?: Status
      /** Present when reopening gave control to the bots. */
      readonly control?: Control
    }
  | {
      readonly _tag: 'MessageSent'
      readonly message: OutboundMessage
      readonly start?: Start
      readonly status?: Status
      readonly control?: Control
      /** The author became the owner by answering. */
      readonly claimed?: true
    }
  | { readonly _tag: 'NoteAdded'; readonly message: Note }
  | { readonly _tag: 'MessageEdited'; readonly message: number; readonly parts: ReadonlyArray<Part> }
  | { readonly _tag: 'MessageDeleted'; readonly message: number }
  | { readonly _tag: 'Snoozed'; readonly until: number | null }
  | { readonly _tag: 'SnoozeEnded' }
  | { readonly _tag: 'Closed'; readonly control: Control }
  | { readonly _tag: 'Reopened' }
  | { readonly _tag: 'MarkedSpam' }
  | { readonly _tag: 'MarkedNotSpam' }
  | { readonly _tag: 'Archived' }
  | { readonly _tag: 'Unarchived'; readonly status: Status }
  | { readonly _tag: 'Deleted' }
  | { readonly _tag: 'Claimed' }
  | { readonly _tag: 'TakenOver'; readonly from: string }
  | { readonly _tag: 'Released' }
  | { readonly _tag: 'Assigned'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Unassigned'; readonly agents: ReadonlyArray<string> }
  | {
      readonly _tag: 'Transferred'
      readonly to: TransferTarget
      /** Where it was: who sees it no longer is told so. */
      readonly from: { readonly queue: string; readonly owner: string | null }
      /** Transferring out of pending or archived opens the conversation. */
      readonly status?: Status
    }
  | { readonly _tag: 'Locked' }
  | { readonly _tag: 'Unlocked' }
  | { readonly _tag: 'Invited'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Left' }
  | { readonly _tag: 'HandedOver'; readonly reason: string | null }
  | { readonly _tag: 'GivenToBot' }
  | { readonly _tag: 'BotBlocked'; readonly bot: string }
  | { readonly _tag: 'BotUnblocked'; readonly bot: string }
  | { readonly _tag: 'Flagged'; readonly flag: Flag }
  | { readonly _tag: 'Unflagged'; readonly flag: Flag }
  | { readonly _tag: 'Tagged'; readonly tags: ReadonlyArray<string> }
  | { readonly _tag: 'Untagged'; readonly tags: ReadonlyArray<string> }
  | { readonly _tag: 'Renamed'; readonly title: string | null }
  | { readonly _tag: 'SubjectChanged'; readonly subject: string | null }
  /** What is left of an entry of a deleted conversation. */
  | { readonly _tag: 'Erased'; readonly was: string }

/** A line of the journal: what happened, who did it, when the engine recorded it. Never changed afterwards. */
export interface Entry {
  readonly seq: number
  /** Epoch milliseconds, the engine's clock. */
  readonly at: number
  readonly actor: Actor
  readonly what: Happening
}
