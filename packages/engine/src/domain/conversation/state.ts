import type { AttributeValue } from '../contact/attribute.ts'
import type { Offer } from '../distribution/strategy.ts'
import type { SlaClock } from '../sla/promises.ts'

/** The five states of a conversation. */
export const statuses = ['open', 'pending', 'closed', 'spam', 'archived'] as const
/**
 * Open: somebody has to do something. Pending: snoozed. Closed: handled. Spam and archived: out of the way. What leads
 * from one to another is in `transitions`.
 */
export type Status = (typeof statuses)[number]

/** Who answers at the moment: the bots of the account, or people. */
export type Control = 'team' | 'bot'

/** A mark that colleagues put on a conversation. It is for finding and filtering, and changes nothing else. */
export type Flag = 'followUp' | 'urgent'

/** How much it matters, lowest first: distribution serves the higher first. The flag `urgent` counts as `urgent`. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
/** One of them. */
export type Priority = (typeof priorities)[number]

/** A message that is written and waits for its time. It is addressed by the seq of the entry that scheduled it. */
export interface Scheduled {
  readonly id: number
  /** Epoch milliseconds. */
  readonly at: number
  /** The agent who wrote it: she must still be allowed to when its time comes. */
  readonly by: string
  /** It is dropped when the customer writes first. */
  readonly unlessTheyWrite: boolean
  /** The seq of the entry that holds what it says now. */
  readonly content: number
}

/** Messages are translated between the team's language and the customer's (BCP 47); null until that is detected. */
export interface TranslationSetting {
  readonly team: string
  readonly customer: string | null
}

/** Another application that has a conversation, as the provider names it. */
export interface Elsewhere {
  readonly by: string | null
}

/** As it stands in a conversation: `from` is the seq from which on messages count. */
export interface TranslationState extends TranslationSetting {
  readonly from: number
}

/** What a handover asks of a contact before a person takes it up, and for how long it waits (epoch milliseconds). */
export interface PendingHandover {
  readonly reason: string | null
  readonly ask: ReadonlyArray<HandoverField>
  readonly until: number
}

/** Contact details that a handover can ask for. */
export type HandoverField = 'firstName' | 'name' | 'email' | 'phone'

/** The last message that anybody outside may have seen, as lists show it. */
export interface LastMessage {
  readonly seq: number
  readonly by: 'contact' | 'agent' | 'bot' | 'system'
  readonly preview: string
}

/** A conversation as its journal makes it. The row in the store is always the fold of the journal. */
export interface Conversation {
  readonly id: string
  /**
   * The number of the last journal entry; entries are numbered from 1 without gaps. State only changes by entries, so
   * this is also the version that compare-and-set compares.
   */
  readonly seq: number
  readonly account: string
  readonly channel: string
  readonly contact: string
  /** Where on that account the contact is written to. */
  readonly address: string
  readonly status: Status
  /** What unarchive goes back to. */
  readonly statusBeforeArchive: Status | null
  readonly control: Control
  /** There always is one, so a conversation without an owner waits somewhere. */
  readonly queue: string
  readonly owner: string | null
  /** Locked as mine: only the owner or a manager undoes it. */
  readonly locked: boolean
  /** Includes the owner, if there is one. */
  readonly assignees: ReadonlyArray<string>
  /** Colleagues who were invited. */
  readonly participants: ReadonlyArray<string>
  /** Agents whom a note called for. */
  readonly mentioned: ReadonlyArray<string>
  /** Bots that are silenced in this conversation. */
  readonly blockedBots: ReadonlyArray<string>
  /** The end of the snooze; null while pending means until somebody ends it. */
  readonly snoozedUntil: number | null
  readonly subject: string | null
  /** A name that colleagues gave it; the customer never sees it. */
  readonly title: string | null
  readonly tags: ReadonlyArray<string>
  readonly flags: ReadonlyArray<Flag>
  readonly lastMessage: LastMessage | null
  /** How many messages the customer has written: what unread counts from. */
  readonly inbound: number
  /** Addresses that have written here: who is not among them is a stranger. */
  readonly known: ReadonlyArray<string>
  readonly priority: Priority
  /** Since when the customer waits for a person, epoch milliseconds; null when nobody waits. */
  readonly waitingSince: number | null
  /**
   * Since when it stands in its queue, open, with the team and without an owner, epoch milliseconds; null while it
   * does not.
   */
  readonly queuedSince: number | null
  readonly offer: Offer | null
  /** Agents who declined it, let it pass or gave it back since it began to wait here: they are asked again last. */
  readonly passed: ReadonlyArray<string>
  readonly scheduled: ReadonlyArray<Scheduled>
  readonly translation: TranslationState | null
  /** Custom attributes, by the id of their definition. */
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly handover: PendingHandover | null
  /** A bot that was run by hand: it may answer once, whoever has control. */
  readonly askedBot: string | null
  /** Messages of bots since a customer or a person last wrote: a bot that talks to itself is handed over. */
  readonly botTurns: number
  readonly sla: SlaClock | null
  /**
   * When the customer last wrote, epoch milliseconds: the provider's time, clamped; it never moves back. Null until it
   * has, on the account that answers leave from.
   */
  readonly heardAt: number | null
  /** When the provider last refused a message because the time for an answer was over; epoch milliseconds. */
  readonly windowRefusedAt: number | null
  /** When to remind of the end of that time; null when nobody is to be, or has been. */
  readonly remindAt: number | null
  /** Another application has the conversation, and the provider lets nobody else write; `by` is its name for it. */
  readonly elsewhere: Elsewhere | null
  /** The conversation that this one went into: what is asked of this one is asked of that one. */
  readonly mergedInto: string | null
  /** The archived or closed conversation that this one goes on from. */
  readonly follows: string | null
  readonly createdAt: number
  /** The last message by the clamped provider time, or the creation. Lists are sorted by it. */
  readonly lastActivity: number
  /** Nothing of it is left but who deleted it and when. */
  readonly deleted: boolean
}
