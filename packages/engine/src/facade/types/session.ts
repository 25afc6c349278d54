import type { Presence } from '../../domain/presence/seat.ts'
import type { Actor, Agent } from '../../domain/actor.ts'
import type { Device, Override } from '../../domain/presence/seat.ts'
import type { Queue } from '../../domain/queue/queue.ts'
import type { Report, ReportBy } from '../../domain/report/report.ts'
import type { TagDefinition } from '../../domain/tag.ts'
import type { Blocks, Companies, Contacts } from './contacts.ts'
import type { Conversations } from './conversations.ts'
import type { FeedItem } from './feed.ts'
import type { CallOptions, Outcome } from './outcome.ts'
import type { Slash } from './slash.ts'
import type { Templates } from './templates.ts'
import type { Views } from './views.ts'

/** An agent's view: only what she may see, only what she may do. */
export interface AgentSession {
  readonly agent: string
  readonly conversations: Conversations
  readonly contacts: Contacts
  readonly companies: Companies
  readonly blocks: Blocks
  readonly templates: Templates
  readonly tags: Tags
  readonly views: Views
  readonly slash: Slash
  readonly presence: PresenceControl
  readonly queues: { readonly overview: (options?: CallOptions) => Promise<ReadonlyArray<QueueOverview>> }
  readonly people: Colleagues
  /** Figures over what this agent may see; `Forbidden` without the permission `seeReports`. */
  readonly report: (options: ReportOptions) => Promise<Outcome<Report>>
  /** The stream as far as this agent may see it. */
  readonly feed: (options?: { readonly since?: number; readonly signal?: AbortSignal }) => AsyncIterable<FeedItem>
  /** Colleagues and customers typing now, in conversations that this agent may see. Returns how to stop. */
  readonly onTyping: (listener: (typing: Typing) => void) => () => void
  /** Colleagues who come to a conversation that this agent may see, write there, or go. Returns how to stop. */
  readonly onWatching: (listener: (watching: Watching) => void) => () => void
}

/** Somebody began to type, or stopped. Never stored. */
export interface Typing {
  readonly conversation: string
  readonly by: Actor
  readonly on: boolean
}

/** A colleague looks at a conversation, writes there, or has gone. Never stored. */
export interface Watching {
  readonly conversation: string
  readonly agent: string
  readonly on: boolean
  readonly writing: boolean
}

/** Being there. */
export interface PresenceControl {
  /** What the agent says of herself, until a time (epoch milliseconds), or until she says otherwise; null lets her devices speak. */
  readonly set: (presence: Presence | null, until?: number) => Promise<Outcome<void>>
  /** A device says how it is; to be called every minute or so while it is in use. */
  readonly device: (id: string, state: Device['state']) => Promise<Outcome<void>>
  /** Everybody, with what they have in hand. */
  readonly list: (options?: CallOptions) => Promise<ReadonlyArray<SeatView>>
}

/** An agent's place as colleagues see it. */
export interface SeatView {
  readonly agent: string
  readonly name: string
  readonly presence: Presence
  readonly override: Override | null
  /**
   * Open conversations that she owns: all of them to herself and to managers; to everybody else those in the
   * shared queues that the viewer serves, so that nobody learns of work that is hidden from her.
   */
  readonly load: number
  /** Null: unlimited. */
  readonly capacity: number | null
}

/** A queue as its people see it. `waiting` counts open conversations that nobody owns. */
export interface QueueOverview {
  readonly queue: Queue
  readonly open: number
  readonly waiting: number
  /** Since when the longest has waited, epoch milliseconds; null when nobody waits. */
  readonly waitingSince: number | null
  readonly online: ReadonlyArray<string>
}

/** Colleagues. */
export interface Colleagues {
  /** By the beginning of a name, by extension or id; those who may serve the queue first. At most 20. */
  readonly find: (text: string, options?: { readonly queue?: string } & CallOptions) => Promise<ReadonlyArray<Agent>>
}

/** Tags with what they mean. Changing them takes the permission `manageTags`. */
export interface Tags {
  readonly list: (options?: CallOptions) => Promise<ReadonlyArray<TagDefinition & { readonly conversations: number }>>
  readonly put: (tag: TagDefinition) => Promise<Outcome<TagDefinition>>
  /** Renames it everywhere, as work: conversations follow one by one. */
  readonly rename: (id: string, to: string) => Promise<Outcome<TagDefinition>>
  /** Takes it off everywhere, in the same way. */
  readonly remove: (id: string) => Promise<Outcome<void>>
}

/** Which figures: over messages between two times (epoch milliseconds, `to` not included), for each of what. */
export interface ReportOptions extends CallOptions {
  readonly from: number
  readonly to: number
  readonly by: ReportBy
  /** Only of these. */
  readonly queue?: string
  readonly channel?: string
  readonly tag?: string
}
