import type { DeliveryError } from '../../domain/message/delivery.ts'
import type { Json } from '../../domain/message/message.ts'
import type { FileRef, Part } from '../../domain/message/part.ts'
import type { RejectedBecause } from '../../domain/message/rejected.ts'

export type { RejectedBecause } from '../../domain/message/rejected.ts'

/** A message on its way out, with what a channel needs to place it in the customer's thread. */
export interface OutboundMessage {
  readonly workspace: string
  readonly conversation: string
  readonly seq: number
  /** The contact's address on this account. */
  readonly to: string
  readonly toName?: string
  readonly cc: ReadonlyArray<string>
  /** The address that answers are to go to, when it is not the account's. */
  readonly replyTo?: string
  readonly subject: string | null
  readonly authorName?: string
  readonly parts: ReadonlyArray<Part>
  /** Epoch milliseconds at which it was written. */
  readonly sentAt: number
  /** The newest inbound message of the conversation: what a reply answers. */
  readonly answers?: { readonly externalId?: string; readonly meta?: Json; readonly subject?: string }
  readonly quote?: { readonly externalId?: string; readonly parts: ReadonlyArray<Part> }
}

/** A message in the provider's terms, as one wire or several, sent in order; or what of it the channel cannot carry. */
export type Rendered<Wire> =
  | {
      readonly _tag: 'Rendered'
      readonly wires: ReadonlyArray<Wire>
      /** Ids that the channel itself gave, known before anything is sent (an email's Message-ID). */
      readonly externalIds?: ReadonlyArray<string>
    }
  | { readonly _tag: 'Unsupported'; readonly feature: string }

/**
 * What became of one wire. `Retry` comes again after a pause (`afterMs`, milliseconds, when the provider names one); an
 * exception counts as `Ambiguous`: nobody knows what was handed over.
 */
export type SendOutcome =
  | {
      readonly _tag: 'Accepted'
      readonly externalId?: string
      readonly status?: 'sent' | 'delivered'
      /** Part of it was refused (one of several recipients): kept beside the status. */
      readonly error?: DeliveryError
    }
  /** Final: sending it again would fail again. */
  | {
      readonly _tag: 'Rejected'
      readonly code: string
      readonly reason: string
      readonly because?: RejectedBecause
    }
  /** Nothing was handed over. `account`: it would be the same for any other message of the account. */
  | {
      readonly _tag: 'Retry'
      readonly reason: string
      readonly afterMs?: number
      readonly scope?: 'message' | 'account'
    }
  /** It may have been handed over. Repeated only where the channel is idempotent. */
  | { readonly _tag: 'Ambiguous'; readonly reason: string }

/** What a send is given. It stops when `signal` aborts, talks through `fetch`, and reads a file's bytes with `blob`. */
export interface SendContext {
  /** The same for every attempt at one wire of one message. */
  readonly idempotencyKey: string
  readonly signal: AbortSignal
  readonly fetch: typeof globalThis.fetch
  readonly blob: (file: FileRef) => Promise<Uint8Array>
}

/** What became of one attempt to bring a file; `Gone` is final. Bytes that are not those announced are a `Retry`. */
export type FetchOutcome =
  | { readonly _tag: 'Fetched'; readonly bytes: Uint8Array; readonly mime?: string; readonly name?: string }
  | { readonly _tag: 'Gone'; readonly reason: string }
  | { readonly _tag: 'Retry'; readonly reason: string; readonly afterMs?: number }

/** What fetching a file is given. It stops when `signal` aborts and talks through `fetch`. */
export interface FetchContext {
  readonly signal: AbortSignal
  readonly fetch: typeof globalThis.fetch
  /** What is larger is not read to its end, in bytes. */
  readonly maxBytes: number
}
