import * as Clock from 'effect/Clock'
import * as Deferred from 'effect/Deferred'
import * as Effect from 'effect/Effect'
import * as FiberMap from 'effect/FiberMap'
import * as Schedule from 'effect/Schedule'
import type * as Scope from 'effect/Scope'
import type { Connected } from './accounts.ts'
import type { Core } from './core.ts'
import { effectClock } from './effect-clock.ts'
import { EngineError } from './error.ts'
import { sinkFor } from './live.ts'

/** The live sources of all accounts: one supervised fiber each. */
export interface Connections {
  /** (Re)connects an account; resolves after the first attempt, which may have failed and then goes on in the background. */
  readonly open: (to: Connected) => Promise<void>
  readonly close: (workspace: string, account: string) => Promise<void>
}

const reconnecting = Schedule.min([Schedule.exponential('500 millis', 2), Schedule.spaced('30 seconds')]).pipe(
  Schedule.jittered,
)

/** Connects until it succeeds, then holds the connection until it is interrupted. */
const connection = (core: Core, to: Connected, tried: Deferred.Deferred<void>) => {
  const attempt = (controller: AbortController) =>
    Effect.tryPromise({
      try: async () =>
        to.channel.connect?.(to.seen, sinkFor(core, to), { signal: controller.signal, now: core.clock.now }),
      catch: (cause) =>
        new EngineError('Misconfigured', `connecting ${to.account.id} failed`, { cause, retryable: true }),
    }).pipe(
      Effect.tapError((error) => Effect.sync(() => core.report(`connect of ${to.account.id}`, error.cause))),
      Effect.ensuring(Deferred.succeed(tried, undefined)),
    )
  return Effect.acquireUseRelease(
    Effect.sync(() => new AbortController()),
    (controller) => Effect.andThen(Effect.retry(attempt(controller), reconnecting), Effect.never),
    (controller) => Effect.sync(() => controller.abort()),
  )
}

export const makeConnections = (core: Core): Effect.Effect<Connections, never, Scope.Scope> =>
  Effect.gen(function* () {
    const fibers = yield* FiberMap.make<string, void, EngineError>()
    const run = Effect.runPromiseWith(yield* Effect.context<never>())
    const timed = Effect.provideService(Clock.Clock, effectClock(core.clock))
    const key = (workspace: string, account: string): string => `${workspace}/${account}`
    return {
      open: (to) =>
        run(
          Effect.gen(function* () {
            const tried = yield* Deferred.make<void>()
            const id = key(to.workspace, to.account.id)
            yield* FiberMap.remove(fibers, id)
            if (!to.channel.capabilities.live) return
            yield* FiberMap.run(fibers, id, timed(connection(core, to, tried)))
            yield* Deferred.await(tried)
          }),
        ),
      close: (workspace, account) => run(FiberMap.remove(fibers, key(workspace, account))),
    }
  })
