import type { AccountHealth } from '../../domain/account-health.ts'
import type { DeliveryError } from '../../domain/message/delivery.ts'
import type { Automatic, Json } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import type { RejectedBecause } from '../../domain/message/rejected.ts'

/** A file as it arrives: the engine stores the bytes and keeps a `FileRef`. */
export interface InboundFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  readonly contentId?: string
}

/**
 * A file that the provider holds: its message is there at once, and the file when the channel's `fetchFile` has brought
 * it. `remote` is what that needs to find it, and `sha256` (hex) what its bytes must have, where the provider says so.
 */
export interface RemoteFile {
  readonly name: string
  readonly mime: string
  /** In bytes, where it is known. */
  readonly size?: number
  readonly sha256?: string
  readonly remote: Json
}

/** A piece of a message as it arrives: like `Part`, with the bytes of files or where they are. */
export type InboundPart =
  | Exclude<Part, { readonly _tag: 'File' }>
  | { readonly _tag: 'File'; readonly file: InboundFile }
  | { readonly _tag: 'RemoteFile'; readonly file: RemoteFile }

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
      /**
       * Absent or empty: the engine makes one from sender, time and words, so that a second delivery is recognised. Where
       * a provider gives no time either, the same words would be the same message for ever: such a channel gives an id to
       * each arrival itself.
       */
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
      /** The `idempotencyKey` that it was sent with, where the provider gives it back: it tells whose the id is. */
      readonly reference?: string
      readonly status: 'sent' | 'delivered' | 'read' | 'failed'
      readonly at?: number
      readonly error?: DeliveryError
      /**
       * Why it failed for good, where the provider says so: the next message is not tried in vain, as after a send that
       * was `Rejected`. Beside `failed` only.
       */
      readonly because?: RejectedBecause
    }
  /** The contact has seen everything up to this seq of the conversation that is active at its address. */
  | {
      readonly _tag: 'ReadUpTo'
      readonly address: string
      readonly seq: number
      readonly status: 'delivered' | 'read'
      readonly at?: number
    }
  /** The same by time: everything that the provider took before `upTo` (its time, epoch milliseconds). */
  | {
      readonly _tag: 'ReadBefore'
      readonly address: string
      readonly upTo: number
      readonly status: 'delivered' | 'read'
    }
  /**
   * Somebody of ours wrote to the contact elsewhere: on the telephone of the account, in the provider's own inbox. What
   * this engine sent itself is recognised by `externalId` or `reference`, also before its send has returned.
   */
  | {
      readonly _tag: 'MessageEchoed'
      readonly externalId: string
      readonly reference?: string
      /** The contact's address. */
      readonly to: string
      readonly parts: ReadonlyArray<InboundPart>
      readonly sentAt?: number
      readonly quotes?: string
      readonly meta?: Json
    }
  | {
      readonly _tag: 'MessageEdited'
      readonly externalId: string
      readonly parts: ReadonlyArray<InboundPart>
      /** Rises with every edit of a message (the provider's count, or its time): an older one changes nothing any more. */
      readonly revision?: number
    }
  | { readonly _tag: 'MessageDeleted'; readonly externalId: string }
  /** The contact at this address put a sign beside a message; null takes it back. */
  | {
      readonly _tag: 'Reacted'
      readonly externalId: string
      readonly from: string
      readonly emoji: string | null
      /** The provider's time, epoch milliseconds; needed where reactions open the window. */
      readonly at?: number
    }
  /**
   * The contact at this address has taken back its consent, or given it again. `marketing` leaves answers to what it
   * writes allowed. Beside its message, where that says so: the message is stored as well.
   */
  | {
      readonly _tag: 'ConsentChanged'
      readonly address: string
      readonly given: boolean
      readonly scope: 'all' | 'marketing'
      /** The word it wrote, or the provider's code. */
      readonly by: string
      readonly at?: number
      /** The message that says so, which comes before it: what is brought once more says nothing new. */
      readonly externalId?: string
    }
  /** Who wrote from one address writes from another one now: a new number, a new id. It stays the same person. */
  | {
      readonly _tag: 'AddressChanged'
      readonly from: string
      readonly to: string
      readonly name?: string
      readonly phone?: string
      readonly at?: number
    }
  /**
   * Another application has been given the conversation with this contact, or has given it back: nothing may be sent
   * meanwhile. `by` names it, as the provider does.
   */
  | { readonly _tag: 'ControlChanged'; readonly address: string; readonly ours: boolean; readonly by?: string }
  /** How the account itself stands with its provider. */
  | ({ readonly _tag: 'HealthReported' } & AccountHealth)
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
