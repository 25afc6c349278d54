import type { CustomStrategy } from '../../domain/distribution/plan-facts.ts'
import type { Blobs } from '../../ports/blobs.ts'
import type { Bot } from '../../ports/bot.ts'
import type { Channel } from '../../ports/channel.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Ids } from '../../ports/ids.ts'
import type { Storage } from '../../ports/storage.ts'
import type { Translator } from '../../ports/translator.ts'
import type { Untold } from '../../runtime/work/untold.ts'
import type { CallOptions } from './outcome.ts'
import type { SlashCommand } from './slash-command.ts'
import type { Workspace } from './workspace.ts'

/**
 * What an engine is made of. The store alone is needed; what is left out is the machine's own clock, UUIDv7 ids (RFC
 * 9562), `Math.random`, the global `fetch`, and blobs in memory.
 */
export interface EngineOptions {
  readonly storage: Storage
  /** By the name that accounts refer to. */
  readonly channels?: Readonly<Record<string, Channel>>
  /** Where attachments are kept; in memory unless given. On Node: `fileBlobs(dir)` from `@guichet/engine/node`. */
  readonly blobs?: Blobs
  /** Bots by the name that accounts refer to. */
  readonly bots?: Readonly<Record<string, Bot>>
  /** Detects languages and translates; without one nothing is translated. */
  readonly translator?: Translator
  /** Who is there; the engine's own unless given, fed by `presence` of sessions. */
  readonly directory?: Directory
  /** How long an agent whose devices fell silent still counts as there, milliseconds; two minutes unless given. */
  readonly presenceGraceMs?: number
  /** Strategies of the host, by the name that queues refer to. */
  readonly strategies?: Readonly<Record<string, CustomStrategy>>
  /** Slash commands beside the built-in ones, by their name; one that there is already is `Misconfigured`. */
  readonly slash?: Readonly<Record<string, SlashCommand>>
  readonly clock?: Clock
  readonly ids?: Ids
  /** Numbers in [0, 1) for jitter; `Math.random` unless given. */
  readonly random?: () => number
  readonly fetch?: typeof globalThis.fetch
  /** What went wrong in the background, with nobody to tell. Nothing is lost when it is reported here but what is `untold`. */
  readonly onError?: (error: EngineProblem) => void
}

/** Something that failed in the background: where, in words for a log, and what was thrown. */
export interface EngineProblem {
  readonly where: string
  readonly error: unknown
  /**
   * Only where the store was away until the engine was closed: what it never heard of a message. An engine that finds it
   * later does not know, and says `uncertain` or sends it again where that is safe.
   */
  readonly untold?: Untold
}

/**
 * A running engine. Closing waits for what is under way: ten seconds for a send, and as long for a store that is away to
 * come back and hear what became of it. Closing again is the same close. After it, calls fail with an `EngineError` that
 * says `Closed`.
 */
export interface Engine {
  readonly workspace: (id: string) => Workspace
  /** A provider's web request for `workspace/account`. Answers only when what it brought is durable. */
  readonly receive: (account: string, request: Request, options?: CallOptions) => Promise<Response>
  /** Does everything that is due and resolves when nothing is left to do now. For tests and for cron-driven hosts. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
