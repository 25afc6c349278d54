import * as Effect from 'effect/Effect'
import type { Translation, Translator, TranslatorCall } from '../ports/translator.ts'

/** A translator written with Effect: the same port, its answers as Effects that may ask for services. */
export interface EffectTranslator<R> extends Pick<Translator, 'name' | 'spi' | 'capabilities'> {
  /** Interrupted when the engine stops waiting. */
  readonly detect: (
    texts: ReadonlyArray<string>,
    call: Pick<TranslatorCall, 'fetch'>,
  ) => Effect.Effect<ReadonlyArray<string | null>, unknown, R>
  /** Interrupted when the engine stops waiting. */
  readonly translate: (
    request: Parameters<Translator['translate']>[0],
    call: Pick<TranslatorCall, 'fetch'>,
  ) => Effect.Effect<ReadonlyArray<Translation>, unknown, R>
}

/**
 * Makes a translator written with Effect into one that the engine takes. The services it asks for are those of the place
 * where this runs.
 *
 * @example
 * ```ts
 * import { translatorFromEffect } from '@guichet/engine/effect'
 * import * as Effect from 'effect/Effect'
 *
 * // A dictionary that is not always there at once.
 * let asked = 0
 * const lookUp = (text: string) =>
 *   Effect.suspend(() => (++asked === 1 ? Effect.fail('busy') : Effect.succeed(text === 'Bonjour' ? 'Good morning' : text)))
 *
 * const patient = translatorFromEffect({
 *   name: 'patient',
 *   spi: 1,
 *   capabilities: { detect: false, translate: true, maxTexts: 50, maxCharacters: 10_000 },
 *   detect: (texts) => Effect.succeed(texts.map(() => null)),
 *   translate: ({ texts, from }) =>
 *     Effect.forEach(texts, (text) =>
 *       Effect.map(Effect.retry(lookUp(text), { times: 2 }), (words) => ({ text: words, from: from ?? 'fr' })),
 *     ),
 * })
 * const translator = await Effect.runPromise(patient)
 * const call = { signal: AbortSignal.timeout(10_000), fetch }
 * console.log(await translator.translate({ texts: ['Bonjour'], from: 'fr', to: 'en' }, call))
 * ```
 *
 * ```text
 * [ { text: 'Good morning', from: 'fr' } ]
 * ```
 */
export const translatorFromEffect = <R>(translator: EffectTranslator<R>): Effect.Effect<Translator, never, R> =>
  Effect.map(Effect.context<R>(), (context): Translator => {
    const run = Effect.runPromiseWith(context)
    const { name, spi, capabilities, detect, translate } = translator
    return {
      name,
      spi,
      capabilities,
      detect: (texts, { signal, fetch }) => run(detect(texts, { fetch }), { signal }),
      translate: (request, { signal, fetch }) => run(translate(request, { fetch }), { signal }),
    }
  })
