import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Stream from 'effect/Stream'
import type { Account } from '../domain/account.ts'
import type { Agent } from '../domain/actor.ts'
import type { Queue } from '../domain/queue/queue.ts'
import type {
  AccountInput,
  AgentSession,
  Conversations,
  EngineOptions,
  FeedItem,
  Quarantine,
  Settings,
} from '../facade/types.ts'
import { withBlobs } from '../facade/with-blobs.ts'
import { workspaceFor } from '../facade/workspace.ts'
import { type EngineError, storageFailed } from '../runtime/error.ts'
import { startEngine } from '../runtime/engine.ts'
import { webhook } from '../runtime/webhook.ts'
import { type Lift, lift } from './lift.ts'

export interface EffectSession {
  readonly agent: string
  readonly conversations: Lift<Conversations>
  readonly contacts: Lift<AgentSession['contacts']>
  /** The stream as far as this agent may see it. */
  readonly feed: (options?: { readonly since?: number }) => Stream.Stream<FeedItem, EngineError>
}

export interface EffectWorkspace {
  readonly id: string
  readonly as: (agent: string) => EffectSession
  readonly agents: Lift<Settings<Agent>>
  readonly queues: Lift<Settings<Queue>>
  readonly accounts: Lift<Settings<Account, AccountInput>>
  readonly quarantine: Lift<Quarantine>
  readonly feed: (options?: { readonly since?: number }) => Stream.Stream<FeedItem, EngineError>
}

export interface GuichetService {
  readonly workspace: (id: string) => EffectWorkspace
  readonly receive: (account: string, request: Request) => Effect.Effect<Response>
  /** Does everything that is due. */
  readonly settle: Effect.Effect<void, EngineError>
}

const streamOf = (items: (signal: AbortSignal) => AsyncIterable<FeedItem>): Stream.Stream<FeedItem, EngineError> =>
  Stream.unwrap(
    Effect.map(
      // The iterable waits for news: only its signal gets it out of there when the stream is interrupted.
      Effect.acquireRelease(
        Effect.sync(() => new AbortController()),
        (controller) => Effect.sync(() => controller.abort()),
      ),
      (controller) => Stream.fromAsyncIterable(items(controller.signal), storageFailed),
    ),
  )

/**
 * The engine as a service. Refusals are failures with their tag, so that `Effect.catchTag('AlreadyOwned', …)` works.
 *
 * @example
 * ```ts
 * const program = Effect.gen(function* () {
 *   const guichet = yield* Guichet
 *   return yield* guichet.workspace('acme').as('ana').conversations.counts()
 * })
 * await Effect.runPromise(Effect.provide(program, Guichet.layer({ storage: memoryStorage() })))
 * ```
 */
export class Guichet extends Context.Service<Guichet, GuichetService>()('guichet/Guichet') {
  /** Starts an engine with the layer and closes it with the layer's scope. */
  static readonly layer = (options: EngineOptions): Layer.Layer<Guichet, EngineError> =>
    Layer.effect(
      Guichet,
      Effect.map(startEngine(withBlobs(options)), (running): GuichetService => {
        const session = (workspace: string, agent: string): EffectSession => {
          const acting = workspaceFor(running, workspace).as(agent)
          return {
            agent,
            conversations: lift(acting.conversations),
            contacts: lift(acting.contacts),
            feed: (feedOptions) => streamOf((signal) => acting.feed({ ...feedOptions, signal })),
          }
        }
        return {
          workspace: (id) => {
            const workspace = workspaceFor(running, id)
            return {
              id,
              as: (agent) => session(id, agent),
              agents: lift(workspace.agents),
              queues: lift(workspace.queues),
              accounts: lift(workspace.accounts),
              quarantine: lift(workspace.quarantine),
              feed: (feedOptions) => streamOf((signal) => workspace.feed({ ...feedOptions, signal })),
            }
          },
          receive: (account, request) => Effect.promise(() => webhook(running.core, account, request)),
          settle: Effect.tryPromise({ try: running.settle, catch: storageFailed }),
        }
      }),
    )
}
