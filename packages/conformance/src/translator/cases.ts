import type { Translator } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { holds } from '../property.ts'
import { within } from '../within.ts'
import type { TranslatorBench, TranslatorCase, TranslatorHarness } from './harness.ts'
import { assertLanguages, assertTranslations } from './sensible.ts'
import { anyTexts } from './texts.ts'

const area = 'translator'

const refuses = (asking: () => unknown): Promise<boolean> =>
  (async () => asking())().then(
    () => false,
    () => true,
  )

const phrasesOf = ({ sentences }: TranslatorBench): ReadonlyArray<string> => sentences.map(({ text }) => text)

/** Asks for everything that it says it can: a translator that only detects is not asked to translate. */
const abilities = async (
  bench: Pick<TranslatorBench, 'detect' | 'translate' | 'into'>,
  translator: Translator,
  texts: ReadonlyArray<string>,
): Promise<{ readonly languages: ReadonlyArray<unknown>; readonly translations: ReadonlyArray<unknown> }> => {
  const { detect, translate } = translator.capabilities
  const languages = detect ? await bench.detect(translator, texts) : []
  if (detect) assertLanguages(texts, languages)
  const translations = translate ? await bench.translate(translator, { texts, from: null, to: bench.into }) : []
  if (translate) assertTranslations(texts, translations)
  return { languages, translations }
}

const all: ReadonlyArray<TranslatorCase> = [
  {
    area,
    name: 'has a name, speaks the version of the port that engines speak, and says what it can and takes',
    body: async ({ open }) => {
      const { name, spi, capabilities } = await open()
      assert(typeof name === 'string' && name.trim() !== '', 'a translator has a name')
      same(spi, 1, 'the version of the port')
      same((await open()).name, name, 'the name of the same translator, opened again')
      assert(capabilities.detect || capabilities.translate, 'it can neither detect nor translate')
      for (const limit of [capabilities.maxTexts, capabilities.maxCharacters]) {
        assert(Number.isSafeInteger(limit) && limit >= 1, `${limit} is no limit`)
      }
    },
  },
  {
    area,
    name: 'answers each text, in order: a list as each of its texts alone',
    guarantee: 'G41',
    body: async (bench) => {
      const translator = await bench.open()
      const phrases = phrasesOf(bench)
      const texts = [...phrases, ...phrases].slice(0, translator.capabilities.maxTexts)
      const { languages, translations } = await abilities(bench, translator, texts)
      for (const [index, text] of texts.entries()) {
        const alone = await abilities(bench, translator, [text])
        same(languages[index], alone.languages[0], `the language of ${text}`)
        same(translations[index], alone.translations[0], `the translation of ${text}`)
      }
    },
  },
  {
    area,
    name: 'tells languages apart, and translates from the one it is told as from the one it finds',
    guarantee: 'G41',
    body: async (bench) => {
      const { sentences, into } = bench
      const translator = await bench.open()
      for (const { text, language } of sentences) {
        if (translator.capabilities.detect) {
          same((await bench.detect(translator, [text]))[0], language, `the language of ${text}`)
        }
        if (!translator.capabilities.translate) continue
        const [told] = await bench.translate(translator, { texts: [text], from: language, to: into })
        const [found] = await bench.translate(translator, { texts: [text], from: null, to: into })
        same(found, told, `what it says of ${text}`)
      }
    },
  },
  {
    area,
    name: 'answers whatever is written: nothing, signs, markup, broken characters, any script',
    guarantee: 'G41',
    body: async (bench) => {
      const translator = await bench.open()
      await holds(
        fc.asyncProperty(anyTexts(phrasesOf(bench), translator.capabilities), async (texts) => {
          await abilities(bench, translator, texts)
        }),
        bench.runs,
      )
    },
  },
  {
    area,
    name: 'takes as much at once as it says',
    guarantee: 'G41',
    body: async (bench) => {
      const translator = await bench.open()
      const { maxTexts, maxCharacters } = translator.capabilities
      const [phrase = 'x'] = phrasesOf(bench)
      const many = Math.min(maxTexts, 200, Math.floor(maxCharacters / phrase.length))
      await abilities(
        bench,
        translator,
        Array.from({ length: many }, () => phrase),
      )
      const long = `${phrase} `.repeat(Math.ceil(Math.min(maxCharacters, 200_000) / phrase.length))
      await abilities(bench, translator, [long.slice(0, Math.min(maxCharacters, 200_000))])
    },
  },
  {
    area,
    name: 'leaves what it is given as it is',
    body: async (bench) => {
      const translator = await bench.open()
      const texts = Object.freeze([...phrasesOf(bench)].slice(0, translator.capabilities.maxTexts))
      const before = JSON.stringify(texts)
      await abilities(bench, translator, texts)
      same(JSON.stringify(texts), before, 'what it was given')
    },
  },
  {
    area,
    name: 'refuses what it cannot do',
    body: async (bench) => {
      const translator = await bench.open()
      const texts = phrasesOf(bench).slice(0, 1)
      if (!translator.capabilities.translate) {
        const refused = await refuses(() => bench.translate(translator, { texts, from: null, to: bench.into }))
        assert(refused, 'it cannot translate, and did')
      }
      if (!translator.capabilities.detect) {
        const told = await bench.detect(translator, texts).catch(() => [null])
        same(told, [null], 'what it detects, though it cannot')
      }
    },
  },
  {
    area,
    name: 'fails with an error, or answers as ever, when nobody can be reached',
    guarantee: 'G41',
    body: async (bench) => {
      const cut = asking(bench, () => Promise.reject(new TypeError('fetch failed')))
      const translator = await bench.open()
      const texts = phrasesOf(bench).slice(0, 1)
      const usual = await abilities(bench, translator, texts)
      const languages = await cut.detect(translator, texts).catch(() => usual.languages)
      if (translator.capabilities.detect) same(languages, usual.languages, 'the languages that it still tells')
      const request = { texts, from: null, to: bench.into }
      const translations = await cut.translate(translator, request).catch(() => usual.translations)
      same(translations, usual.translations, 'the translations that it still gives')
    },
  },
  {
    area,
    name: 'stops when it is told to',
    guarantee: 'G41',
    body: async (bench) => {
      // Somebody on the other side who never answers.
      const silent: typeof globalThis.fetch = (_, init) =>
        new Promise((_resolve, reject) => {
          const stop = (): void => reject(init?.signal?.reason)
          if (init?.signal?.aborted === true) stop()
          init?.signal?.addEventListener('abort', stop, { once: true })
        })
      const translator = await bench.open()
      const texts = phrasesOf(bench).slice(0, 1)
      for (const moment of ['before', 'meanwhile'] as const) {
        const stop = new AbortController()
        const reason = new Error('nobody wants to know any more')
        if (moment === 'before') stop.abort(reason)
        const call = { signal: stop.signal, fetch: silent }
        const questions = [
          async () => translator.detect(texts, call),
          async () => translator.translate({ texts, from: null, to: bench.into }, call),
        ]
        // It may answer or give up; it may not go on.
        const asked = questions.map((ask) =>
          within(1_000, `it was told to stop ${moment}, and went on`, () => refuses(ask)),
        )
        stop.abort(reason)
        await Promise.all(asked)
      }
    },
  },
]

const asking = (
  { deadlineMs }: Pick<TranslatorBench, 'deadlineMs'>,
  fetch: typeof globalThis.fetch,
): Pick<TranslatorBench, 'detect' | 'translate'> => {
  const timed = async <A>(ask: (signal: AbortSignal) => A | Promise<A>): Promise<A> => {
    const stop = new AbortController()
    return within(deadlineMs, 'no answer', () => ask(stop.signal)).finally(() => stop.abort())
  }
  return {
    detect: (translator, texts) => timed((signal) => translator.detect(texts, { signal, fetch })),
    translate: (translator, request) => timed((signal) => translator.translate(request, { signal, fetch })),
  }
}

/**
 * What every translator must do, for any test runner: one answer for each text, in order, whatever is written; no more
 * than it says it can; an error instead of a wrong answer when its provider is away; and an end when it is told to stop.
 *
 * @example
 * ```ts
 * import { titleOf, translatorCases } from '@guichet/conformance'
 * import type { Translator } from '@guichet/engine/ports'
 *
 * const shouting: Translator = {
 *   name: 'shouting',
 *   spi: 1,
 *   capabilities: { detect: false, translate: true, maxTexts: 10, maxCharacters: 1_000 },
 *   detect: (texts) => texts.map(() => null),
 *   translate: ({ texts }) => texts.map((text) => ({ text: text.toUpperCase(), from: 'en' })),
 * }
 * const sentences = [{ text: 'Where is my parcel?', language: 'en' }]
 * for (const each of translatorCases({ open: () => shouting, sentences, into: 'en-GB', runs: 5 })) {
 *   // With a test runner: test(titleOf(each), each.run)
 *   await each.run().catch((error) => console.log(titleOf(each), error))
 * }
 * ```
 */
export const translatorCases = (harness: TranslatorHarness): ReadonlyArray<ConformanceCase> => {
  const known = { fetch: globalThis.fetch, deadlineMs: 10_000, runs: 50, ...harness }
  const bench: TranslatorBench = { ...known, ...asking(known, known.fetch) }
  return all.map(({ body, ...about }) => ({ ...about, run: () => body(bench) }))
}
