import type { MovableClock } from './clock.ts'
import { carriers, type Scenery, type SharedScenery } from './scenery.ts'

/** What stands around the engine, as it is now. */
export interface Scene extends Scenery {
  /** The engine's time, epoch milliseconds. */
  readonly now: number
}

/** What a demonstration may move: time, forward only, which providers take what leaves, and how they report. */
export interface Stage {
  readonly scene: () => Scene
  readonly advance: (ms: number) => void
  readonly set: (change: Partial<Omit<Scenery, 'ahead'>>) => void
  /** Hears of every change. Returns how to stop. */
  readonly on: (listener: (scene: Scene) => void) => () => void
  readonly close: () => void
}

/** Moves this process's clock, and follows what other processes move. */
export const stage = ({ clock, scenery }: { readonly clock: MovableClock; readonly scenery: SharedScenery }): Stage => {
  const listeners = new Set<(scene: Scene) => void>()
  let { ahead: _, ...providers } = scenery.read()
  const scene = (): Scene => ({ now: clock.now(), ahead: clock.shifted(), ...providers })
  const show = ({ ahead, ...next }: Scenery): void => {
    const same = ([...carriers, 'travel'] as const).every((what) => next[what] === providers[what])
    if (ahead === clock.shifted() && same) return
    clock.shift(ahead)
    providers = next
    for (const listener of listeners) listener(scene())
  }
  const move = (change: Partial<Scenery>): void => {
    const next = { ahead: clock.shifted(), ...providers, ...change }
    scenery.keep(next)
    show(next)
  }
  return {
    scene,
    advance: (ms) => move({ ahead: clock.shifted() + ms }),
    set: move,
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: scenery.watch(() => show(scenery.read())),
  }
}
