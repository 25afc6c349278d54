import type { AccountHealth } from '../../domain/account-health.ts'
import type { Account, InboundPolicy } from '../../domain/account.ts'
import type { Agent } from '../../domain/actor.ts'
import type { AttributeDefinition } from '../../domain/contact/attribute.ts'
import type { Hours } from '../../domain/hours/hours.ts'
import type { Department, Queue } from '../../domain/queue/queue.ts'
import type { SlaPolicy } from '../../domain/sla/policy.ts'
import type { TagDefinition } from '../../domain/tag.ts'
import type { FeedItem } from './feed.ts'
import type { ImportedConversation } from '../../domain/workspace/imported.ts'
import type { Retention } from './keeping.ts'
import type { Outcome } from './outcome.ts'
import type { Quarantine } from './quarantine.ts'
import type { Routing } from './routing.ts'
import type { AgentSession } from './session.ts'

/** A tenant. What is done through it is done by the host itself, with every right. */
export interface Workspace {
  readonly id: string
  /** Acting for somebody: everything through it is held to what this agent may do. */
  readonly as: (agent: string) => AgentSession
  readonly agents: Settings<Agent>
  readonly queues: Settings<Queue>
  readonly accounts: Accounts
  readonly departments: Settings<Department>
  readonly hours: Settings<Hours>
  /** In the order of their ids: the first whose conditions hold applies. */
  readonly slaPolicies: Settings<SlaPolicy>
  /** Definitions of custom attributes. */
  readonly attributes: Settings<AttributeDefinition>
  readonly tags: Settings<TagDefinition>
  readonly routing: Routing
  readonly retention: Retention
  /** Brings in history from elsewhere: one finished conversation, its messages with their own times. Never twice. */
  readonly import: (history: ImportedConversation) => Promise<Outcome<{ readonly conversation: string }>>
  /** What is still to be done, soonest first: deliveries, timers, offers, bots. */
  readonly upcoming: (options?: { readonly limit?: number }) => Promise<ReadonlyArray<UpcomingWork>>
  readonly quarantine: Quarantine
  /** Everything that happened after a position, once, in commit order, and on as it happens. */
  readonly feed: (options?: { readonly since?: number; readonly signal?: AbortSignal }) => AsyncIterable<FeedItem>
  /**
   * Hears of everything from now on, committed here or by another engine on the same store. A listener that throws harms
   * nobody. Returns how to stop.
   */
  readonly on: (listener: (item: FeedItem) => void) => () => void
  /** The last position of this workspace's stream; it says nothing about another's. */
  readonly position: () => Promise<number>
}

/** An account as a host writes it: what is left out has its default. */
export type AccountInput = Pick<Account, 'id' | 'channel' | 'queue'> &
  Partial<Pick<Account, 'name' | 'bots' | 'handover' | 'signature' | 'translate' | 'readReceipts' | 'settings'>> & {
    readonly policy?: Partial<InboundPolicy>
  }

/** What a workspace is set up with, of one kind. Rejects with an `EngineError` when the store fails. */
export interface Settings<A, Input = A> {
  /** Creates or replaces. Refuses what does not fit (`Invalid`, `UnknownQueue`). */
  readonly put: (value: Input) => Promise<Outcome<A>>
  readonly get: (id: string) => Promise<A | undefined>
  /** By rising id. */
  readonly list: () => Promise<ReadonlyArray<A>>
  /**
   * Refuses what is still needed (`InUse`): a queue that an account leads to or a conversation stands in, an agent who
   * owns conversations that are open or pending.
   */
  readonly remove: (id: string) => Promise<Outcome<void>>
}

/** The connected addresses of a workspace, and how they stand with their providers. */
export interface Accounts extends Settings<Account, AccountInput> {
  /** What its provider last said of an account: the newest of each `about`, newest first; empty when nothing was said. */
  readonly health: (id: string) => Promise<ReadonlyArray<AccountHealth>>
  /**
   * Sends from it again what waited because the provider had said that it is down, had refused its credentials or had
   * asked for a pause; if that is still so, it stops again. Putting the account does the same. Refusals: `UnknownAccount`,
   * `NothingToDo` when nothing was held back.
   */
  readonly resume: (id: string) => Promise<Outcome<void>>
}

/** Something the engine still has to do. Times are epoch milliseconds. */
export interface UpcomingWork {
  readonly id: string
  readonly kind: string
  readonly due: number
  readonly attempts: number
  /** Work of one lane is done one after the other: of a queue, an agent or a contact that is its id. */
  readonly lane: string
  /** The conversation that it is about, when it is about one. */
  readonly conversation: string | null
}
