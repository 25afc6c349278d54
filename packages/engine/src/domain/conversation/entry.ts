import type { Actor } from '../actor.ts'
import type { AttributeValue } from '../contact/attribute.ts'
import type { Strategy } from '../distribution/strategy.ts'
import type { DeliveryError } from '../message/delivery.ts'
import type { InboundMessage, Message, MessageAddress, Note, OutboundMessage } from '../message/message.ts'
import type { Part } from '../message/part.ts'
import type { Routed } from '../routing/rule.ts'
import type { SlaClock, SlaTarget } from '../sla/promises.ts'
import type { ConsentScope } from '../contact/consent.ts'
import type {
  Control,
  Elsewhere,
  Flag,
  HandoverField,
  LastMessage,
  Priority,
  Status,
  TranslationSetting,
} from './state.ts'

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
  /** What is known of the conversation before it, at the same address: when the customer wrote, and who has it. */
  readonly heardAt?: number
  readonly elsewhere?: Elsewhere
  /** Which rule led to its queue; absent when there are no rules. */
  readonly routed?: Routed
  /** Present when it begins translated; the customer's language is detected later. */
  readonly translation?: TranslationSetting
  /** Of a conversation among colleagues: who began it, and who was asked to it. */
  readonly owner?: string
  readonly participants?: ReadonlyArray<string>
  readonly title?: string
}

/**
 * To whom a conversation is handed: an agent, who owns it from then on, or a queue, where nobody does. A department is
 * its queue; an account is where further answers leave from, and its queue.
 */
export type TransferTarget =
  | { readonly agent: string }
  | { readonly queue: string }
  | { readonly department: string }
  | { readonly account: string }

/** What became of the former owner of a conversation that comes back. */
export interface CameBack {
  readonly formerOwner: string
  /** `kept`: it is hers again. Otherwise it waits in its queue, because she is not there, full, or the queue says so. */
  readonly because: 'kept' | 'away' | 'offline' | 'full' | 'gone' | 'policy'
}

/** What a scheduled message will say. */
export interface ScheduledContent {
  readonly parts: ReadonlyArray<Part>
  readonly cc?: ReadonlyArray<string>
  readonly subject?: string
  readonly quote?: number
  readonly mentions?: ReadonlyArray<string>
}

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
      /** Present when it came back and had an owner. */
      readonly cameBack?: CameBack
      /** Scheduled messages that were not to be sent once the customer wrote. */
      readonly cancelled?: ReadonlyArray<number>
      /** It answered what a handover waited for. */
      readonly completesHandover?: true
      /** When to remind of the end of the time that it gives us for an answer. */
      readonly remindAt?: number
    }
  | {
      readonly _tag: 'MessageSent'
      readonly message: OutboundMessage
      readonly start?: Start
      readonly status?: Status
      readonly control?: Control
      /** The author became the owner by answering. */
      readonly claimed?: true
      /** Present when it was opened again and had an owner who is not there any more. */
      readonly cameBack?: CameBack
      /** By a bot that was run by hand while people had control. */
      readonly asked?: true
      /** Somebody of ours wrote it elsewhere: it was sent before it was known here. */
      readonly echoed?: true
      /** It was heard of when something newer stood there: it answers nothing. */
      readonly late?: true
      /** It was scheduled, by the entry with this seq. */
      readonly schedule?: number
    }
  | {
      readonly _tag: 'NoteAdded'
      readonly message: Note
      /** Begins a conversation among colleagues. */
      readonly start?: Start
      /** Present when a word among colleagues opened their conversation again. */
      readonly status?: Status
    }
  | {
      readonly _tag: 'MessageEdited'
      readonly message: number
      readonly parts: ReadonlyArray<Part>
      readonly revision?: number
    }
  | { readonly _tag: 'MessageDeleted'; readonly message: number }
  /** A file that its provider held has been fetched: its name stands beside the message. Size in bytes. */
  | {
      readonly _tag: 'FileArrived'
      readonly message: number
      readonly blob: string
      readonly size: number
      readonly mime: string
    }
  /** A file could not be fetched while it was to be had. */
  | { readonly _tag: 'FileLost'; readonly message: number; readonly blob: string; readonly reason: string }
  | { readonly _tag: 'Snoozed'; readonly until: number | null }
  /** `cameBack` is present when it had an owner. */
  | { readonly _tag: 'SnoozeEnded'; readonly cameBack?: CameBack }
  | { readonly _tag: 'Closed'; readonly control: Control }
  /** `cameBack` is present when it had an owner who is not there any more; otherwise it stays hers. */
  | { readonly _tag: 'Reopened'; readonly cameBack?: CameBack }
  /** What was scheduled is not sent any more, now that it is out of the way. */
  | { readonly _tag: 'MarkedSpam'; readonly cancelled?: ReadonlyArray<number> }
  | { readonly _tag: 'MarkedNotSpam'; readonly cameBack?: CameBack }
  | { readonly _tag: 'Archived'; readonly cancelled?: ReadonlyArray<number> }
  | { readonly _tag: 'Unarchived'; readonly status: Status }
  /** Whose it was, and who else had to do with it, are told that it is gone; absent in entries from before that. */
  | { readonly _tag: 'Deleted'; readonly owner?: string | null; readonly others?: ReadonlyArray<string> }
  | { readonly _tag: 'Claimed' }
  | { readonly _tag: 'TakenOver'; readonly from: string }
  | { readonly _tag: 'Released' }
  | { readonly _tag: 'Assigned'; readonly agents: ReadonlyArray<string> }
  | {
      readonly _tag: 'Unassigned'
      readonly agents: ReadonlyArray<string>
      /** Present when the owner was among them: whose it is now; null when it waits in its queue. */
      readonly owner?: string | null
    }
  | {
      readonly _tag: 'Transferred'
      readonly to: TransferTarget
      /** Where it was: who sees it no longer is told so. */
      readonly from: {
        readonly queue: string
        readonly owner: string | null
        /** Assignees beside the owner, who are none any more. */
        readonly others?: ReadonlyArray<string>
      }
      /** The queue it stands in now, when a department or an account was asked for. */
      readonly queue?: string
      /** Where answers leave from now, when it went to another account. */
      readonly reach?: { readonly account: string; readonly channel: string; readonly address: string }
      /** Transferring out of pending or archived opens the conversation. */
      readonly status?: Status
    }
  /** The engine gave it to an agent; `by` is the strategy. */
  | { readonly _tag: 'Distributed'; readonly agent: string; readonly by: Strategy['_tag'] }
  | {
      readonly _tag: 'Offered'
      readonly agents: ReadonlyArray<string>
      readonly until: number
      readonly by: Strategy['_tag']
    }
  | { readonly _tag: 'OfferAccepted' }
  | { readonly _tag: 'OfferDeclined' }
  | { readonly _tag: 'OfferExpired'; readonly agents: ReadonlyArray<string> }
  | {
      readonly _tag: 'Overflowed'
      readonly from: string
      readonly to: string
      readonly because: 'waited' | 'outsideHours'
    }
  /** Its owner went away while it was unanswered. */
  | { readonly _tag: 'Returned'; readonly from: string; readonly because: 'away' | 'offline' }
  | { readonly _tag: 'PrioritySet'; readonly priority: Priority }
  /** Null removes an attribute. */
  | { readonly _tag: 'AttributesSet'; readonly attributes: Readonly<Record<string, AttributeValue | null>> }
  | {
      readonly _tag: 'MessageScheduled'
      readonly at: number
      readonly unlessTheyWrite: boolean
      readonly content: ScheduledContent
    }
  | {
      readonly _tag: 'ScheduleChanged'
      readonly schedule: number
      readonly at?: number
      readonly content?: ScheduledContent
    }
  | {
      readonly _tag: 'ScheduleCancelled'
      readonly schedule: number
      /** `refused`: when its time came it could not be sent; `reason` is the refusal's tag. */
      readonly because: 'asked' | 'refused'
      readonly reason?: string
    }
  /** A null emoji takes the reaction back. `leaves`: the customer is told. `heardAt`: it opens the window from then on. */
  | {
      readonly _tag: 'Reacted'
      readonly message: number
      readonly emoji: string | null
      readonly leaves?: true
      readonly heardAt?: number
      readonly remindAt?: number
    }
  /** The customer could not be told of a reaction; a null emoji: she still sees the one that was taken back. */
  | {
      readonly _tag: 'ReactionFailed'
      readonly message: number
      readonly by: Actor
      readonly emoji: string | null
      readonly error: DeliveryError
    }
  /** `from`: the message from which on they are put into the team's language; later ones when not said. */
  | { readonly _tag: 'TranslationSet'; readonly translation: TranslationSetting | null; readonly from?: number }
  /** A message was translated, or could not be; the words stand beside the message. */
  | {
      readonly _tag: 'Translated'
      readonly message: number
      readonly language: string
      readonly provider: string
      readonly state: 'done' | 'failed'
      /** The language of the original, when it became known by this. */
      readonly detected?: string
    }
  /** A bot was run by hand. */
  | { readonly _tag: 'BotAsked'; readonly bot: string }
  /** The turn of a bot that was run by hand is over; `reason` says why nothing came of it. */
  | { readonly _tag: 'BotFinished'; readonly bot: string; readonly reason: string | null }
  /** The time that the provider gives for an answer runs out at `until`, and the customer waits for one. */
  | { readonly _tag: 'WindowClosing'; readonly until: number }
  /** The provider refused a message at `at` because that time was over, whatever was known here. */
  | { readonly _tag: 'WindowRefused'; readonly at: number }
  /** The contact may not, or may again, be written to at its address. `word` is what it wrote, or what was noted. */
  | {
      readonly _tag: 'ConsentChanged'
      readonly given: boolean
      readonly scope: ConsentScope
      readonly word: string
      readonly at: number
      readonly arrivedAt?: number
    }
  /** The contact is reached at another address of the same account from here on. */
  | { readonly _tag: 'AddressChanged'; readonly from: string; readonly to: string }
  /** Another application has been given the conversation, or has given it back. */
  | { readonly _tag: 'ControlChanged'; readonly ours: boolean; readonly by: string | null }
  /** The provider is asked to give us the conversation, or to pass it on. */
  | { readonly _tag: 'ControlAsked'; readonly ours: boolean }
  /** It did not do so: whoever had the conversation still has it. */
  | { readonly _tag: 'ControlRefused'; readonly ours: boolean; readonly error: DeliveryError }
  | { readonly _tag: 'SlaMissed'; readonly target: SlaTarget }
  /** What a policy promised came due, and the policy was there no more: nobody is held to it. */
  | { readonly _tag: 'SlaEnded'; readonly policy: string | null }
  /** Messages went to another conversation, where they are now. */
  | {
      readonly _tag: 'MessagesMovedOut'
      readonly messages: ReadonlyArray<number>
      readonly to: string
      /** What is the last message now, when the last one went; null when none is left. */
      readonly last?: LastMessage | null
    }
  /** A message that was in another conversation, or in another system, before. `at` of the entry is when it came. */
  | {
      readonly _tag: 'MessageMovedIn'
      readonly message: Message
      readonly from: MessageAddress | { readonly source: string }
      /** When the engine first recorded it, epoch milliseconds. */
      readonly receivedAt?: number
      readonly start?: Start
    }
  /** Everything of it is in another conversation now: whoever asks for this one is led there. */
  | {
      readonly _tag: 'MergedInto'
      readonly into: string
      /** Who owned it until then, and who else had to do with it. */
      readonly owner: string | null
      readonly others?: ReadonlyArray<string>
      /** Scheduled messages that are not sent any more. */
      readonly cancelled?: ReadonlyArray<number>
    }
  /** What was in another conversation is here now, and who was part of that one is part of this one. */
  | {
      readonly _tag: 'Merged'
      readonly from: string
      readonly tags: ReadonlyArray<string>
      readonly participants: ReadonlyArray<string>
      readonly known: ReadonlyArray<string>
      /** Present when somebody waited in the other one: it is not buried in what was closed. */
      readonly status?: Status
      readonly control?: Control
      /** Present when that opened it again and it had an owner. */
      readonly cameBack?: CameBack
    }
  | { readonly _tag: 'Locked' }
  | { readonly _tag: 'Unlocked' }
  | { readonly _tag: 'Invited'; readonly agents: ReadonlyArray<string> }
  | {
      readonly _tag: 'Left'
      /** Present when who left had it: whose it is now. */
      readonly owner?: string
    }
  /** With `ask`, contact details are asked for first, and until then the bots keep control. */
  | {
      readonly _tag: 'HandedOver'
      readonly reason: string | null
      readonly ask?: ReadonlyArray<HandoverField>
      readonly until?: number
    }
  /** The details came, or did not come in time. */
  | { readonly _tag: 'HandoverCompleted'; readonly because: 'answered' | 'timeout' }
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
  /** Present when it changed which promises run: what runs from here on. */
  readonly sla?: SlaClock | null
}
