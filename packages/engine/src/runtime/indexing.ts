import type { Core } from './core.ts'
import { defer } from './defer.ts'

/** Entries at a time: short enough not to hold up a commit. */
const chunk = 500
/** A burst is indexed when it has passed, in milliseconds … */
const quietMs = 500
/** … or when it has gone on for this long. Search takes in what is missing by itself. */
const patienceMs = 30_000

const soon = (): Promise<void> => new Promise((resolve) => defer(resolve))

/** Brings the search index up to date behind the commits, never on their path, and lets them through in between. */
export const catchUp = async (core: Core): Promise<void> => {
  while ((await core.storage.index(chunk)) > 0) await soon()
}

/** Keeps the index up to date while the engine runs; returns how to stop. */
export const keepIndexed = (core: Core): (() => Promise<void>) => {
  let cancel: (() => void) | undefined
  let running: Promise<void> | undefined
  let since: number | undefined
  const run = (): void => {
    cancel = undefined
    since = undefined
    running = catchUp(core).catch((error: unknown) => core.report('search index', error))
  }
  const unsubscribe = core.bus.on('committed', () => {
    const now = core.clock.now()
    since ??= now
    cancel?.()
    cancel = core.clock.at(Math.min(now + quietMs, since + patienceMs), run)
  })
  return async () => {
    unsubscribe()
    cancel?.()
    await running
  }
}
