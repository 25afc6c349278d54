import type { Bot } from '@guichet/engine/ports'

/** What the cases need to know about a bot to try it. */
export interface BotHarness {
  /** A bot as a freshly started engine has it. Called again by every case, and several times by some. */
  readonly open: () => Bot
  /** Things that customers say to it, beside what is generated: those that its own answers depend on. */
  readonly phrases?: ReadonlyArray<string>
  /** In characters; what it says is never longer. 2,000 when not said. */
  readonly maxTextLength?: number
  /** How long it may think, in milliseconds; 20,000, which is what an engine grants, when not said. */
  readonly deadlineMs?: number
  /** How many contexts each generated case tries; 200 when not said. */
  readonly runs?: number
}

/** What a case gets to work with. */
export interface BotBench extends Required<BotHarness> {
  /** Asks with a deadline: rejects when the bot does, or is late. */
  readonly ask: (bot: Bot, context: Parameters<Bot['respond']>[0]) => Promise<Awaited<ReturnType<Bot['respond']>>>
}

export interface BotCase {
  readonly area: string
  readonly name: string
  readonly guarantee?: string
  readonly body: (bench: BotBench) => Promise<void>
}
