import type { Clock } from '@guichet/engine/ports'

/** The longest delay that a timer of the platform takes, in milliseconds. */
const longest = 2 ** 31 - 1

export interface MovableClock extends Clock {
  /** Time is the machine's, shifted by so many milliseconds. What becomes due by it fires. */
  readonly shift: (ms: number) => void
  /** How far it is shifted. */
  readonly shifted: () => number
}

/**
 * The machine's time with a shift: the shop's story is told in the past by it, so that its conversations have an age.
 */
export const movableClock = (ahead = 0): MovableClock => {
  let offset = ahead
  const waiting = new Set<{ readonly at: number; readonly fire: () => void; timer: NodeJS.Timeout | undefined }>()
  const now = () => Date.now() + offset
  const arm = (wait: { readonly at: number; readonly fire: () => void; timer: NodeJS.Timeout | undefined }) => {
    clearTimeout(wait.timer)
    const delay = Math.max(0, wait.at - now())
    wait.timer = setTimeout(
      () => {
        if (wait.at > now()) return arm(wait)
        waiting.delete(wait)
        wait.fire()
      },
      Math.min(delay, longest),
    )
  }
  return {
    now,
    at: (at, fire) => {
      const wait = { at, fire, timer: undefined as NodeJS.Timeout | undefined }
      waiting.add(wait)
      arm(wait)
      return () => {
        clearTimeout(wait.timer)
        waiting.delete(wait)
      }
    },
    shift: (ms) => {
      offset = ms
      for (const wait of waiting) arm(wait)
    },
    shifted: () => offset,
  }
}
