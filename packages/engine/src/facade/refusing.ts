import { EngineError, storageFailed } from '../runtime/error.ts'

/** Stops waiting when the signal is aborted; what was asked for may still happen. */
export const abortable = async <A>(signal: AbortSignal | undefined, asking: Promise<A>): Promise<A> => {
  if (signal === undefined) return asking
  const aborted = (): EngineError => new EngineError('Aborted', 'the caller stopped waiting', { cause: signal.reason })
  if (signal.aborted) {
    asking.catch(() => undefined)
    throw aborted()
  }
  let stop = (): void => undefined
  const giveUp = new Promise<never>((_, reject) => {
    stop = () => reject(aborted())
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([asking, giveUp])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** A refusal of what a host has passed on, with what would be right. */
export const invalid = (
  what: string,
  issue: string,
): {
  readonly ok: false
  readonly refusal: { readonly _tag: 'Invalid'; readonly what: string; readonly issues: [string] }
} => ({
  ok: false,
  refusal: { _tag: 'Invalid', what, issues: [issue] },
})

/** Everything that leaves the facade as a rejection is an `EngineError`; after the end of the engine it says `Closed`. */
export const asEngineError = async <A>(closing: AbortSignal, asking: () => Promise<A>): Promise<A> => {
  if (closing.aborted) throw new EngineError('Closed', 'the engine is closed')
  try {
    return await asking()
  } catch (error) {
    throw storageFailed(error)
  }
}
