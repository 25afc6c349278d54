import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import type {
  Channel,
  ChannelAccount,
  ConnectContext,
  FetchContext,
  FetchOutcome,
  InboundEvent,
  OutboundMessage,
  ProfileContext,
  ProfileOutcome,
  RemoteFile,
  Rendered,
  SendContext,
  SendOutcome,
  Signal,
  Sink,
  WireAnswer,
  WireRequest,
} from '../ports/channel.ts'

/** A channel written with Effect: the same port, its methods as Effects that may ask for services. */
export interface EffectChannel<Settings, Wire, R>
  extends Pick<Channel<Settings, Wire>, 'name' | 'spi' | 'capabilities' | 'settings' | 'acknowledgement'> {
  readonly verify: (request: WireRequest, account: ChannelAccount<Settings>) => Effect.Effect<boolean, unknown, R>
  readonly parse: (
    request: WireRequest,
    account: ChannelAccount<Settings>,
  ) => Effect.Effect<ReadonlyArray<InboundEvent>, unknown, R>
  readonly render: (
    message: OutboundMessage,
    account: ChannelAccount<Settings>,
  ) => Effect.Effect<Rendered<Wire>, unknown, R>
  /** Interrupted when the engine stops waiting. */
  readonly send: (
    wire: Wire,
    account: ChannelAccount<Settings>,
    context: SendContext,
  ) => Effect.Effect<SendOutcome, unknown, R>
  readonly signal?: (signal: Signal, account: ChannelAccount<Settings>) => Effect.Effect<Rendered<Wire>, unknown, R>
  /** Interrupted when the engine stops waiting. */
  readonly profile?: (
    address: string,
    account: ChannelAccount<Settings>,
    context: ProfileContext,
  ) => Effect.Effect<ProfileOutcome, unknown, R>
  /** Interrupted when the engine stops waiting. */
  readonly fetchFile?: (
    file: RemoteFile,
    account: ChannelAccount<Settings>,
    context: FetchContext,
  ) => Effect.Effect<FetchOutcome, unknown, R>
  readonly handshake?: (
    request: WireRequest,
    account: ChannelAccount<Settings>,
  ) => Effect.Effect<WireAnswer | undefined, unknown, R>
  /** Succeeds when it is ready to receive; what it acquired is released when the engine disconnects it. */
  readonly connect?: (
    account: ChannelAccount<Settings>,
    sink: Sink,
    context: ConnectContext,
  ) => Effect.Effect<void, unknown, R | Scope.Scope>
}

/**
 * Makes a channel written with Effect into one that the engine takes. The services it asks for are those of the place
 * where this runs.
 *
 * @example
 * ```ts
 * import { email } from '@guichet/channel-email'
 * import { fromEffect } from '@guichet/engine/effect'
 * import type { Channel } from '@guichet/engine/ports'
 * import * as Effect from 'effect/Effect'
 * import * as Semaphore from 'effect/Semaphore'
 *
 * // The same channel, at most four sends at once.
 * const throttled = (plain: Channel) =>
 *   Effect.gen(function* () {
 *     const { name, spi, capabilities, settings, verify, parse, render, send } = plain
 *     const four = yield* Semaphore.make(4)
 *     return yield* fromEffect({
 *       name,
 *       spi,
 *       capabilities,
 *       settings,
 *       verify: (request, account) => Effect.promise(async () => verify(request, account)),
 *       parse: (request, account) => Effect.promise(async () => parse(request, account)),
 *       render: (message, account) => Effect.promise(async () => render(message, account)),
 *       send: (wire, account, context) =>
 *         four.withPermits(1)(Effect.promise(async () => send(wire, account, context))),
 *     })
 *   })
 * const mail = await Effect.runPromise(throttled(email({ listen: false })))
 * console.log(mail.name, mail.capabilities.threading)
 * ```
 *
 * ```text
 * email thread
 * ```
 */
export const fromEffect = <Settings, Wire, R>(
  channel: EffectChannel<Settings, Wire, R>,
): Effect.Effect<Channel<Settings, Wire>, never, R> =>
  Effect.map(Effect.context<R>(), (context) => {
    const run = Effect.runPromiseWith(context)
    const { name, spi, capabilities, settings, acknowledgement, connect, signal, profile, fetchFile, handshake } =
      channel
    const plain: Channel<Settings, Wire> = {
      name,
      spi,
      capabilities,
      settings,
      verify: (request, account) => run(channel.verify(request, account)),
      parse: (request, account) => run(channel.parse(request, account)),
      render: (message, account) => run(channel.render(message, account)),
      send: (wire, account, sending) => run(channel.send(wire, account, sending), { signal: sending.signal }),
      ...(acknowledgement && { acknowledgement }),
      ...(signal && { signal: (told: Signal, account) => run(signal(told, account)) }),
      ...(profile && {
        profile: (address: string, account, asking: ProfileContext) =>
          run(profile(address, account, asking), { signal: asking.signal }),
      }),
      ...(fetchFile && {
        fetchFile: (file: RemoteFile, account, fetching: FetchContext) =>
          run(fetchFile(file, account, fetching), { signal: fetching.signal }),
      }),
      ...(handshake && { handshake: (request: WireRequest, account) => run(handshake(request, account)) }),
    }
    if (connect === undefined) return plain
    return {
      ...plain,
      connect: async (account, sink, connecting) => {
        const scope = await run(Scope.make())
        // A finalizer that dies has nobody to tell but the log, and must not take the process with it.
        const release = (): void => {
          run(Effect.tapCause(Scope.close(scope, Exit.void), (cause) => Effect.logError(cause))).catch(() => undefined)
        }
        try {
          await run(Effect.provideService(connect(account, sink, connecting), Scope.Scope, scope), {
            signal: connecting.signal,
          })
        } catch (error) {
          release()
          throw error
        }
        if (connecting.signal.aborted) release()
        else connecting.signal.addEventListener('abort', release, { once: true })
      },
    }
  })
