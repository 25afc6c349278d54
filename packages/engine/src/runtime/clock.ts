import type { Clock } from '../ports/clock.ts'

/**
 * Timers count time that has passed, not what the clock says, and stand still while a machine sleeps: the clock is
 * looked at again after this long, in milliseconds.
 */
const longest = 60_000

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
