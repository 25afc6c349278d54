import type { Conversation } from '../../domain/conversation/state.ts'
import type { Outcome } from './outcome.ts'
import type { AgentSession } from './session.ts'
import type { SlashAnswer } from './slash.ts'

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
