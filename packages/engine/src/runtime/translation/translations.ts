import type { Clock } from '../../ports/clock.ts'
import type { Translation, Translator } from '../../ports/translator.ts'
import { batchesOf } from './batches.ts'
import { type InTurn, makeInTurn } from './in-turn.ts'
import { inItsPlace, piecesOf } from './pieces.ts'
import { sensibleLanguages, sensibleTranslations } from './sensible.ts'

/** A translator that has not answered after this long is not waited for any more, in milliseconds. */
export const translatorDeadlineMs = 10_000

/** How often in a row it may fail before it is left alone, and for how long, in milliseconds. */
const failuresAtMost = 3
const leftAloneMs = 60_000

/** The translator of the host: asked in time, in batches that it takes, and left alone for a while when it is down. */
export interface Translations extends Pick<InTurn, 'waiting' | 'onWaiting'> {
  readonly name: string
  readonly canTranslate: boolean
  readonly canDetect: boolean
  /** The language of each text, null where it cannot be told or the translator fails; nothing is asked after `until`. */
  readonly detect: (texts: ReadonlyArray<string>, until: number) => Promise<ReadonlyArray<string | null>>
  /** As many answers as texts, null where it failed. */
  readonly translate: (
    request: { readonly texts: ReadonlyArray<string>; readonly from: string | null; readonly to: string },
    until: number,
  ) => Promise<ReadonlyArray<Translation | null>>
}

interface Means {
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly closing: AbortSignal
  readonly report: (where: string, error: unknown) => void
}

/** How one of its abilities is doing: a detector that works says nothing about the translation. */
interface Health {
  failures: number
  /** Epoch milliseconds. */
  downUntil: number
}

type Ask<A> = (batch: ReadonlyArray<string>, signal: AbortSignal) => Promise<ReadonlyArray<A>>

export const makeTranslations = (translator: Translator | undefined, means: Means): Translations | undefined => {
  if (translator === undefined) return undefined
  const { name, capabilities } = translator
  const { clock, fetch, closing, report } = means
  const inTurn = makeInTurn(clock, closing)
  const detecting: Health = { failures: 0, downUntil: 0 }
  const translating: Health = { failures: 0, downUntil: 0 }

  /** What fails answers with nothing and never with an error. */
  const askOnce = async <A>(
    batch: ReadonlyArray<string>,
    until: number,
    health: Health,
    ask: Ask<A>,
  ): Promise<ReadonlyArray<A | null>> => {
    const now = clock.now()
    if (health.downUntil > now || until <= now || closing.aborted) return batch.map(() => null)
    const deadline = Math.min(until, now + translatorDeadlineMs)
    try {
      const answers = await inTurn.ask(deadline, (signal) => ask(batch, signal))
      health.failures = 0
      return answers
    } catch (error) {
      if (closing.aborted) return batch.map(() => null)
      report(`translator ${name}`, error)
      if (batch.length > 1 && clock.now() < deadline) {
        // One text that it cannot take must not keep the others from being translated.
        const answers: Array<A | null> = []
        for (const text of batch) answers.push(...(await askOnce([text], until, health, ask)))
        return answers
      }
      health.failures += 1
      if (health.failures >= failuresAtMost) health.downUntil = clock.now() + leftAloneMs
      return batch.map(() => null)
    }
  }

  const askAll = async <A>(
    texts: ReadonlyArray<string>,
    until: number,
    health: Health,
    ask: Ask<A>,
  ): Promise<ReadonlyArray<A | null>> => {
    const answers = texts.map((): A | null => null)
    for (const places of batchesOf(texts, capabilities)) {
      const batch = places.map((place) => texts[place] ?? '')
      const heard = await askOnce(batch, until, health, ask)
      places.forEach((place, index) => {
        answers[place] = heard[index] ?? null
      })
    }
    return answers
  }

  /** It says as much as the whole. */
  const beginning = (text: string): string => piecesOf(text, capabilities.maxCharacters)[0] ?? ''

  /** What is longer than the translator takes goes in pieces; all of them are translated, or it is not. */
  const inPieces = async (
    { texts, from, to }: Parameters<Translations['translate']>[0],
    until: number,
  ): Promise<ReadonlyArray<Translation | null>> => {
    const pieces = texts.map((text) => piecesOf(text, capabilities.maxCharacters))
    // Nobody is asked about white space between two of them.
    const asked = pieces.map((of) =>
      of.length === 1 ? of : of.map((piece) => piece.trim()).filter((one) => one !== ''),
    )
    const answers = await askAll(asked.flat(), until, translating, async (batch, signal) =>
      sensibleTranslations(await translator.translate({ texts: [...batch], from, to }, { signal, fetch }), batch),
    )
    let at = 0
    return pieces.map((of, index) => {
      const heard = answers.slice(at, (at += asked[index]?.length ?? 0))
      if (of.length === 1) return heard[0] ?? null
      const all = heard.filter((one) => one !== null)
      const [first] = all
      if (first === undefined || all.length < heard.length) return null
      const words = all.values()
      const text = of.map((piece) => (piece.trim() === '' ? piece : inItsPlace(piece, words.next().value?.text ?? '')))
      return { text: text.join(''), from: first.from }
    })
  }

  return {
    name,
    canTranslate: capabilities.translate,
    canDetect: capabilities.detect,
    waiting: inTurn.waiting,
    onWaiting: inTurn.onWaiting,
    detect: async (texts, until) =>
      capabilities.detect
        ? askAll<string | null>(texts.map(beginning), until, detecting, async (batch, signal) =>
            sensibleLanguages(await translator.detect([...batch], { signal, fetch }), batch.length),
          )
        : texts.map(() => null),
    translate: inPieces,
  }
}
