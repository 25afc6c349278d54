import type { MovableClock } from './clock.ts'

/** What stands around the engine, as it is now. */
export interface Scene {
  /** The engine's time, epoch milliseconds. */
  readonly now: number
  /** How far it is ahead of the machine's, in milliseconds. */
  readonly ahead: number
  /** Whether the provider takes mail. */
  readonly mail: boolean
}

/** What a demonstration may move: time, forward only, and whether mail can leave. */
export interface Stage {
  readonly scene: () => Scene
  readonly advance: (ms: number) => void
  readonly setMail: (on: boolean) => void
  /** Hears of every change. Returns how to stop. */
  readonly on: (listener: (scene: Scene) => void) => () => void
}

export const stage = (parts: {
  readonly clock: MovableClock
  /** Keeps how far the clock is ahead: after a restart time does not run backwards. */
  readonly keep: (ahead: number) => void
  readonly provider: { readonly on: () => boolean; readonly set: (on: boolean) => void }
}): Stage => {
  const { clock, keep, provider } = parts
  const listeners = new Set<(scene: Scene) => void>()
  const scene = (): Scene => ({ now: clock.now(), ahead: clock.shifted(), mail: provider.on() })
  const tell = () => {
    for (const listener of listeners) listener(scene())
  }
  return {
    scene,
    advance: (ms) => {
      const ahead = clock.shifted() + ms
      keep(ahead)
      clock.shift(ahead)
      tell()
    },
    setMail: (on) => {
      provider.set(on)
      tell()
    },
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
