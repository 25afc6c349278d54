import type { Clock } from '@guichet/engine/ports'

/** A clock that moves when it is told to. */
export const manualClock = (start = 1_000_000): Clock & { readonly advance: (ms: number) => void } => {
  let now = start
  const timers = new Set<{ readonly at: number; readonly fire: () => void }>()
  return {
    now: () => now,
    at: (at, fire) => {
      const timer = { at, fire }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance: (ms) => {
      const end = now + ms
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers.delete(next)
        now = Math.max(now, next.at)
        next.fire()
      }
      now = end
    },
  }
}
