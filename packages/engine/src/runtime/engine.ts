import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import { internal } from '../domain/conversation/chat.ts'
import type { CustomStrategy } from '../domain/distribution/plan-facts.ts'
import type { Blobs } from '../ports/blobs.ts'
import type { Bot } from '../ports/bot.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory as HostDirectory } from '../ports/directory.ts'
import type { Ids } from '../ports/ids.ts'
import type { Storage } from '../ports/storage.ts'
import type { Translator } from '../ports/translator.ts'
import { makeBots } from './bots/registry.ts'
import { makeBus } from './bus.ts'
import { systemClock } from './clock.ts'
import { makeCommitters } from './committers.ts'
import { connectAll } from './connecting.ts'
import { type Connections, makeConnections } from './connections.ts'
import type { Core } from './core.ts'
import { withDigestedIds } from './digested-ids.ts'
import { makeDirectory } from './directory.ts'
import { makeElsewhere } from './elsewhere.ts'
import { EngineError, storageFailed } from './error.ts'
import { uuids } from './ids.ts'
import { catchUp, keepIndexed } from './indexing.ts'
import { followDirectory } from './presence/refresh.ts'
import { makeLedger, silence } from './signals/ledger.ts'
import { makeStandings } from './standing/standings.ts'
import { makeStream } from './stream.ts'
import { makeWatchers } from './watchers.ts'
import { whispering } from './whispers.ts'
import { makeTranslations } from './translation/translations.ts'
import { makeRoom } from './work/room.ts'
import type { Untold } from './work/untold.ts'
import { startWorker } from './work/worker.ts'

export interface Options {
  readonly storage: Storage
  readonly channels?: Readonly<Record<string, Channel>> | undefined
  readonly bots?: Readonly<Record<string, Bot>> | undefined
  readonly translator?: Translator | undefined
  readonly directory?: HostDirectory | undefined
  readonly presenceGraceMs?: number | undefined
  readonly strategies?: Readonly<Record<string, CustomStrategy>> | undefined
  readonly blobs: Blobs
  readonly clock?: Clock | undefined
  readonly ids?: Ids | undefined
  readonly random?: (() => number) | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly onError?:
    | ((problem: { readonly where: string; readonly error: unknown; readonly untold?: Untold }) => void)
    | undefined
}

/** A running engine: the core, its live connections, and how to wait for it. */
export interface Running {
  readonly core: Core
  readonly connections: Connections
  /** Aborted when the engine closes. */
  readonly closing: AbortSignal
  readonly settle: () => Promise<void>
}

const capable = (name: string, channel: Channel): void => {
  if (name === internal) {
    throw new EngineError('Misconfigured', `${internal} is the channel of conversations among colleagues`)
  }
  if (channel.capabilities.live && channel.connect === undefined) {
    throw new EngineError('Misconfigured', `the channel ${name} says it is live but has no connect`)
  }
  if ((channel.capabilities.signals ?? []).length > 0 && channel.signal === undefined) {
    throw new EngineError('Misconfigured', `the channel ${name} says it has signals but has no signal`)
  }
  if (channel.capabilities.profiles === true && channel.profile === undefined) {
    throw new EngineError('Misconfigured', `the channel ${name} says it has profiles but has no profile`)
  }
}

/** So many files are in memory at a time, whoever sends them and however many. */
const filesAtOnce = 8

/** A phone in a pocket is not an agent who left, in milliseconds. */
const usualGraceMs = 120_000

const graceOf = (ms: number | undefined): number => {
  if (ms !== undefined && !(ms >= 0)) throw new EngineError('Misconfigured', 'presenceGraceMs: 0 or more milliseconds')
  return ms ?? usualGraceMs
}

const coreOf = (options: Options, closing: AbortSignal): Core => {
  const storage = withDigestedIds(options.storage)
  const clock = options.clock ?? systemClock
  const report: Core['report'] = (where, error, untold) => {
    try {
      options.onError?.({ where, error, ...(untold === undefined ? {} : { untold }) })
    } catch {
      // A listener of the host that throws has nobody left to be told.
    }
  }
  const bus = makeBus((error) => report('listener', error))
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const channels = new Map(Object.entries(options.channels ?? {}))
  for (const [name, channel] of channels) capable(name, channel)
  const stream = makeStream(storage, bus)
  const directory = makeDirectory(storage, clock.now, (workspace) => bus.emit('settings', { workspace }))
  return {
    storage,
    clock,
    bus,
    stream,
    elsewhere: makeElsewhere({ storage, stream, directory, bus, clock, closing, report }),
    closing,
    report,
    channels,
    strategies: new Map(Object.entries(options.strategies ?? {})),
    hostDirectory: options.directory,
    presenceGraceMs: graceOf(options.presenceGraceMs),
    looking: new Map(),
    watchers: makeWatchers(bus, clock),
    ledger: makeLedger(),
    fetching: makeRoom(filesAtOnce),
    bots: makeBots(options.bots ?? {}, clock),
    blobs: options.blobs,
    ids: options.ids ?? uuids,
    random: options.random ?? Math.random,
    fetch,
    translations: makeTranslations(options.translator, { clock, fetch, closing, report }),
    committer: makeCommitters(storage, bus, clock.now),
    directory,
    standings: makeStandings(storage, clock.now),
  }
}

const fromStore = <A>(asking: () => A | Promise<A>): Effect.Effect<A, EngineError> =>
  Effect.tryPromise({ try: async () => asking(), catch: storageFailed })

/**
 * Starts an engine in a scope: migrates the store, starts the worker and the live connections. When the scope closes
 * everything stops in the reverse order: sources first, then work under way, the store last.
 */
export const startEngine = (options: Options): Effect.Effect<Running, EngineError, Scope.Scope> =>
  Effect.gen(function* () {
    const closing = new AbortController()
    const core = yield* Effect.try({
      try: () => coreOf(options, closing.signal),
      catch: (cause) =>
        cause instanceof EngineError ? cause : new EngineError('Misconfigured', String(cause), { cause }),
    })
    yield* Effect.acquireRelease(
      fromStore(() => core.storage.migrate()),
      () => Effect.promise(async () => core.storage.close()),
    )
    yield* Effect.addFinalizer(() => Effect.promise(() => core.committer.idle()))
    const stopIndexing = keepIndexed(core)
    yield* Effect.addFinalizer(() => Effect.promise(stopIndexing))
    const stopFollowing = followDirectory(core)
    yield* Effect.addFinalizer(() => Effect.sync(stopFollowing))
    const worker = startWorker(core)
    yield* Effect.addFinalizer(() => Effect.promise(worker.stop))
    yield* Effect.addFinalizer(() => Effect.promise(() => silence(core.ledger)))
    const stopListening = core.elsewhere.listen()
    yield* Effect.addFinalizer(() => Effect.sync(stopListening))
    const stopWhispering = whispering(core)
    yield* Effect.addFinalizer(() => Effect.sync(stopWhispering))
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        closing.abort()
        core.bus.emit('closing', undefined)
      }),
    )
    const connections = yield* makeConnections(core)
    const stopAsking = yield* fromStore(() => connectAll(core, connections))
    yield* Effect.addFinalizer(() => Effect.sync(stopAsking))
    const stopReconnecting = core.bus.on('settings', ({ workspace }) => {
      connections.catchUp(workspace).catch((error: unknown) => core.report('settings', error))
    })
    yield* Effect.addFinalizer(() => Effect.sync(stopReconnecting))
    return {
      core,
      connections,
      closing: closing.signal,
      settle: async () => {
        await core.committer.idle()
        await worker.drain()
        await silence(core.ledger)
        await core.committer.idle()
        await catchUp(core)
      },
    }
  })
