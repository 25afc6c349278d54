import type { HandoverPolicy, InboundPolicy } from '../account.ts'
import type { Actor, Agent } from '../actor.ts'
import type { AttributeDefinition } from '../contact/attribute.ts'
import type { MessageReaction } from '../message/reaction.ts'
import type { AskedFacts } from '../message/asked.ts'
import type { FileRef } from '../message/part.ts'
import type { RichPart } from '../message/rich-part.ts'
import type { Presence } from '../presence/seat.ts'
import type { Department, Queue } from '../queue/queue.ts'
import type { Routed } from '../routing/rule.ts'
import type { SlaFacts } from '../sla/policy.ts'
import type { SendingFacts, WindowRule } from './can-send.ts'
import type { Elsewhere, HandoverField } from './state.ts'

/** What a channel can carry, as far as the decision depends on it. */
export interface ChannelFacts {
  readonly edit: boolean
  readonly delete: boolean
  /** A reply can have further recipients. */
  readonly cc: boolean
  /** A message can name another box for its answers. */
  readonly replyTo?: boolean
  /** For how long after the customer's word one may answer freely; without it, for ever. */
  readonly window?: WindowRule
  /** Its customers take back their consent: what they have said of it is kept. */
  readonly consent?: boolean
  /** Customers are told how we react to what was written. */
  readonly tellsReactions?: boolean
  /** Its provider can be asked for a conversation that another application has, and to pass one on. */
  readonly asksControl?: boolean
  /** In characters. */
  readonly maxTextLength: number | null
  readonly files: {
    readonly max: number
    /** In bytes. */
    readonly maxBytes: number
    readonly types: ReadonlyArray<string>
  }
  /** Parts beyond words and files that it shows; the others leave as text. None unless given. */
  readonly parts?: ReadonlyArray<RichPart['_tag']>
}

/** The account that a conversation came in by. */
export interface AccountFacts {
  readonly id: string
  readonly channel: string
  readonly queue: string
  readonly bots: boolean
  readonly policy: InboundPolicy
  /** What a handover asks for; null for nothing. */
  readonly handover?: HandoverPolicy | null
  /** The team's language, when new conversations are translated for it. */
  readonly translate?: string | null
}

/** How an agent stands at this moment: whether she is there, and how many open conversations she owns. */
export interface SeatFacts {
  readonly presence: Presence
  readonly load: number
}

/** What the message that a command is about looks like now. */
export interface TargetFacts {
  readonly direction: 'in' | 'out' | 'note'
  readonly author: Actor
  readonly deleted: boolean
  /** The files it has now. */
  readonly files: ReadonlyArray<FileRef>
  /** And what it offers or asks beyond words and files. */
  readonly rich?: ReadonlyArray<RichPart>
  readonly reactions?: ReadonlyArray<MessageReaction>
  /** How often it was edited. */
  readonly edits?: number
  /** The provider's number of its newest edit, where edits have one. */
  readonly revision?: number
}

/**
 * Everything a decision depends on beside the state and the command: the time, who acts, and what others look like at
 * this moment. The decider asks nobody.
 */
export interface Facts {
  /** Epoch milliseconds. */
  readonly now: number
  readonly actor: Actor
  readonly agents: ReadonlyMap<string, Agent>
  readonly queues: ReadonlyMap<string, Queue>
  readonly account: AccountFacts
  /** Null when nothing can leave: the account was removed, or its channel is not installed any more. */
  readonly channel: ChannelFacts | null
  /** For a new conversation: its id, whose it is, and where. */
  readonly start?: {
    readonly conversation: string
    readonly contact: string
    readonly address: string
    readonly follows: string | null
    /** Known from the conversation before it. */
    readonly heardAt?: number
    readonly elsewhere?: Elsewhere
    readonly routed?: Routed
  }
  readonly target?: TargetFacts
  readonly departments?: ReadonlyMap<string, Department>
  /** Those agents whose being there matters to this decision. */
  readonly seats?: ReadonlyMap<string, SeatFacts>
  /** Where the contact is reached on the account that a transfer or a new conversation goes to. */
  readonly reach?: {
    readonly account: string
    readonly channel: string
    readonly address: string
    readonly queue: string
  }
  /** Absent when nothing is promised in this workspace. */
  readonly sla?: SlaFacts
  /** What a handover would have to ask for, because it is not known of the contact. */
  readonly lacking?: ReadonlyArray<HandoverField>
  /** Whether there is somebody who translates. */
  readonly translates?: boolean
  /** The oldest message that is put into the team's language when that is turned on. */
  readonly translateFrom?: number
  /** Names of the bots that are there. */
  readonly bots?: ReadonlySet<string>
  /** What was said of writing to the contact, and whether it is blocked; looked up for what leaves. */
  readonly sending?: Pick<SendingFacts, 'consent' | 'blocked'>
  /** What the message that came in answers. */
  readonly asked?: AskedFacts
  readonly attributes?: ReadonlyMap<string, AttributeDefinition>
}
