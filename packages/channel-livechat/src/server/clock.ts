import type { Clock } from '@guichet/engine/ports'

/** The machine's own time. A timer of a chat never keeps a process alive that has nothing else to do. */
export const systemClock: Clock = {
  now: Date.now,
  at: (at, fire) => {
    const timer = setTimeout(fire, Math.max(0, at - Date.now()))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
