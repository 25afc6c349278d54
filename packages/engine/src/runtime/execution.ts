import type { Actor } from '../domain/actor.ts'
import type { Command } from '../domain/conversation/command.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Settlement, StoredDraft } from '../ports/storage.ts'

/** A command on its way to a decision: who asks what of which conversation, and what is done in the same commit. */
export interface Execution {
  readonly workspace: string
  readonly conversation: string
  readonly actor: Actor
  readonly command: Exclude<Command, { readonly _tag: 'Receive' | 'Echo' | 'Start' | 'Discuss' }>
  readonly expectedVersion?: number
  readonly idempotencyKey?: string
  /** Work that this ends or puts off, in the same commit, by what is left of the conversation. */
  readonly settle?: (left: Conversation | undefined) => Settlement
  /** Kept for whoever wrote it when what was scheduled cannot be sent. */
  readonly unsent?: StoredDraft
}
