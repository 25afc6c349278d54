import type { Clock } from '../ports/clock.ts'

/** The longest that a timer of the platform can wait; later times are reached in several steps. */
const longest = 2 ** 31 - 1

/** The clock of the machine. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at: (at, fire) => {
    let timer: ReturnType<typeof setTimeout>
    const wait = (): void => {
      const left = at - Date.now()
      timer = setTimeout(left > longest ? wait : fire, Math.max(0, Math.min(left, longest)))
      if (typeof timer === 'object' && 'unref' in timer) timer.unref()
    }
    wait()
    return () => clearTimeout(timer)
  },
}
