import type { Fetched } from '../message/fetched.ts'
import type { Actor } from '../actor.ts'
import type { DeliveryError } from '../message/delivery.ts'
import type { Automatic, Json } from '../message/message.ts'
import type { Part } from '../message/part.ts'
import type { AttributeValue } from '../contact/attribute.ts'
import type { ConsentScope } from '../contact/consent.ts'
import type { Strategy } from '../distribution/strategy.ts'
import type { SlaTarget } from '../sla/promises.ts'
import type { ScheduledContent, TransferTarget } from './entry.ts'
import type { Flag, Priority, TranslationSetting } from './state.ts'

/** What an inbound message says before the decider has looked at it. */
export interface Received {
  readonly externalId?: string
  readonly address: string
  readonly parts: ReadonlyArray<Part>
  readonly providerAt?: number
  readonly automatic?: Automatic
  readonly quote?: number
  readonly meta?: Json
  readonly subject?: string
  readonly matched: string
}

/**
 * What somebody asks for. A reply may carry `expectedLastMessage`: it is refused when a message is newer than that seq.
 */
export type Command =
  | { readonly _tag: 'Receive'; readonly message: Received }
  /** Somebody of ours wrote to the contact elsewhere; `address` is the contact's. */
  | {
      readonly _tag: 'Echo'
      readonly message: Pick<Received, 'address' | 'parts' | 'providerAt' | 'quote' | 'meta'> & {
        readonly externalId: string
      }
    }
  | {
      readonly _tag: 'Reply'
      readonly parts: ReadonlyArray<Part>
      readonly quote?: number
      readonly cc?: ReadonlyArray<string>
      readonly subject?: string
      readonly expectedLastMessage?: number
      readonly mentions?: ReadonlyArray<string>
      /** Whose box gets the answers. */
      readonly replyTo?: 'account' | 'agent'
      readonly meta?: Json
    }
  /** The first message of a new conversation, written by us. Its place comes in as a fact. */
  | {
      readonly _tag: 'Start'
      readonly parts: ReadonlyArray<Part>
      readonly subject?: string
      readonly cc?: ReadonlyArray<string>
      readonly replyTo?: 'account' | 'agent'
    }
  /** A new conversation among colleagues. */
  | {
      readonly _tag: 'Discuss'
      readonly title: string
      readonly participants: ReadonlyArray<string>
      readonly parts: ReadonlyArray<Part>
      /** What it is about. */
      readonly meta?: Json
    }
  | {
      readonly _tag: 'AddNote'
      readonly parts: ReadonlyArray<Part>
      readonly mentions?: ReadonlyArray<string>
      readonly quote?: number
    }
  /** `revision` puts the edits of a provider in order: one that comes late changes nothing. */
  | {
      readonly _tag: 'EditMessage'
      readonly message: number
      readonly parts: ReadonlyArray<Part>
      readonly revision?: number
    }
  | { readonly _tag: 'DeleteMessage'; readonly message: number }
  | { readonly _tag: 'Snooze'; readonly until?: number }
  | { readonly _tag: 'EndSnooze' }
  | { readonly _tag: 'Close' }
  | { readonly _tag: 'Reopen' }
  | { readonly _tag: 'MarkSpam' }
  | { readonly _tag: 'MarkNotSpam' }
  | { readonly _tag: 'Archive' }
  | { readonly _tag: 'Unarchive' }
  | { readonly _tag: 'Delete' }
  | { readonly _tag: 'Claim' }
  | { readonly _tag: 'TakeOver' }
  | { readonly _tag: 'Release' }
  | { readonly _tag: 'Assign'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Unassign'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Transfer'; readonly to: TransferTarget }
  | { readonly _tag: 'Lock' }
  | { readonly _tag: 'Unlock' }
  | { readonly _tag: 'Invite'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Leave' }
  | { readonly _tag: 'HandOver'; readonly reason?: string }
  | { readonly _tag: 'GiveToBot' }
  | { readonly _tag: 'BlockBot'; readonly bot: string }
  | { readonly _tag: 'UnblockBot'; readonly bot: string }
  | { readonly _tag: 'Flag'; readonly flag: Flag }
  | { readonly _tag: 'Unflag'; readonly flag: Flag }
  | { readonly _tag: 'Tag'; readonly tags: ReadonlyArray<string> }
  | { readonly _tag: 'Untag'; readonly tags: ReadonlyArray<string> }
  | { readonly _tag: 'Rename'; readonly title: string | null }
  | { readonly _tag: 'ChangeSubject'; readonly subject: string | null }
  | { readonly _tag: 'SetPriority'; readonly priority: Priority }
  | { readonly _tag: 'SetAttributes'; readonly attributes: Readonly<Record<string, AttributeValue | null>> }
  /** By the engine: who gets it, or to whom it is offered. */
  | { readonly _tag: 'Distribute'; readonly agent: string; readonly by: Strategy['_tag'] }
  | {
      readonly _tag: 'OfferTo'
      readonly agents: ReadonlyArray<string>
      readonly until: number
      readonly by: Strategy['_tag']
    }
  | { readonly _tag: 'AcceptOffer' }
  | { readonly _tag: 'DeclineOffer' }
  | { readonly _tag: 'ExpireOffer' }
  | { readonly _tag: 'Overflow'; readonly to: string; readonly because: 'waited' | 'outsideHours' }
  | { readonly _tag: 'ReturnToQueue'; readonly from: string; readonly because: 'away' | 'offline' }
  | {
      readonly _tag: 'Schedule'
      readonly at: number
      readonly content: ScheduledContent
      readonly unlessTheyWrite?: boolean
    }
  | {
      readonly _tag: 'ChangeSchedule'
      readonly schedule: number
      readonly at?: number
      readonly content?: ScheduledContent
    }
  | { readonly _tag: 'CancelSchedule'; readonly schedule: number }
  /**
   * By the engine, when the time has come, for the agent who wrote it; `content` is what was written, as the entry with
   * the seq `read` has it.
   */
  | {
      readonly _tag: 'SendScheduled'
      readonly schedule: number
      readonly read: number
      readonly content: ScheduledContent
    }
  /** `at`: the provider's time of a customer's. */
  | { readonly _tag: 'React'; readonly message: number; readonly emoji: string | null; readonly at?: number }
  /** By the engine: the customer could not be told of it. */
  | {
      readonly _tag: 'FailReaction'
      readonly message: number
      readonly by: Actor
      readonly emoji: string | null
      readonly error: DeliveryError
    }
  | { readonly _tag: 'SetTranslation'; readonly translation: TranslationSetting | null }
  /** The engine says what came of fetching a file. */
  | { readonly _tag: 'RecordFile'; readonly message: number; readonly blob: string; readonly fetched: Fetched }
  | {
      readonly _tag: 'RecordTranslation'
      readonly message: number
      readonly language: string
      readonly provider: string
      readonly state: 'done' | 'failed'
      /** It stands beside the message and not in the journal; null when it failed or is in that language anyway. */
      readonly text: string | null
      /** How often the message had been edited when its words were taken. */
      readonly edits: number
      readonly detected?: string
    }
  | { readonly _tag: 'RunBot'; readonly bot: string }
  /** By the engine, when a bot that was run by hand has had its turn; `reason` says why nothing came of it. */
  | { readonly _tag: 'FinishBot'; readonly bot: string; readonly reason?: string }
  | { readonly _tag: 'CompleteHandover'; readonly because: 'answered' | 'timeout' }
  | { readonly _tag: 'MissSla'; readonly target: SlaTarget }
  /** By the engine, when the time for an answer runs out. */
  | { readonly _tag: 'RemindOfWindow' }
  /** By the engine, when the provider has refused a message that was begun at `at` because that time was over. */
  | { readonly _tag: 'RefuseWindow'; readonly at: number }
  /** By the contact, by whoever notes it for the contact, or by the engine when the provider has said so. */
  | {
      readonly _tag: 'ChangeConsent'
      readonly given: boolean
      readonly scope: ConsentScope
      /** What the contact wrote or said; the provider's code. */
      readonly word: string
      /** When the contact said it; for agents it is now. */
      readonly at?: number
      /** When it was first heard here, where it came with a message. */
      readonly arrivedAt?: number
    }
  /** By the engine: the contact writes from another address now. */
  | { readonly _tag: 'ChangeAddress'; readonly from: string; readonly to: string }
  /** By the engine: another application was given the conversation, or has given it back. */
  | { readonly _tag: 'ChangeControl'; readonly ours: boolean; readonly by: string | null }
  /** From the application that has the conversation. */
  | { readonly _tag: 'TakeControl' }
  /** To the application that the provider is set up with. */
  | { readonly _tag: 'PassControl' }
  /** By the engine: the provider did not do what one of these had asked of it. */
  | { readonly _tag: 'RefuseControl'; readonly ours: boolean; readonly error: DeliveryError }
