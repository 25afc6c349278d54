import type { Translation, Translator } from '@guichet/engine/ports'
import { type Phrase, phrases, words } from './phrases.ts'

/*
 * A translator without a network, small enough to read: the sentences and words of `phrases.ts` and nothing else. A
 * sentence that it does not know is put into the other language word by word behind a sign that says so; words that it
 * does not know stay as they are.
 */

type Language = keyof Phrase

const languages: ReadonlyArray<Language> = ['fr', 'en', 'de']

/** Before what was put together word by word. */
const roughly = '≈ '

/** What is the same in two spellings. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[’ʼ]/g, "'")
    .replaceAll(/[“”„«»"\s]+/g, ' ')
    .trim()

type Book = Readonly<Record<Language, ReadonlyMap<string, Phrase>>>

const bookOf = (entries: ReadonlyArray<Phrase>): Book => {
  const of = (language: Language) => new Map(entries.map((one) => [plain(one[language]), one]))
  return { fr: of('fr'), en: of('en'), de: of('de') }
}

const sentences = bookOf(phrases)
const vocabulary = bookOf(words)

const languageIn = (tag: string): Language | undefined =>
  languages.find((one) => one === tag.toLowerCase().split('-')[0])

/** A sentence with the signs around it; the dot of an ordinal is none of them. */
const aSentence = /([^.!?\n]|(?<=\d)\.(?=\s\p{L}))+/gu
const aWord = /\p{L}[\p{L}\p{M}]*/gu

/** The most likely language: the one of which most is known. */
const guess = (text: string): Language => {
  const known = (language: Language): number =>
    [...text.matchAll(aSentence)].filter(([one]) => sentences[language].has(plain(one).replace(/,$/, ''))).length * 10 +
    [...text.matchAll(aWord)].filter(([one]) => vocabulary[language].has(plain(one))).length
  return [...languages].sort((a, b) => known(b) - known(a))[0] ?? 'fr'
}

const capital = (word: string): string => word.replace(/^\p{L}/u, (letter) => letter.toUpperCase())

const sentenceIn = (sentence: string, from: Language, to: Language): string => {
  const [, before = '', said = '', after = ''] = /^(\s*)(.*?)([\s,]*)$/su.exec(sentence) ?? []
  const whole = sentences[from].get(plain(said))
  if (whole !== undefined) return `${before}${whole[to]}${after}`
  let met = false
  const rough = said.replaceAll(aWord, (word, place: number) => {
    const found = vocabulary[from].get(plain(word))?.[to]
    met ||= found !== undefined
    // Only the first word of a sentence is written large in each of the languages.
    return found === undefined ? word : place === 0 && /^\p{Lu}/u.test(word) ? capital(found) : found
  })
  return met ? `${before}${roughly}${rough}${after}` : sentence
}

/** The shop's own phrase book. Rejects for languages that are not in it. */
export const phrasebook = (): Translator => ({
  name: 'phrasebook',
  spi: 1,
  capabilities: { detect: false, translate: true, maxTexts: 100, maxCharacters: 100_000 },
  detect: (texts) => texts.map(() => null),
  translate: ({ texts, from: told, to: asked }) => {
    const to = languageIn(asked)
    if (to === undefined) throw new Error(`the phrase book has no ${asked}: only ${languages.join(', ')}`)
    return texts.map((text): Translation => {
      const from = told === null ? guess(text) : languageIn(told)
      if (from === undefined) throw new Error(`the phrase book has no ${told}: only ${languages.join(', ')}`)
      return { text: text.replaceAll(aSentence, (sentence) => sentenceIn(sentence, from, to)), from: told ?? from }
    })
  },
})
