import type { Delivery } from '../../domain/message/delivery.ts'
import type { FileRef, Part } from '../../domain/message/part.ts'
import type { InboundEvent, Receipt } from './inbound.ts'
import type { WireRequest } from './wire.ts'

/** A message as the contact may see it: no note, no colleague's remark, nothing that was only said inside. */
export interface PublicMessage {
  readonly seq: number
  readonly direction: 'in' | 'out'
  readonly authorName: string | null
  readonly parts: ReadonlyArray<Part>
  readonly sentAt: number
  readonly edited: boolean
  readonly deleted: boolean
  readonly externalId: string | null
  readonly quote: number | null
  readonly delivery: Delivery | null
  /** Only for channels that show them; `in` is the contact's own. */
  readonly reactions?: ReadonlyArray<{ readonly by: 'in' | 'out'; readonly emoji: string }>
}

/** A stretch of a conversation as the contact may see it, by rising seq. */
export interface PublicThread {
  readonly conversation: string
  readonly status: 'open' | 'closed'
  /** The seq of the newest entry, seen or not, before anything that has not left yet: who has it has missed nothing. */
  readonly seq: number
  readonly messages: ReadonlyArray<PublicMessage>
  /** Whether there are more after the last one. */
  readonly more: boolean
}

/** What changed for the contact at one address; a hint to look, carrying nothing. */
export type Hint =
  | { readonly _tag: 'Changed'; readonly address: string }
  | { readonly _tag: 'Typing'; readonly address: string; readonly name: string; readonly on: boolean }

/** How a live channel talks to the engine. Everything it resolves with is durable. */
export interface Sink {
  /** Raw bytes, parsed by the channel's own `parse`; what cannot be parsed is quarantined. Rejects when the store is down. */
  readonly receive: (request: WireRequest) => Promise<ReadonlyArray<Receipt>>
  /** Events that need no parsing. Rejects when the store is down. */
  readonly events: (events: ReadonlyArray<InboundEvent>) => Promise<ReadonlyArray<Receipt>>
  /** The active conversation at an address, as the contact sees it; undefined when there is none. */
  readonly thread: (
    address: string,
    page: { readonly after: number; readonly limit: number },
  ) => Promise<PublicThread | undefined>
  /** The bytes of a file that stands in the contact's own thread; undefined for anybody else's. */
  readonly file: (
    address: string,
    blob: string,
  ) => Promise<{ readonly file: FileRef; readonly bytes: Uint8Array } | undefined>
  /** Somebody on the outside is typing: passed on to colleagues, never stored. */
  readonly typing: (address: string, on: boolean) => void
  /** Called for every change at any address of the account; returns how to stop. */
  readonly watch: (listener: (hint: Hint) => void) => () => void
}

/** Until when a live source runs, and the engine's clock (epoch milliseconds). */
export interface ConnectContext {
  readonly signal: AbortSignal
  readonly now: () => number
}
