import type { Core } from '../core.ts'
import { EngineError } from '../error.ts'

/** Until it is said again, in milliseconds; twice as long each time. */
const firstPauseMs = 500
const longestPauseMs = 5_000

/** The store failed, and may not the next time. */
export const mayPass = (error: unknown): boolean =>
  error instanceof EngineError && error.code === 'StorageFailed' && error.retryable

/**
 * Says what nobody else knows as soon as the store hears it again. Nobody waits for it, and an engine that closes, or
 * dies, takes it along: so what is said has to be true, or refused, however late it comes.
 */
export const sayLater = (core: Core, say: () => Promise<unknown>): void => {
  const later = (pauseMs: number): void => {
    core.clock.at(core.clock.now() + pauseMs, () => {
      if (core.closing.aborted) return
      say().catch((error: unknown) => {
        if (mayPass(error)) later(Math.min(pauseMs * 2, longestPauseMs))
      })
    })
  }
  later(firstPauseMs)
}
