import type { FormField } from '@guichet/engine'
import type { BotAction } from '@guichet/engine/ports'

/** What is said: in one language for everybody, or by language (BCP 47), the script's own among them. */
export type Words = string | Readonly<Record<string, string>>

/** Words that lead to a step. Case, accents and punctuation do not matter; each has to occur as whole words. */
export interface Keywords {
  readonly words: ReadonlyArray<string>
  readonly to: string
}

/** A line of a menu: pressed, or written as its number, its label or one of its words. */
export interface Choice {
  readonly label: Words
  readonly words?: ReadonlyArray<string>
  readonly to: string
}

/** Questions of which each answer lands on the contact where its field says so. */
export interface ScriptForm {
  readonly title: Words
  readonly fields: ReadonlyArray<Omit<FormField, 'label'> & { readonly label: Words }>
  /** Where the conversation goes on when it is answered, by form or in words. */
  readonly to: string
}

/** What a step does besides speaking: everything that a bot can do but `Say`. */
export type Act = Exclude<BotAction, { readonly _tag: 'Say' }>

/**
 * A place in the script. It says something and does something, in this order; then it goes `to` another step at once,
 * waits for the customer (`choices`, `keywords`, `form`, `anything`), or ends.
 */
export interface Step {
  readonly say?: Words
  readonly do?: ReadonlyArray<Act>
  readonly to?: string
  readonly choices?: ReadonlyArray<Choice>
  readonly keywords?: ReadonlyArray<Keywords>
  readonly form?: ScriptForm
  /** Whatever else the customer writes leads there. */
  readonly anything?: string
}

/** What happens when the customer cannot be understood. */
export interface Fallback {
  readonly say: Words
  /** So often in a row it is said, with the menu again; the next time people are called. */
  readonly times: number
  /** Said when people are called. */
  readonly handOver?: Words
}

/** A conversation as data: JSON, if need be, kept wherever the host likes. */
export interface Script {
  /** The bot's name, by which it is known in conversations. */
  readonly name: string
  /** What is said to customers whose language is unknown or not in the script (BCP 47). */
  readonly language: string
  /** The step in which every conversation begins. */
  readonly start: string
  readonly steps: Readonly<Record<string, Step>>
  /** Heard in every step, after the step's own. */
  readonly keywords?: ReadonlyArray<Keywords>
  readonly fallback: Fallback
}

/** Where the bot stands: beside its own last message, so that it needs no memory of its own. */
export interface Position {
  readonly step: string
  /** How often in a row it has not understood. */
  readonly missed: number
}
