import type { CallOptions, Outcome } from './outcome.ts'

/**
 * What a slash command answers: a text for the composer (and the number of a message to quote), words for the agent
 * alone, or nothing to show.
 */
export type SlashAnswer =
  | { readonly _tag: 'Insert'; readonly text: string; readonly quote?: number }
  | { readonly _tag: 'Tell'; readonly text: string }
  | { readonly _tag: 'Done' }

/**
 * What an agent can type after a slash: `quote`, `rename`, `id`, `template`, `note`, and what the host has added with
 * the option `slash`.
 */
export interface Slash {
  readonly list: () => ReadonlyArray<{ readonly name: string; readonly usage: string; readonly about: string }>
  /**
   * Runs a line such as `/rename Lost parcel`. Refuses what is not known (`UnknownSlashCommand` names what is), and
   * whatever the command refuses. Rejects (`Defect`) when a command of the host fails.
   */
  readonly run: (conversation: string, line: string, options?: CallOptions) => Promise<Outcome<SlashAnswer>>
}
