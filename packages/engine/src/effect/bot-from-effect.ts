import * as Effect from 'effect/Effect'
import type { Bot, BotAction, BotContext } from '../ports/bot.ts'

/** A bot written with Effect: the same port, its answer as an Effect that may ask for services. */
export interface EffectBot<R> extends Pick<Bot, 'name' | 'spi'> {
  /** Interrupted when the engine stops waiting, or a person steps in. `now` in epoch milliseconds. */
  readonly respond: (
    context: BotContext,
    call: { readonly now: number },
  ) => Effect.Effect<ReadonlyArray<BotAction>, unknown, R>
}

/**
 * Makes a bot written with Effect into one that the engine takes. The services it asks for are those of the place where
 * this runs. A failure hands over to the team, like that of any bot.
 *
 * @example
 * ```ts
 * import { botFromEffect } from '@guichet/engine/effect'
 * import * as Context from 'effect/Context'
 * import * as Effect from 'effect/Effect'
 *
 * class Orders extends Context.Service<Orders, { readonly stateOf: (words: string) => Effect.Effect<string> }>()('Orders') {}
 *
 * const clerk = botFromEffect({
 *   name: 'clerk',
 *   spi: 1,
 *   respond: ({ messages }) =>
 *     Effect.gen(function* () {
 *       const text = yield* (yield* Orders).stateOf(messages.at(-1)?.text ?? '')
 *       return [{ _tag: 'Say', parts: [{ _tag: 'Text', text }] } as const]
 *     }),
 * })
 * const orders = Orders.of({ stateOf: (words) => Effect.succeed(`${words} is on its way`) })
 * const bot = await Effect.runPromise(Effect.provideService(clerk, Orders, orders))
 * console.log(bot.name, typeof bot.respond)
 * ```
 *
 * ```text
 * clerk function
 * ```
 */
export const botFromEffect = <R>({ name, spi, respond }: EffectBot<R>): Effect.Effect<Bot, never, R> =>
  Effect.map(Effect.context<R>(), (context): Bot => {
    const run = Effect.runPromiseWith(context)
    return { name, spi, respond: (seen, { signal, now }) => run(respond(seen, { now }), { signal }) }
  })
