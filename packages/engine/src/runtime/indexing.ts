import type { Core } from './core.ts'

/** Entries at a time: short enough not to hold up a commit. */
const chunk = 2_000
/** A burst is indexed after it has passed, in milliseconds. */
const quietMs = 500

/** Brings the search index up to date behind the commits, never on their path. */
export const catchUp = async (core: Core): Promise<void> => {
  while ((await core.storage.index(chunk)) > 0);
}

/** Keeps the index up to date while the engine runs; returns how to stop. */
export const keepIndexed = (core: Core): (() => Promise<void>) => {
  let cancel: (() => void) | undefined
  let running: Promise<void> | undefined
  const run = (): void => {
    cancel = undefined
    running = catchUp(core).catch((error: unknown) => core.report('search index', error))
  }
  const unsubscribe = core.bus.on('committed', () => {
    cancel ??= core.clock.at(core.clock.now() + quietMs, run)
  })
  return async () => {
    unsubscribe()
    cancel?.()
    await running
  }
}
