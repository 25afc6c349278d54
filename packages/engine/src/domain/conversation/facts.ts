import type { InboundPolicy } from '../account.ts'
import type { Actor, Agent } from '../actor.ts'
import type { FileRef } from '../message/part.ts'
import type { Queue } from '../queue/queue.ts'

/** What a channel can carry, as far as the decision depends on it. */
export interface ChannelFacts {
  readonly edit: boolean
  readonly delete: boolean
  /** A reply can have further recipients. */
  readonly cc: boolean
  /** In characters. */
  readonly maxTextLength: number | null
  readonly files: {
    readonly max: number
    /** In bytes. */
    readonly maxBytes: number
    readonly types: ReadonlyArray<string>
  }
}

/** The account that a conversation came in by. */
export interface AccountFacts {
  readonly id: string
  readonly channel: string
  readonly queue: string
  readonly bots: boolean
  readonly policy: InboundPolicy
}

/** What the message that a command is about looks like now. */
export interface TargetFacts {
  readonly direction: 'in' | 'out' | 'note'
  readonly author: Actor
  readonly deleted: boolean
  /** The files it has now. */
  readonly files: ReadonlyArray<FileRef>
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
  }
  readonly target?: TargetFacts
}
