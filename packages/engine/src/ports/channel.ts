import type { Threading } from '../domain/account.ts'
import type { Delivery, DeliveryError } from '../domain/message/delivery.ts'
import type { Automatic, Json } from '../domain/message/message.ts'
import type { FileRef, Part } from '../domain/message/part.ts'
import type { RichPart } from '../domain/message/rich-part.ts'
import type { StandardSchema } from './standard-schema.ts'

/** A value now or later: plugins answer as it suits them. */
export type MaybePromise<A> = A | Promise<A>

/** What came in, as bytes: signatures are over these and nothing else. Header names are in lower case. */
export interface WireRequest {
  readonly method: string
  /** The URL as the host configured it, not as a proxy passed it on. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What a channel can do, as data. The engine asks this, never whether a method is there. */
export interface ChannelCapabilities {
  readonly threading: Threading
  /** Receives by `parse` through `engine.receive`. */
  readonly webhook: boolean
  /** Receives by `connect`: a socket, a server, a poll. */
  readonly live: boolean
  /** The provider takes an idempotency key, so that a send may be repeated without a double. */
  readonly idempotentSend: boolean
  readonly html: boolean
  readonly subject: boolean
  readonly cc: boolean
  /** A message can name another box for its answers. */
  readonly replyTo?: boolean
  /**
   * What its addresses are, so that anybody who has one can be written to first. Without it only those can who have
   * written before: a visitor of a site has no address until then.
   */
  readonly addressedBy?: 'email' | 'phone'
  readonly edit: boolean
  readonly delete: boolean
  readonly receipts: boolean
  readonly typing: boolean
  /** Its customers react to messages and see who else does; without it, reactions of agents stay inside. */
  readonly reactions?: boolean
  /** In characters. */
  readonly maxTextLength?: number
  readonly files: FileLimits
  /** Parts beyond words and files that it shows itself; the others are written out as text for it. */
  readonly parts?: ReadonlyArray<RichPart['_tag']>
}

/** What files a channel takes. */
export interface FileLimits {
  /** A message; 0 when the channel has no files. */
  readonly max: number
  /** A file, in bytes. */
  readonly maxBytes: number
  /** Accepted media types; `image/*` is a pattern, an empty list accepts nothing. */
  readonly types: ReadonlyArray<string>
}

/** An account as its channel sees it: settings are already checked against the channel's schema. */
export interface ChannelAccount<Settings = unknown> {
  readonly workspace: string
  readonly id: string
  readonly name: string
  readonly settings: Settings
}

/** A file as it arrives: the engine stores the bytes and keeps a `FileRef`. */
export interface InboundFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  readonly contentId?: string
}

/** A piece of a message as it arrives: like `Part`, with the bytes of files. */
export type InboundPart =
  | Exclude<Part, { readonly _tag: 'File' }>
  | { readonly _tag: 'File'; readonly file: InboundFile }

/** Who writes, as the channel knows it. */
export interface Sender {
  /**
   * The one address that identifies the sender on this account, normalised by the channel; at most 512 characters, of
   * which mail takes 254 (RFC 5321, 4.5.3.1). What is longer is set aside.
   */
  readonly address: string
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly language?: string
  /** The channel has proof of who this is (a signed identity, a verified number), not only a claim. */
  readonly verified?: boolean
  readonly attributes?: Readonly<Record<string, string>>
  /** Where it comes from, IPv4 or IPv6, when the channel can tell: blocks look at it. */
  readonly ip?: string
}

/**
 * Why a message belongs to a conversation, strongest first. The engine takes the first that holds in this account.
 * A token has been verified by the channel before it is named here.
 */
export type Evidence =
  | { readonly by: 'token'; readonly conversation: string }
  | { readonly by: 'externalId'; readonly externalId: string }
  /** Only counts when the sender already takes part in that conversation. */
  | { readonly by: 'subject'; readonly conversation: string }

/** What a delivery from outside means. One request may carry many; each is handled on its own, in order. */
export type InboundEvent =
  | {
      readonly _tag: 'MessageReceived'
      /** Absent or empty: the engine makes a deterministic one from sender, time and bytes. */
      readonly externalId?: string
      readonly from: Sender
      readonly parts: ReadonlyArray<InboundPart>
      /** The provider's time, epoch milliseconds. */
      readonly sentAt?: number
      readonly subject?: string
      readonly automatic?: Automatic
      /** The external id of the message that this one quotes. */
      readonly quotes?: string
      /** For channels that thread by evidence; empty opens a conversation of its own. */
      readonly evidence?: ReadonlyArray<Evidence>
      readonly meta?: Json
    }
  | {
      readonly _tag: 'DeliveryReported'
      /** The provider's id of one of our messages; it may be reported before the send has returned. */
      readonly externalId: string
      readonly status: 'sent' | 'delivered' | 'read' | 'failed'
      readonly at?: number
      readonly error?: DeliveryError
    }
  /** The contact has seen everything up to this seq of the conversation that is active at its address. */
  | {
      readonly _tag: 'ReadUpTo'
      readonly address: string
      readonly seq: number
      readonly status: 'delivered' | 'read'
      readonly at?: number
    }
  | { readonly _tag: 'MessageEdited'; readonly externalId: string; readonly parts: ReadonlyArray<InboundPart> }
  | { readonly _tag: 'MessageDeleted'; readonly externalId: string }
  /** The contact at this address put a sign beside a message; null takes it back. */
  | { readonly _tag: 'Reacted'; readonly externalId: string; readonly from: string; readonly emoji: string | null }
  /** The contact ends the conversation (a visitor closes the chat). */
  | { readonly _tag: 'Ended'; readonly address: string }
  /** Known and of no interest, or our own echo: counted, never a message. */
  | { readonly _tag: 'Ignored'; readonly reason: string }
  /** One part of a delivery that could not be understood: quarantined with these bytes, the others go on. */
  | { readonly _tag: 'Unreadable'; readonly reason: string; readonly raw: Uint8Array }

/** What became of one event. Nothing is answered to a provider before this is durable. */
export type Receipt =
  | { readonly _tag: 'Stored'; readonly conversation: string; readonly seq: number; readonly sentAt: number }
  | { readonly _tag: 'Applied' }
  | { readonly _tag: 'Duplicate'; readonly conversation: string; readonly seq: number }
  | { readonly _tag: 'Ignored'; readonly reason: string }
  /** Nothing was stored. `issues` say what to change, as `field: what it should be`, when that is up to the sender. */
  | { readonly _tag: 'Rejected'; readonly reason: string; readonly issues?: ReadonlyArray<string> }
  | { readonly _tag: 'Quarantined'; readonly id: string; readonly reason: string }

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
  | { readonly _tag: 'Rejected'; readonly code: string; readonly reason: string }
  /** Nothing was handed over. */
  | { readonly _tag: 'Retry'; readonly reason: string; readonly afterMs?: number }
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

/**
 * A channel: translation between a provider's protocol and the engine's events. `parse` and `render` are pure; `send`
 * is the only one that talks to the outside.
 */
export interface Channel<Settings = any, Wire = any> {
  readonly name: string
  readonly spi: 1
  readonly capabilities: ChannelCapabilities
  readonly settings: StandardSchema<Settings>
  /** Whether the request really comes from the provider. Nothing is parsed before it says yes. */
  readonly verify: (request: WireRequest, account: ChannelAccount<Settings>) => MaybePromise<boolean>
  readonly parse: (request: WireRequest, account: ChannelAccount<Settings>) => MaybePromise<ReadonlyArray<InboundEvent>>
  readonly render: (message: OutboundMessage, account: ChannelAccount<Settings>) => MaybePromise<Rendered<Wire>>
  readonly send: (wire: Wire, account: ChannelAccount<Settings>, context: SendContext) => MaybePromise<SendOutcome>
  /**
   * Runs the live source of one account until the signal aborts; resolves when it is ready to receive. Called again,
   * with growing pauses, when it rejects. Required when `capabilities.live`.
   */
  readonly connect?: (account: ChannelAccount<Settings>, sink: Sink, context: ConnectContext) => Promise<void>
}

/**
 * Keeps the types of a channel together where it is written.
 *
 * @example
 * ```ts
 * import { type StandardSchema, defineChannel } from '@guichet/engine/ports'
 *
 * type Settings = { readonly url: string }
 * const settings: StandardSchema<Settings> = {
 *   '~standard': {
 *     version: 1,
 *     vendor: 'example',
 *     validate: (value) =>
 *       typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string'
 *         ? { value: { url: value.url } }
 *         : { issues: [{ message: 'url: where messages are posted to' }] },
 *   },
 * }
 * const files = { max: 0, maxBytes: 0, types: [] }
 * const can = { webhook: true, live: false, idempotentSend: true, html: false, subject: false, cc: false, files }
 * const cannot = { edit: false, delete: false, receipts: false, typing: false }
 * const hook = defineChannel<Settings, { readonly to: string; readonly text: string }>({
 *   name: 'hook',
 *   spi: 1,
 *   capabilities: { threading: 'contact', ...can, ...cannot },
 *   settings,
 *   verify: ({ headers }) => headers['x-key'] === 'known to both', // a real one compares signatures, in constant time
 *   parse: ({ body, headers }) => [
 *     {
 *       _tag: 'MessageReceived',
 *       from: { address: headers['x-from'] ?? 'unknown' },
 *       parts: [{ _tag: 'Text', text: new TextDecoder().decode(body) }],
 *     },
 *   ],
 *   render: ({ to, parts }) => ({
 *     _tag: 'Rendered',
 *     wires: parts.flatMap((part) => (part._tag === 'Text' ? [{ to, text: part.text }] : [])),
 *   }),
 *   send: async (wire, account, { fetch, signal, idempotencyKey }) => {
 *     const headers = { 'idempotency-key': idempotencyKey }
 *     const answer = await fetch(account.settings.url, { method: 'POST', body: JSON.stringify(wire), headers, signal })
 *     return answer.ok ? { _tag: 'Accepted' } : { _tag: 'Retry', reason: `answered ${answer.status}` }
 *   },
 * })
 * console.log(hook.name, hook.capabilities.threading)
 * ```
 *
 * ```text
 * hook contact
 * ```
 */
export const defineChannel = <Settings, Wire>(channel: Channel<Settings, Wire>): Channel<Settings, Wire> => channel
