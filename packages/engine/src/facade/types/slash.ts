import type { Conversation } from '../../domain/conversation/state.ts'
import type { AgentSession } from './session.ts'
import type { CallOptions, Outcome } from './outcome.ts'

/** What a slash command answers: a text for the composer, words for the agent alone, or nothing to show. */
export type SlashAnswer =
  | { readonly _tag: 'Insert'; readonly text: string; readonly quote?: number }
  | { readonly _tag: 'Tell'; readonly text: string }
  | { readonly _tag: 'Done' }

/**
 * What can be typed after a slash. `usage` is shown: `rename <title>`. It acts through the session of who typed it, is
 * given twenty seconds, and is held to its type of answer; a failure is the host's to know (`onError`).
 */
export interface SlashCommand {
  readonly usage: string
  readonly about: string
  readonly run: (call: {
    readonly session: AgentSession
    readonly conversation: Conversation
    readonly argument: string
  }) => Promise<Outcome<SlashAnswer>>
}

/** The registry of slash commands. */
export interface Slash {
  readonly list: () => ReadonlyArray<{ readonly name: string; readonly usage: string; readonly about: string }>
  /** Refuses what is not known (`UnknownSlashCommand` names what is). */
  readonly run: (conversation: string, line: string, options?: CallOptions) => Promise<Outcome<SlashAnswer>>
}
