import type { Translator, TranslatorCall } from '@guichet/engine/ports'
import { describe, expect, test } from 'vitest'
import { titleOf, translatorCases } from '../src/index.ts'

const sentences = [
  { text: 'Where is my parcel?', language: 'en' },
  { text: 'Où est mon colis ?', language: 'fr' },
  { text: 'Wo ist mein Paket?', language: 'de' },
]

const languageOf = (text: string): string | null => sentences.find((one) => one.text === text)?.language ?? null

/** Somebody on a network, as far as it can be told from here. */
const network = async (_: unknown, init?: RequestInit): Promise<Response> => {
  init?.signal?.throwIfAborted()
  return new Response('{}')
}

const asks = async ({ fetch, signal }: TranslatorCall): Promise<void> =>
  void (await fetch('http://translator.example/', { signal }))

/** Short and right: what the mutants below are made from. */
const clerk = (over: Partial<Translator> = {}): Translator => ({
  name: 'clerk',
  spi: 1,
  capabilities: { detect: true, translate: true, maxTexts: 20, maxCharacters: 5_000 },
  detect: async (texts, call) => {
    await asks(call)
    return texts.map(languageOf)
  },
  translate: async ({ texts, from, to }, call) => {
    await asks(call)
    return texts.map((text) => ({
      text: text.trim() === '' ? text : `${to}: ${text}`,
      from: from ?? languageOf(text) ?? 'und',
    }))
  },
  ...over,
})

const harness = (open: () => Translator) => ({ open, sentences, into: 'es', fetch: network as typeof fetch })

describe('a translator that does everything right', () => {
  for (const each of translatorCases(harness(clerk))) test(titleOf(each), each.run)
})

const { detect, translate } = clerk()
const capabilities = clerk().capabilities
const never = (): Promise<never> => new Promise(() => undefined)
type Request = Parameters<Translator['translate']>[0]

/** A clerk whose translations are changed on the way. */
const changing = (
  change: (texts: ReadonlyArray<{ readonly text: string; readonly from: string }>, request: Request) => unknown,
): Translator =>
  clerk({
    translate: async (request, call) =>
      change(await translate(request, call), request) as Awaited<ReturnType<typeof translate>>,
  })

/** One thing that is wrong with a translator, and the case that has to find it. */
const mutants: ReadonlyArray<readonly [what: string, open: () => Translator, caught: string]> = [
  ['has no name', () => clerk({ name: ' ' }), 'has a name'],
  ['has a name of its own each time', () => clerk({ name: `clerk ${Math.random()}` }), 'has a name'],
  ['is of another version', () => clerk({ spi: 2 as 1 }), 'has a name'],
  ['can nothing', () => clerk({ capabilities: { ...capabilities, detect: false, translate: false } }), 'has a name'],
  ['takes nothing at once', () => clerk({ capabilities: { ...capabilities, maxTexts: 0 } }), 'has a name'],
  ['takes half a character', () => clerk({ capabilities: { ...capabilities, maxCharacters: 0.5 } }), 'has a name'],
  ['answers backwards', () => changing((all) => all.toReversed()), 'answers each text'],
  [
    'detects backwards',
    () => clerk({ detect: async (texts, call) => (await detect(texts, call)).toReversed() }),
    'answers each text',
  ],
  ['leaves one out', () => changing((all) => all.slice(0, -1)), 'answers each text'],
  ['answers one text for all', () => changing((all) => all.slice(0, 1)), 'answers each text'],
  [
    'says each thing once',
    () => changing((all) => [...new Map(all.map((one) => [one.text, one])).values()]),
    'answers each text',
  ],
  [
    'speaks of French as French',
    () => clerk({ detect: (texts) => texts.map(() => 'French') }),
    'tells languages apart',
  ],
  ['takes everything for English', () => clerk({ detect: (texts) => texts.map(() => 'en') }), 'tells languages apart'],
  ['does not say from what', () => changing((all) => all.map(({ text }) => ({ text }))), 'answers each text'],
  [
    'names what it was told to find',
    () => changing((all, { from }) => all.map(({ text }) => ({ text, from: from ?? 'xx' }))),
    'tells languages apart',
  ],
  [
    'chokes on signs',
    () =>
      changing((all, { texts }) =>
        texts.some((text) => /\p{Extended_Pictographic}/u.test(text)) ? Promise.reject(new Error('?')) : all,
      ),
    'answers whatever',
  ],
  [
    'chokes on nothing',
    () => changing((all, { texts }) => texts.map((text, index) => (text === '' ? null : all[index]))),
    'answers whatever',
  ],
  [
    'leaves empty texts out',
    () => changing((all, { texts }) => all.filter((_, index) => texts[index]?.trim() !== '')),
    'answers whatever',
  ],
  [
    'has words where there were none',
    () => changing((all) => all.map(({ from }) => ({ from, text: 'no text' }))),
    'answers whatever',
  ],
  [
    'takes fewer texts than it says',
    () => changing((all) => (all.length > 15 ? Promise.reject(new Error('413')) : all)),
    'takes as much',
  ],
  [
    'takes fewer characters than it says',
    () => changing((all, { texts }) => (texts.join('').length > 4_000 ? Promise.reject(new Error('413')) : all)),
    'takes as much',
  ],
  [
    'writes into what it is given',
    () => changing((all, { texts }) => ((texts as Array<string>).sort(), all)),
    'leaves what',
  ],
  ['translates though it cannot', () => clerk({ capabilities: { ...capabilities, translate: false } }), 'refuses what'],
  ['detects though it cannot', () => clerk({ capabilities: { ...capabilities, detect: false } }), 'refuses what'],
  [
    'hides that nobody is there behind the original',
    () =>
      clerk({
        translate: (request, call) =>
          Promise.resolve(translate(request, call)).catch(() => request.texts.map((text) => ({ text, from: 'en' }))),
      }),
    'fails with an error',
  ],
  [
    'hides that nobody is there behind nothing',
    () => clerk({ detect: (texts, call) => Promise.resolve(detect(texts, call)).catch(() => []) }),
    'fails with an error',
  ],
  ['is deaf', () => clerk({ translate: never }), 'stops when'],
  [
    'keeps the signal to itself',
    () =>
      clerk({ detect: async (texts, { fetch }) => (await fetch('http://translator.example/'), texts.map(languageOf)) }),
    'stops when',
  ],
]

describe('a translator is caught that', () => {
  for (const [what, open, caught] of mutants) {
    test(what, async () => {
      const cases = translatorCases({ ...harness(open), deadlineMs: 500, runs: 200 }).filter(({ name }) =>
        name.startsWith(caught),
      )
      expect(cases).toHaveLength(1)
      await expect(cases[0]?.run()).rejects.toThrow()
    })
  }
})
