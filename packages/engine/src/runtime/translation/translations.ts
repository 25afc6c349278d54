import type { Clock } from '../../ports/clock.ts'
import type { Translation, Translator } from '../../ports/translator.ts'

/** A translator that has not answered after this long is not waited for any more, in milliseconds. */
export const translatorDeadlineMs = 10_000

/** How often in a row it may fail before it is left alone, and for how long, in milliseconds. */
const failuresAtMost = 3
const leftAloneMs = 60_000

/** The translator of the host: asked in time, in batches that it takes, and left alone for a while when it is down. */
export interface Translations {
  readonly name: string
  readonly canTranslate: boolean
  /** The language of each text, null where it cannot be told; all null when it fails. */
  readonly detect: (texts: ReadonlyArray<string>) => Promise<ReadonlyArray<string | null>>
  /** As many answers as texts, null where it failed. */
  readonly translate: (
    texts: ReadonlyArray<string>,
    from: string | null,
    to: string,
  ) => Promise<ReadonlyArray<Translation | null>>
}

interface Means {
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly report: (where: string, error: unknown) => void
}

/** Stretches of texts that a translator takes at once; one that is too long for it goes alone. */
const batches = (
  texts: ReadonlyArray<string>,
  { maxTexts, maxCharacters }: Translator['capabilities'],
): ReadonlyArray<ReadonlyArray<string>> => {
  const all: Array<Array<string>> = []
  let length = 0
  for (const text of texts) {
    const last = all.at(-1)
    if (last === undefined || last.length >= maxTexts || length + text.length > maxCharacters) {
      all.push([text])
      length = text.length
    } else {
      last.push(text)
      length += text.length
    }
  }
  return all
}

const isLanguage = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && value.length >= 2 && value.length <= 35)

const isTranslation = (value: unknown): value is Translation =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Translation).text === 'string' &&
  typeof (value as Translation).from === 'string'

const sensible = <A>(answers: unknown, count: number, is: (value: unknown) => value is A): ReadonlyArray<A> => {
  if (Array.isArray(answers) && answers.length === count && answers.every(is)) return answers
  throw new Error('the translator answered nothing that makes sense')
}

export const makeTranslations = (translator: Translator | undefined, means: Means): Translations | undefined => {
  if (translator === undefined) return undefined
  const { name, capabilities } = translator
  const { clock, fetch, report } = means
  let failures = 0
  let downUntil = 0

  const inTime = async <A>(ask: (signal: AbortSignal) => A | Promise<A>): Promise<A> => {
    const stop = new AbortController()
    let cancel = (): void => undefined
    const late = new Promise<never>((_, reject) => {
      cancel = clock.at(clock.now() + translatorDeadlineMs, () => {
        const error = new Error(`no answer within ${translatorDeadlineMs} ms`)
        stop.abort(error)
        reject(error)
      })
    })
    try {
      return await Promise.race([(async () => ask(stop.signal))(), late])
    } finally {
      cancel()
    }
  }

  /** One batch after the other; what fails answers with nothing and never with an error. */
  const each = async <A>(
    texts: ReadonlyArray<string>,
    ask: (batch: ReadonlyArray<string>, signal: AbortSignal) => Promise<ReadonlyArray<A>>,
  ): Promise<ReadonlyArray<A | null>> => {
    const answers: Array<A | null> = []
    for (const batch of batches(texts, capabilities)) {
      if (downUntil > clock.now()) {
        answers.push(...batch.map(() => null))
        continue
      }
      try {
        answers.push(...(await inTime((signal) => ask(batch, signal))))
        failures = 0
      } catch (error) {
        report(`translator ${name}`, error)
        failures += 1
        if (failures >= failuresAtMost) downUntil = clock.now() + leftAloneMs
        answers.push(...batch.map(() => null))
      }
    }
    return answers
  }

  return {
    name,
    canTranslate: capabilities.translate,
    detect: async (texts) =>
      capabilities.detect
        ? each(texts, async (batch, signal) =>
            sensible(await translator.detect([...batch], { signal, fetch }), batch.length, isLanguage),
          )
        : texts.map(() => null),
    translate: (texts, from, to) =>
      each(texts, async (batch, signal) =>
        sensible(
          await translator.translate({ texts: [...batch], from, to }, { signal, fetch }),
          batch.length,
          isTranslation,
        ),
      ),
  }
}
