import type { Bot } from '../../ports/bot.ts'
import type { Clock } from '../../ports/clock.ts'

/** How often in a row a bot may fail before it is left alone, and for how long, in milliseconds. */
const failuresAtMost = 3
const leftAloneMs = 60_000

/** The bots that the host has brought, and how they have been doing. */
export interface Bots {
  readonly get: (name: string) => Bot | undefined
  readonly names: ReadonlySet<string>
  /** Whether it is worth asking: a bot that keeps failing is left alone for a while. */
  readonly isUp: (name: string) => boolean
  readonly failed: (name: string) => void
  readonly succeeded: (name: string) => void
}

interface Health {
  readonly failures: number
  /** Epoch milliseconds. */
  readonly downUntil: number
}

/** How a bot is doing is known to this process alone: another one finds out for itself. */
export const makeBots = (bots: Readonly<Record<string, Bot>>, clock: Pick<Clock, 'now'>): Bots => {
  const registered = new Map(Object.entries(bots))
  const health = new Map<string, Health>()
  return {
    get: (name) => registered.get(name),
    names: new Set(registered.keys()),
    isUp: (name) => (health.get(name)?.downUntil ?? 0) <= clock.now(),
    failed: (name) => {
      const failures = (health.get(name)?.failures ?? 0) + 1
      // After its rest one more failure is enough, until it has succeeded once.
      health.set(name, { failures, downUntil: failures >= failuresAtMost ? clock.now() + leftAloneMs : 0 })
    },
    succeeded: (name) => void health.delete(name),
  }
}
