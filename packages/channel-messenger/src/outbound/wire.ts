import type { FileRef, Json } from '@guichet/engine/ports'
import type { FileKind } from './limits.ts'

/**
 * What one request says: a `message` as the Send API has it, a file that is uploaded before, or what stands beside
 * messages: an action that the customer sees, or which application has the conversation from now on.
 */
export type WireContent =
  | { readonly _tag: 'Message'; readonly message: { readonly [name: string]: Json } }
  | { readonly _tag: 'File'; readonly kind: FileKind; readonly file: FileRef }
  | { readonly _tag: 'Action'; readonly action: string; readonly payload?: { readonly [name: string]: Json } }
  | {
      readonly _tag: 'Control'
      readonly edge: 'take_thread_control' | 'request_thread_control' | 'release_thread_control'
    }
  | { readonly _tag: 'Control'; readonly edge: 'pass_thread_control'; readonly app: string }

/** One request at the provider: text and files are messages of their own. */
export interface MessengerWire {
  /** The contact's address. */
  readonly to: string
  readonly content: WireContent
  /** The id of the message that it quotes. */
  readonly replyTo?: string
  /** Written by a person outside the standard window: sent with the tag `HUMAN_AGENT`. */
  readonly humanAgent?: true
}
