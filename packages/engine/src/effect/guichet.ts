import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Stream from 'effect/Stream'
import type { AgentSession, EngineOptions, FeedItem, Workspace } from '../facade/types.ts'
import { slashCommands } from '../facade/slash.ts'
import { withBlobs } from '../facade/with-blobs.ts'
import { workspaceFor } from '../facade/workspace.ts'
import { type EngineError, storageFailed } from '../runtime/error.ts'
import { startEngine } from '../runtime/engine.ts'
import { webhook } from '../runtime/webhook.ts'
import { type Lift, lift, liftAll } from './lift.ts'

/** What answers at once or with a listener stays as it is. */
type AsItIs<Name extends keyof AgentSession, Methods extends keyof AgentSession[Name]> = Lift<
  Omit<AgentSession[Name], Methods>
> &
  Pick<AgentSession[Name], Methods>

/** Parts of a session whose methods all answer with a Promise. */
const lifted = [
  'contacts',
  'companies',
  'blocks',
  'templates',
  'tags',
  'views',
  'presence',
  'queues',
  'people',
] as const

/** An agent's view, as `AgentSession`: methods are Effects, refusals fail with their tag, the feed is a Stream. */
export interface EffectSession
  extends Pick<AgentSession, 'agent' | 'onTyping' | 'onWatching'>,
    Lift<Pick<AgentSession, 'report'>> {
  readonly conversations: AsItIs<'conversations', 'look'>
  readonly slash: AsItIs<'slash', 'list'>
  readonly contacts: Lift<AgentSession['contacts']>
  readonly companies: Lift<AgentSession['companies']>
  readonly blocks: Lift<AgentSession['blocks']>
  readonly templates: Lift<AgentSession['templates']>
  readonly tags: Lift<AgentSession['tags']>
  readonly views: Lift<AgentSession['views']>
  readonly presence: Lift<AgentSession['presence']>
  readonly queues: Lift<AgentSession['queues']>
  readonly people: Lift<AgentSession['people']>
  /** The stream as far as this agent may see it. */
  readonly feed: (options?: { readonly since?: number }) => Stream.Stream<FeedItem, EngineError>
}

/** Parts of a workspace whose methods all answer with a Promise. */
const settled = [
  'agents',
  'queues',
  'accounts',
  'departments',
  'hours',
  'slaPolicies',
  'attributes',
  'tags',
  'routing',
  'retention',
  'quarantine',
] as const

/** A tenant, as `Workspace`: what is done through it is done by the host itself, with every right. */
export type EffectWorkspace = { readonly [Name in (typeof settled)[number]]: Lift<Workspace[Name]> } & Lift<
  Pick<Workspace, 'import' | 'upcoming' | 'position'>
> & {
    readonly id: string
    readonly as: (agent: string) => EffectSession
    readonly feed: (options?: { readonly since?: number }) => Stream.Stream<FeedItem, EngineError>
  }

/** What the service offers: the engine, as Effects. It is closed with the scope of its layer. */
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

const started = (options: EngineOptions) =>
  Effect.gen(function* () {
    const slash = yield* Effect.try({ try: () => slashCommands(options.slash), catch: storageFailed })
    return { slash, running: yield* startEngine(withBlobs(options)) }
  })

/**
 * The engine as a service. Refusals are failures with their tag, so that `Effect.catchTag('AlreadyOwned', …)` works.
 *
 * @example
 * ```ts
 * import { Guichet } from '@guichet/engine/effect'
 * import { memoryStorage } from '@guichet/engine/memory'
 * import * as Effect from 'effect/Effect'
 *
 * const program = Effect.gen(function* () {
 *   const acme = (yield* Guichet).workspace('acme')
 *   yield* acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 *   yield* acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
 *   return yield* acme.as('ana').conversations.claim('c1')
 * }).pipe(Effect.catchTag('NotFound', () => Effect.succeed('there is none')))
 * console.log(await Effect.runPromise(Effect.provide(program, Guichet.layer({ storage: memoryStorage() }))))
 * ```
 *
 * ```text
 * there is none
 * ```
 */
export class Guichet extends Context.Service<Guichet, GuichetService>()('guichet/Guichet') {
  /** Starts an engine with the layer and closes it with the layer's scope. */
  static readonly layer = (options: EngineOptions): Layer.Layer<Guichet, EngineError> =>
    Layer.effect(
      Guichet,
      Effect.map(started(options), ({ running, slash }): GuichetService => {
        const session = (workspace: string, agent: string): EffectSession => {
          const acting = workspaceFor(running, workspace, slash).as(agent)
          const { conversations, slash: typed, onTyping, onWatching, report } = acting
          return {
            agent,
            onTyping,
            onWatching,
            ...lift({ report }),
            ...liftAll(acting, lifted),
            conversations: { ...lift(conversations), look: conversations.look },
            slash: { ...lift(typed), list: typed.list },
            feed: (feedOptions) => streamOf((signal) => acting.feed({ ...feedOptions, signal })),
          }
        }
        return {
          workspace: (id) => {
            const workspace = workspaceFor(running, id, slash)
            const { import: bringIn, upcoming, position } = workspace
            return {
              id,
              as: (agent) => session(id, agent),
              ...lift({ import: bringIn, upcoming, position }),
              ...liftAll(workspace, settled),
              feed: (feedOptions) => streamOf((signal) => workspace.feed({ ...feedOptions, signal })),
            }
          },
          receive: (account, request) => Effect.promise(() => webhook(running.core, account, request)),
          settle: Effect.tryPromise({ try: running.settle, catch: storageFailed }),
        }
      }),
    )
}
