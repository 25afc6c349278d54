import type { Translation, Translator } from '@guichet/engine/ports'

const phrases: ReadonlyArray<Readonly<Record<string, string>>> = [
  { de: 'Wo ist mein Paket?', fr: 'Où est mon colis ?', en: 'Where is my parcel?' },
  { de: 'Guten Tag', fr: 'Bonjour', en: 'Good morning' },
  { de: 'Morgen ist es da', fr: 'Il arrive demain', en: 'It arrives tomorrow' },
  { de: 'Übermorgen ist es da', fr: 'Il arrive après-demain', en: 'It arrives the day after tomorrow' },
]

const languageOf = (text: string): string | null => {
  for (const phrase of phrases) {
    for (const [language, words] of Object.entries(phrase)) if (words === text) return language
  }
  return null
}

const inLanguage = (text: string, to: string): string => {
  const phrase = phrases.find((one) => Object.values(one).includes(text))
  return phrase?.[to] ?? `[${to}] ${text}`
}

/** A translator with a few phrases, which can be told to be slow, to be down, or to talk nonsense. */
export interface Phrasebook extends Translator {
  /** Every request, as it was made. */
  readonly asked: Array<{ readonly texts: ReadonlyArray<string>; readonly from: string | null; readonly to: string }>
  readonly detected: Array<ReadonlyArray<string>>
  /** What comes before an answer: a rejection is the failure. */
  before: (texts: ReadonlyArray<string>, signal: AbortSignal) => Promise<void> | void
  /** What is answered in the place of what would be. */
  instead: ((texts: ReadonlyArray<string>) => unknown) | undefined
}

export const phrasebook = (over: Partial<Translator['capabilities']> = {}): Phrasebook => {
  const asked: Phrasebook['asked'] = []
  const detected: Phrasebook['detected'] = []
  const book: Phrasebook = {
    name: 'phrasebook',
    spi: 1,
    capabilities: { detect: true, translate: true, maxTexts: 50, maxCharacters: 1_000, ...over },
    asked,
    detected,
    before: () => undefined,
    instead: undefined,
    detect: (texts) => {
      detected.push(texts)
      return texts.map(languageOf)
    },
    translate: async ({ texts, from, to }, { signal }) => {
      asked.push({ texts, from, to })
      await book.before(texts, signal)
      if (book.instead !== undefined) return book.instead(texts) as ReadonlyArray<Translation>
      return texts.map((text) => ({ text: inLanguage(text, to), from: from ?? languageOf(text) ?? 'en' }))
    },
  }
  return book
}

/** Holds what comes until it is let go. */
export const gate = () => {
  const held: Array<() => void> = []
  let open = false
  return {
    pass: () => (open ? Promise.resolve() : new Promise<void>((resolve) => void held.push(resolve))),
    held: () => held.length,
    release: () => {
      open = true
      for (const go of held.splice(0)) go()
    },
  }
}
