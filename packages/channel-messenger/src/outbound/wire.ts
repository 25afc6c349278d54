import type { FileRef, Json } from '@guichet/engine/ports'
import type { FileKind } from './limits.ts'

/** What one request to the Send API says: a `message` as it is written there, or a file that is uploaded before. */
export type WireContent =
  | { readonly _tag: 'Message'; readonly message: { readonly [name: string]: Json } }
  | { readonly _tag: 'File'; readonly kind: FileKind; readonly file: FileRef }

/** One message at the provider: text and files are messages of their own. */
export interface MessengerWire {
  /** The contact's address. */
  readonly to: string
  readonly content: WireContent
  /** The id of the message that it quotes. */
  readonly replyTo?: string
  /** Written by a person outside the standard window: sent with the tag `HUMAN_AGENT`. */
  readonly humanAgent?: true
}
