import type { Entry } from '../../domain/conversation/entry.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Conversation } from '../../domain/conversation/state.ts'

/** What was asked for, or why not. Only infrastructure throws (`EngineError`). */
export type Outcome<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly refusal: Refusal }

/**
 * What every call takes. Aborting the signal rejects with an `EngineError` (`Aborted`): the caller stops waiting, and
 * what was asked for may still happen.
 */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/** What every command takes: how to say which version was seen, and how to ask twice without a double. */
export interface CommandOptions extends CallOptions {
  /** Refuse with `Conflict` unless the conversation is exactly at this version. */
  readonly expectedVersion?: number
  /** The same key again gives the first answer again and does nothing twice. */
  readonly idempotencyKey?: string
}

/** What a command answers: the conversation as it is now, and the entry that it made. */
export interface Done {
  readonly conversation: Conversation
  readonly entry: Entry | null
  readonly position: number
}

/** A command on one conversation that takes options or none. */
export type Act<Options = object> = (id: string, options?: Options & CommandOptions) => Promise<Outcome<Done>>

/** A command on one conversation that cannot do without its options. */
export type ActWith<Options> = (id: string, options: Options & CommandOptions) => Promise<Outcome<Done>>
