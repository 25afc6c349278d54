import type { Clock } from '../ports/clock.ts'

/** A clock that only moves when it is told to. */
export interface ManualClock extends Clock {
  /** Moves to this time, firing what falls due on the way, in order. A time in the past moves nothing. */
  readonly moveTo: (at: number) => void
  readonly advance: (ms: number) => void
}

/**
 * Time for tests: starts at `start` (epoch milliseconds) and stands still.
 *
 * @example
 * ```ts
 * import { manualClock } from '@guichet/engine/memory'
 *
 * const clock = manualClock(0) // for an engine: createEngine({ storage, clock })
 * clock.at(60_000, () => console.log('a minute has passed'))
 * clock.advance(59_999)
 * console.log(clock.now())
 * clock.advance(1)
 * ```
 *
 * ```text
 * 59999
 * a minute has passed
 * ```
 */
export const manualClock = (start = Date.UTC(2026, 0, 1, 9)): ManualClock => {
  let now = start
  let timers: ReadonlyArray<{ readonly at: number; readonly fire: () => void }> = []

  const moveTo = (at: number): void => {
    for (;;) {
      const due = timers.filter((timer) => timer.at <= at).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      timers = timers.filter((timer) => timer !== due)
      now = Math.max(now, due.at)
      due.fire()
    }
    now = Math.max(now, at)
  }

  return {
    now: () => now,
    at: (at, fire) => {
      const timer = { at, fire }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    moveTo,
    advance: (ms) => moveTo(now + ms),
  }
}
