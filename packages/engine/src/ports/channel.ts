import type { Threading } from '../domain/account.ts'
import type { RichPart } from '../domain/message/rich-part.ts'
import type { InboundEvent, RemoteFile } from './channel/inbound.ts'
import type { ConnectContext, Sink } from './channel/live.ts'
import type {
  FetchContext,
  FetchOutcome,
  OutboundMessage,
  Rendered,
  SendContext,
  SendOutcome,
} from './channel/outbound.ts'
import type { ProfileContext, ProfileOutcome } from './channel/profile.ts'
import type { Signal } from './channel/signal.ts'
import type { WireAnswer, WireRequest } from './channel/wire.ts'
import type { StandardSchema } from './standard-schema.ts'

export type * from './channel/inbound.ts'
export type * from './channel/live.ts'
export type * from './channel/outbound.ts'
export type * from './channel/profile.ts'
export type * from './channel/signal.ts'
export type * from './channel/wire.ts'

/** A value now or later: plugins answer as it suits them. */
export type MaybePromise<A> = A | Promise<A>

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
  /** Customers who are connected see who types (`Hint`); where the provider is to be told, that is a signal. */
  readonly typing: boolean
  /**
   * Its customers react to messages and, in a thread that they read here, see who else does. What is to leave is a
   * signal; without either, reactions of agents stay inside.
   */
  readonly reactions?: boolean
  /** What it tells customers beside messages, by `signal`; without it, none of that leaves. */
  readonly signals?: ReadonlyArray<Signal['_tag']>
  /** Its provider says who an address belongs to, when it is asked by `profile`. */
  readonly profiles?: boolean
  /**
   * Its customers change, take back or mark what was said (`MessageEdited`, `MessageDeleted`, `Reacted`), which may be
   * heard before the message is.
   */
  readonly customerChanges?: boolean
  /**
   * Its customers also answer what nobody has asked here: a menu of the provider's, a button or a form of another
   * application. That is what they say, in words; without it, such an answer is refused.
   */
  readonly answersElsewhere?: boolean
  /** In characters. */
  readonly maxTextLength?: number
  /** For how long after the customer's last message one may answer freely; without it, for ever. */
  readonly window?: ServiceWindow
  /**
   * Customers take back their consent, by a word or through the provider (`ConsentChanged`): nothing is sent to who has,
   * until it is given again.
   */
  readonly consent?: boolean
  /**
   * Its reports name the `idempotencyKey` of a send (`DeliveryReported.reference`): what became of one that is in doubt
   * is heard from them, and nothing is sent a second time to find out.
   */
  readonly reportsByKey?: boolean
  readonly files: FileLimits
  /** Parts beyond words and files that it shows itself; the others are written out as text for it. */
  readonly parts?: ReadonlyArray<RichPart['_tag']>
}

/** A provider's rule on how long after a customer's last message one may write. Times are the provider's. */
export interface ServiceWindow {
  /** Anything, for so many hours. */
  readonly hours: number
  /** What a person has written, for so many hours, where that is longer. */
  readonly humanHours?: number
  /** Whether messages that the provider has approved (`ProviderTemplate`) may be sent at any time. */
  readonly templates: boolean
  /** Whether a sign that the customer puts beside a message (`Reacted`, with its time) opens it as a message does. */
  readonly reactions?: boolean
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
   * What its provider is told for a signal, pure as `render` is: the wires are sent by `send`, a wire or several, or none
   * where there is nothing to say. `Unsupported` is one that the provider cannot show. Of an id that `send` answers with,
   * a `DeliveryReported` may tell later that a reaction has failed. Required where `capabilities.signals` names some, and
   * asked for no others.
   */
  readonly signal?: (signal: Signal, account: ChannelAccount<Settings>) => MaybePromise<Rendered<Wire>>
  /** Asks the provider who is behind an address. Changes nothing outside. Required when `capabilities.profiles`. */
  readonly profile?: (
    address: string,
    account: ChannelAccount<Settings>,
    context: ProfileContext,
  ) => MaybePromise<ProfileOutcome>
  /** Brings a `RemoteFile`. Required where `parse` answers with some. */
  readonly fetchFile?: (
    file: RemoteFile,
    account: ChannelAccount<Settings>,
    context: FetchContext,
  ) => MaybePromise<FetchOutcome>
  /**
   * The answer to a request by which a provider asks whether this address is ours, before it sends anything there;
   * undefined for every other request.
   */
  readonly handshake?: (request: WireRequest, account: ChannelAccount<Settings>) => MaybePromise<WireAnswer | undefined>
  /** What a provider is answered when all it brought is durable, where it wants something of its own. */
  readonly acknowledgement?: WireAnswer
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
