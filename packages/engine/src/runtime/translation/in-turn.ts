import type { Clock } from '../../ports/clock.ts'
import { makeTurns } from './turns.ts'

/** So many requests are with the translator at any time; the others wait for theirs. */
const askedAtOnce = 16

/** Waits for a translator, in turn and until a deadline, so that it is known how many do. */
export interface InTurn {
  /** Rejects when nothing has come until then (epoch milliseconds), or the engine closes. */
  readonly ask: <A>(until: number, asking: (signal: AbortSignal) => Promise<A>) => Promise<A>
  /** How many in this process wait now. */
  readonly waiting: () => number
  /** Hears when somebody more waits. */
  readonly onWaiting: (listener: () => void) => void
}

export const makeInTurn = (clock: Clock, closing: AbortSignal): InTurn => {
  const turns = makeTurns(askedAtOnce)
  const listeners: Array<() => void> = []
  const stops = new Set<AbortController>()
  closing.addEventListener('abort', () => {
    for (const stop of stops) stop.abort(new Error('the engine was closed'))
  })
  return {
    ask: async (until, asking) => {
      const stop = new AbortController()
      const cancel = clock.at(until, () => stop.abort(new Error('no answer in time')))
      const late = new Promise<never>((_, reject) => {
        stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true })
      })
      stops.add(stop)
      for (const listener of listeners) listener()
      let leave = (): void => undefined
      try {
        const turn = turns.take(stop.signal).then((left) => {
          leave = left
          return asking(stop.signal)
        })
        return await Promise.race([turn, late])
      } finally {
        leave()
        stops.delete(stop)
        cancel()
      }
    },
    waiting: () => stops.size,
    onWaiting: (listener) => void listeners.push(listener),
  }
}
