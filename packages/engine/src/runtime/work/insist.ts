import type { Core } from '../core.ts'
import { EngineError } from '../error.ts'
import type { Untold } from './untold.ts'

/** So often at once: most failures are one broken connection. */
const attemptsAtOnce = 3
/** Until it is said again, in milliseconds; twice as long each time. */
const firstPauseMs = 500
const longestPauseMs = 5_000
/** So long it is still said when the engine closes, in milliseconds. */
const closingGraceMs = 10_000

/** The store failed, and may not the next time. */
export const mayPass = (error: unknown): boolean =>
  error instanceof EngineError && error.code === 'StorageFailed' && error.retryable

/** Waits, but not when the engine begins to close. */
const rest = (core: Core, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      cancel()
      deaf()
      resolve()
    }
    const cancel = core.clock.at(core.clock.now() + ms, go)
    const deaf = core.bus.on('closing', go)
  })

/**
 * Says something until the store hears it. What nobody else knows is said however long the store is away: a connection
 * that breaks, or an outage, must not leave in doubt what is certain. An engine that closes goes on for a moment, and then
 * tells the host. What was said may have been heard although it failed: it has to be the same twice as once, or refused.
 */
export const insist = async <A>(core: Core, untold: Untold | undefined, say: () => Promise<A>): Promise<A> => {
  let pauseMs = firstPauseMs
  let until = Infinity
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await say()
    } catch (error) {
      if (!mayPass(error)) throw error
      if (attempt < attemptsAtOnce) continue
      if (untold === undefined) throw error
      if (attempt === attemptsAtOnce) core.report('work deliver', error)
      const { aborted: closing } = core.closing
      const now = core.clock.now()
      if (closing) until = Math.min(until, now + closingGraceMs)
      if (now >= until) {
        const words = `the store did not hear that a message is ${untold.status}`
        core.report('close', new EngineError('StorageFailed', words, { cause: error }), untold)
        throw error
      }
      await rest(core, pauseMs)
      pauseMs = closing ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
    }
  }
}
