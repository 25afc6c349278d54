import type { Storage } from '@guichet/engine/ports'

/** What a process that has lost its power gets from everything it asks. */
export class PowerLost extends Error {
  /** It does not go on asking. */
  readonly retryable = false

  constructor() {
    super('the power is gone')
  }
}

/** The current that one engine runs on. */
export interface Power {
  readonly storage: Storage
  /** Goes off after so many more operations: before the last one takes effect, or after it, unanswered. */
  readonly failAfter: (operations: number, unanswered: boolean) => void
  readonly isOn: () => boolean
  readonly cut: () => void
}

/** A store as one process sees it: what it holds outlives the process, the connection does not. */
export const powered = (store: Storage): Power => {
  let on = true
  let left = Infinity
  let unanswered = false

  const through = async <A>(operation: () => A | Promise<A>): Promise<A> => {
    if (!on) throw new PowerLost()
    left -= 1
    if (left > 0) return operation()
    on = false
    if (unanswered) await operation()
    throw new PowerLost()
  }

  // One process at a time: there are no others to hear of.
  const { watch: _watch, whisper: _whisper, ...alone } = store
  const wrapped = Object.fromEntries(
    Object.entries(alone).map(([name, value]) =>
      typeof value === 'function' && name !== 'stats' && name !== 'close'
        ? [
            name,
            (...args: ReadonlyArray<never>) =>
              through(() => (value as (...all: ReadonlyArray<never>) => unknown)(...args)),
          ]
        : [name, value],
    ),
  ) as unknown as Storage

  return {
    // The store goes on when the process that used it ends.
    storage: { ...wrapped, close: () => undefined },
    failAfter: (operations, lost) => {
      left = operations
      unanswered = lost
    },
    isOn: () => on,
    cut: () => {
      on = false
    },
  }
}
