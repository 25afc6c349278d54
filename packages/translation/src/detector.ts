import type { Translator } from '@guichet/engine/ports'
import { TranslatorError } from './translator-error.ts'

const name = 'detector'

/** The beginning says as much as the whole, in characters. */
const looksAt = 2_000

/** Fewer letters or words are names and greetings, which many languages share. */
const wordsAtLeast = 3
const lettersAtLeast = 10
/** Of a script that writes words without spaces. */
const signsAtLeast = 4

/** How much likelier the first language must be than the second, of 1. */
const lead = 0.02

/** Only words: addresses, numbers and signs belong to no language. */
const wordsOf = (text: string): string =>
  text
    .slice(0, looksAt)
    .replaceAll(/\S*(?:@|:\/\/)\S*|\bwww\.\S+/gu, ' ')
    .replaceAll(/[^\p{L}\p{M}'’]+/gu, ' ')
    .trim()

const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/gu

const saysEnough = (words: string): boolean =>
  (words.match(unspaced)?.length ?? 0) >= signsAtLeast ||
  (words.split(' ').length >= wordsAtLeast && (words.match(/\p{L}/gu)?.length ?? 0) >= lettersAtLeast)

/** Loaded when it is first needed: its tables are two megabytes. */
const load = async (): Promise<(words: string) => string | null> => {
  const { eld } = await import('eld/small')
  return (words) => {
    const found = eld.detect(words)
    const [first = 0, second = 0] = Object.values(found.getScores()).sort((a, b) => b - a)
    return found.isReliable() && first - second >= lead ? found.language : null
  }
}

/**
 * Detects languages in this process, without a network: sixty of them, by how often their letters follow each other. Where
 * it is not sure, as with a greeting or a name, it answers null. It does not translate: put it `together` with what does.
 *
 * @example
 * ```ts
 * import { detector } from '@guichet/translation'
 *
 * const call = { signal: AbortSignal.timeout(10_000), fetch }
 * console.log(await detector().detect(['Où est mon colis ?', 'Wo ist mein Paket?', 'ok'], call))
 * ```
 *
 * ```text
 * [ 'fr', 'de', null ]
 * ```
 */
export const detector = (): Translator => {
  let loading: ReturnType<typeof load> | undefined
  return {
    name,
    spi: 1,
    capabilities: { detect: true, translate: false, maxTexts: 1_000, maxCharacters: 1_000_000 },
    detect: async (texts, { signal }) => {
      loading ??= load()
      const languageOf = await loading
      signal.throwIfAborted()
      return texts.map((text) => {
        const words = wordsOf(text)
        return saysEnough(words) ? languageOf(words) : null
      })
    },
    translate: () => {
      throw new TranslatorError('Misconfigured', name, 'it only detects languages: put it together with a translator')
    },
  }
}
