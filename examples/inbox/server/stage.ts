import type { MovableClock } from './clock.ts'
import type { Scenery, SharedScenery } from './scenery.ts'

/** What stands around the engine, as it is now. */
export interface Scene extends Scenery {
  /** The engine's time, epoch milliseconds. */
  readonly now: number
}

/** What a demonstration may move: time, forward only, and whether mail can leave. */
export interface Stage {
  readonly scene: () => Scene
  readonly advance: (ms: number) => void
  readonly setMail: (on: boolean) => void
  /** Hears of every change. Returns how to stop. */
  readonly on: (listener: (scene: Scene) => void) => () => void
  readonly close: () => void
}

/** Moves this process's clock, and follows what other processes move. */
export const stage = ({ clock, scenery }: { readonly clock: MovableClock; readonly scenery: SharedScenery }): Stage => {
  const listeners = new Set<(scene: Scene) => void>()
  let { mail } = scenery.read()
  const scene = (): Scene => ({ now: clock.now(), ahead: clock.shifted(), mail })
  const show = (next: Scenery): void => {
    if (next.ahead === clock.shifted() && next.mail === mail) return
    clock.shift(next.ahead)
    mail = next.mail
    for (const listener of listeners) listener(scene())
  }
  const move = (change: Partial<Scenery>): void => {
    const next = { ahead: clock.shifted(), mail, ...change }
    scenery.keep(next)
    show(next)
  }
  return {
    scene,
    advance: (ms) => move({ ahead: clock.shifted() + ms }),
    setMail: (on) => move({ mail: on }),
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: scenery.watch(() => show(scenery.read())),
  }
}
