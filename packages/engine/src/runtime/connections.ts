import * as Clock from 'effect/Clock'
import * as Deferred from 'effect/Deferred'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as FiberMap from 'effect/FiberMap'
import * as Schedule from 'effect/Schedule'
import type * as Scope from 'effect/Scope'
import * as Semaphore from 'effect/Semaphore'
import type { Account } from '../domain/account.ts'
import { type Connected, connectedOf } from './accounts.ts'
import type { Core } from './core.ts'
import { effectClock } from './effect-clock.ts'
import { EngineError, storageFailed } from './error.ts'
import { inTime } from './in-time.ts'
import { sinkFor } from './live.ts'

/** The live sources of all accounts: one supervised fiber each. */
export interface Connections {
  /**
   * Connects, reconnects or disconnects an account, as the settings now say. Resolves after the first attempt, which
   * may have failed and then goes on in the background.
   */
  readonly follow: (workspace: string, account: string) => Promise<void>
  /** Follows every account of a workspace that another engine has changed. */
  readonly catchUp: (workspace: string) => Promise<void>
}

const reconnecting = Schedule.min([Schedule.exponential('500 millis', 2), Schedule.spaced('30 seconds')]).pipe(
  Schedule.jittered,
)

/** A source that is not ready after this long is told to stop, and tried again, in milliseconds. */
const connectingMs = 30_000

/** Connects until it succeeds, then holds the connection until it is interrupted. */
const connection = (core: Core, to: Connected, tried: Deferred.Deferred<void>) => {
  let controller = new AbortController()
  const connect = async (): Promise<void> => {
    controller = new AbortController()
    const { signal } = controller
    await inTime(core, to.channel.connect?.(to.seen, sinkFor(core, to), { signal, now: core.clock.now }), connectingMs)
  }
  const attempt = Effect.suspend(() =>
    Effect.tryPromise({
      try: connect,
      catch: (cause) =>
        new EngineError('Misconfigured', `connecting ${to.account.id} failed`, { cause, retryable: true }),
    }).pipe(
      Effect.tapError((error) =>
        Effect.sync(() => {
          // What a failed attempt has begun must not stand beside the next one.
          controller.abort()
          core.report(`connect of ${to.account.id}`, error.cause)
        }),
      ),
      Effect.ensuring(Deferred.succeed(tried, undefined)),
    ),
  )
  return Effect.andThen(Effect.retry(attempt, reconnecting), Effect.never).pipe(
    Effect.ensuring(Effect.sync(() => controller.abort())),
  )
}

export const makeConnections = (core: Core): Effect.Effect<Connections, never, Scope.Scope> =>
  Effect.gen(function* () {
    const fibers = yield* FiberMap.make<string, void, EngineError>()
    const run = Effect.runPromiseWith(yield* Effect.context<never>())
    const timed = Effect.provideService(Clock.Clock, effectClock(core.clock))
    const key = (workspace: string, account: string): string => `${workspace}/${account}`
    const turn = yield* Semaphore.make(1)
    /** By workspace and account: the account as it is connected. */
    const connected = new Map<string, Map<string, Account>>()
    const remember = (workspace: string, id: string, account: Account | undefined): void => {
      const accounts = connected.get(workspace) ?? new Map<string, Account>()
      if (account === undefined) accounts.delete(id)
      else accounts.set(id, account)
      if (accounts.size === 0) connected.delete(workspace)
      else connected.set(workspace, accounts)
    }
    const replace = (workspace: string, id: string) =>
      Effect.gen(function* () {
        yield* FiberMap.remove(fibers, key(workspace, id))
        const setup = yield* Effect.tryPromise({ try: () => core.directory.of(workspace), catch: storageFailed })
        const account = setup.accounts.get(id)
        remember(workspace, id, account)
        const to = account && connectedOf(core, workspace, account)
        if (to?.channel.capabilities.live !== true) return Effect.void
        yield* Effect.tryPromise({ try: () => core.elsewhere.follow(workspace), catch: storageFailed })
        const tried = yield* Deferred.make<void>()
        const fiber = yield* FiberMap.run(fibers, key(workspace, id), timed(connection(core, to, tried)))
        // Whoever is replaced before it has tried never will.
        return Effect.asVoid(Effect.raceFirst(Deferred.await(tried), Fiber.await(fiber)))
      })
    // One at a time, each by the settings of its moment: the last one leaves what they say. Nobody waits in there.
    const follow: Connections['follow'] = (workspace, account) =>
      run(Effect.flatten(turn.withPermit(replace(workspace, account))))
    return {
      follow,
      catchUp: async (workspace) => {
        const { accounts } = await core.directory.of(workspace)
        const known = connected.get(workspace) ?? new Map<string, Account>()
        const changed = [...new Set([...known.keys(), ...accounts.keys()])].filter(
          (id) => JSON.stringify(known.get(id)) !== JSON.stringify(accounts.get(id)),
        )
        await Promise.all(changed.map((id) => follow(workspace, id)))
      },
    }
  })
