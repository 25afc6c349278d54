import type { Signals } from './bus.ts'
import type { Core } from './core.ts'
import { uuids } from './ids.ts'

/** What engines tell each other beside the store: who types and who looks. */
type Name = 'typing' | 'agentTyping' | 'seat'
type Said = { readonly [One in Name]: { readonly name: One; readonly signal: Omit<Signals[One], 'workspace'> } }[Name]

/** Longer than this nothing is said: the port promises it to stores. */
const lengthAtMost = 2_000
/** Who sits somewhere is said again so often, for those who missed it or have just started, in milliseconds. */
const repeatMs = 20_000

/**
 * Carries what is true for a moment only to the other engines on the store, and theirs to this one; without a store
 * that can do that, nobody hears. Returns how to stop.
 */
export const whispering = (core: Core): (() => void) => {
  const { bus, clock, watchers } = core
  const { whisper } = core.storage
  if (whisper === undefined) return () => undefined
  const self = uuids.next()
  /** While what another engine has said goes through this one, it is not said once more. */
  let passingOn = false
  let cancelRepeat: (() => void) | undefined

  const say = <One extends Name>(name: One, { workspace, ...signal }: Signals[One]): void => {
    if (passingOn) return
    const text = JSON.stringify({ from: self, name, signal })
    if (text.length <= lengthAtMost) whisper.say(workspace, text)
  }

  const repeat = (): void => {
    const seats = watchers.seats()
    for (const seat of seats) say('seat', seat)
    cancelRepeat = seats.length === 0 ? undefined : clock.at(clock.now() + repeatMs, repeat)
  }

  const hear = (workspace: string, text: string): void => {
    const { from, ...said } = JSON.parse(text) as Said & { readonly from: string }
    if (from === self) return
    switch (said.name) {
      case 'typing':
        return bus.emit('typing', { workspace, ...said.signal })
      case 'agentTyping':
        return bus.emit('agentTyping', { workspace, ...said.signal })
      case 'seat':
        return watchers.hear(from, { workspace, ...said.signal })
      default:
        // An engine of another version may say more than this one knows.
        return undefined
    }
  }

  const stops = [
    bus.on('typing', (signal) => say('typing', signal)),
    bus.on('agentTyping', (signal) => say('agentTyping', signal)),
    bus.on('seat', (signal) => {
      say('seat', signal)
      if (signal.on) cancelRepeat ??= clock.at(clock.now() + repeatMs, repeat)
    }),
    whisper.hear((workspace, text) => {
      passingOn = true
      try {
        hear(workspace, text)
      } catch (error) {
        core.report('whisper', error)
      } finally {
        passingOn = false
      }
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    cancelRepeat?.()
  }
}
