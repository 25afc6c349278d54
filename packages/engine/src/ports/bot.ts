import type { AttributeValue } from '../domain/contact/attribute.ts'
import type { HandoverField } from '../domain/conversation/state.ts'
import type { Json } from '../domain/message/message.ts'
import type { Part } from '../domain/message/part.ts'
import type { MaybePromise } from './channel.ts'

/** A message as the customer sees it. Notes and what colleagues say among themselves are never shown to a bot. */
export interface BotMessage {
  readonly seq: number
  readonly by: 'contact' | 'agent' | 'bot' | 'system'
  /** Which bot, of the bots. */
  readonly bot: string | null
  readonly parts: ReadonlyArray<Part>
  readonly text: string
  readonly sentAt: number
  /** What this bot put beside a message of its own: where it stands in its script. */
  readonly memory: Json | null
}

/** What a bot sees of a conversation. */
export interface BotContext {
  readonly workspace: string
  readonly conversation: string
  readonly account: string
  readonly channel: string
  readonly subject: string | null
  /** The newest at the end; at most 50. */
  readonly messages: ReadonlyArray<BotMessage>
  readonly contact: {
    readonly name: string | null
    readonly firstName: string | null
    readonly language: string | null
    readonly custom: Readonly<Record<string, AttributeValue>>
    /** Which details are known; their values are not shown. */
    readonly known: ReadonlyArray<HandoverField>
  }
  readonly attributes: Readonly<Record<string, AttributeValue>>
  /** `message`: the customer has written. `asked`: an agent runs the bot by hand. */
  readonly cause: 'message' | 'asked'
}

/**
 * What a bot answers with. `AskDetails` hands over once the contact has given these; `memory` is given back with the
 * message later on.
 */
export type BotAction =
  | { readonly _tag: 'Say'; readonly parts: ReadonlyArray<Part>; readonly memory?: Json }
  | { readonly _tag: 'HandOver'; readonly reason?: string }
  | { readonly _tag: 'AskDetails'; readonly fields: ReadonlyArray<HandoverField>; readonly reason?: string }
  | { readonly _tag: 'Close' }
  | { readonly _tag: 'Tag'; readonly tags: ReadonlyArray<string> }
  | {
      readonly _tag: 'SetAttributes'
      readonly of: 'conversation' | 'contact'
      readonly attributes: Readonly<Record<string, AttributeValue | null>>
    }

/**
 * Somebody who answers and is not a person. It is asked with a deadline, one conversation at a time; what it answers
 * is checked, goes through the same decisions as a person's acts, and is dropped when a person has stepped in since.
 * A bot that throws, is late, says nothing at all or too much hands over to the team.
 */
export interface Bot {
  readonly name: string
  readonly spi: 1
  readonly respond: (
    context: BotContext,
    call: { readonly signal: AbortSignal; readonly now: number },
  ) => MaybePromise<ReadonlyArray<BotAction>>
}
