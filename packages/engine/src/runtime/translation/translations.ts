import type { Clock } from '../../ports/clock.ts'
import type { Translation, Translator } from '../../ports/translator.ts'
import { batchesOf } from './batches.ts'
import { sensibleLanguages, sensibleTranslations } from './sensible.ts'
import { makeTurns } from './turns.ts'

/** A translator that has not answered after this long is not waited for any more, in milliseconds. */
export const translatorDeadlineMs = 10_000

/** How often in a row it may fail before it is left alone, and for how long, in milliseconds. */
const failuresAtMost = 3
const leftAloneMs = 60_000

/** So many requests are with the translator at any time; the others wait for theirs. */
const askedAtOnce = 16

/** The translator of the host: asked in time, in batches that it takes, and left alone for a while when it is down. */
export interface Translations {
  readonly name: string
  readonly canTranslate: boolean
  readonly canDetect: boolean
  /** The language of each text, null where it cannot be told or the translator fails; nothing is asked after `until`. */
  readonly detect: (texts: ReadonlyArray<string>, until: number) => Promise<ReadonlyArray<string | null>>
  /** As many answers as texts, null where it failed. */
  readonly translate: (
    texts: ReadonlyArray<string>,
    from: string | null,
    to: string,
    until: number,
  ) => Promise<ReadonlyArray<Translation | null>>
  /** How many in this process wait for the translator now. */
  readonly waiting: () => number
  /** Hears when somebody more waits. */
  readonly onWaiting: (listener: () => void) => void
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
  downUntil: number
}

type Ask<A> = (batch: ReadonlyArray<string>, signal: AbortSignal) => Promise<ReadonlyArray<A>>

export const makeTranslations = (translator: Translator | undefined, means: Means): Translations | undefined => {
  if (translator === undefined) return undefined
  const { name, capabilities } = translator
  const { clock, fetch, closing, report } = means
  const turns = makeTurns(askedAtOnce)
  const listeners: Array<() => void> = []
  let waiting = 0

  const inTime = async <A>(until: number, ask: (signal: AbortSignal) => Promise<A>): Promise<A> => {
    const stop = new AbortController()
    const close = (): void => stop.abort(new Error('the engine was closed'))
    const cancel = clock.at(until, () => stop.abort(new Error(`no answer within ${translatorDeadlineMs} ms`)))
    closing.addEventListener('abort', close, { once: true })
    if (closing.aborted) close()
    const late = new Promise<never>((_, reject) => {
      if (stop.signal.aborted) reject(stop.signal.reason)
      stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true })
    })
    waiting += 1
    for (const listener of listeners) listener()
    let leave = (): void => undefined
    try {
      const turn = turns.take(stop.signal).then((left) => {
        leave = left
        return ask(stop.signal)
      })
      return await Promise.race([turn, late])
    } finally {
      leave()
      waiting -= 1
      cancel()
      closing.removeEventListener('abort', close)
    }
  }

  /** What fails answers with nothing and never with an error. */
  const asker = <A>(ask: Ask<A>) => {
    const health: Health = { failures: 0, downUntil: 0 }

    const once = async (batch: ReadonlyArray<string>, until: number): Promise<ReadonlyArray<A | null>> => {
      const now = clock.now()
      if (health.downUntil > now || until <= now || closing.aborted) return batch.map(() => null)
      const deadline = Math.min(until, now + translatorDeadlineMs)
      try {
        const answers = await inTime(deadline, (signal) => ask(batch, signal))
        health.failures = 0
        return answers
      } catch (error) {
        if (closing.aborted) return batch.map(() => null)
        report(`translator ${name}`, error)
        // One text that it cannot take must not keep the others from being translated.
        if (batch.length > 1 && clock.now() < deadline) return one(batch, until)
        health.failures += 1
        if (health.failures >= failuresAtMost) health.downUntil = clock.now() + leftAloneMs
        return batch.map(() => null)
      }
    }

    const one = async (batch: ReadonlyArray<string>, until: number): Promise<ReadonlyArray<A | null>> => {
      const answers: Array<A | null> = []
      for (const text of batch) answers.push((await once([text], until))[0] ?? null)
      return answers
    }

    return async (texts: ReadonlyArray<string>, until: number): Promise<ReadonlyArray<A | null>> => {
      const answers = texts.map((): A | null => null)
      for (const places of batchesOf(texts, capabilities)) {
        const heard = await once(
          places.map((place) => texts[place] ?? ''),
          until,
        )
        for (const [index, place] of places.entries()) answers[place] = heard[index] ?? null
      }
      return answers
    }
  }

  const detecting = asker<string | null>(async (batch, signal) =>
    sensibleLanguages(await translator.detect([...batch], { signal, fetch }), batch.length),
  )
  const translating = new Map<string, ReturnType<typeof asker<Translation>>>()

  /** All pairs of languages are one provider, and share how it is doing. */
  const health: Health = { failures: 0, downUntil: 0 }
  void health

  return {
    name,
    canTranslate: capabilities.translate,
    canDetect: capabilities.detect,
    detect: async (texts, until) => (capabilities.detect ? detecting(texts, until) : texts.map(() => null)),
    translate: async (texts, from, to, until) => {
      void translating
      return texts.map(() => null).concat([])
    },
    waiting: () => waiting,
    onWaiting: (listener) => void listeners.push(listener),
  }
}
