import type { Refusal } from '../domain/conversation/refusal.ts'
import { isFields } from '../domain/message/part-issues.ts'
import { EngineError, storageFailed } from '../runtime/error.ts'
import type { CommandOptions } from './types.ts'

/** What is no object says nothing: everything that is needed is missed in it. */
export const given = <A extends object>(value: A | null | undefined): A => (isFields(value) ? value : ({} as A))

/** A count or a number of the journal; undefined for whatever is none, as if it had been left out. */
export const wholeOf = (value: number | undefined): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? value : undefined

const keyAtMost = 1_000

/** Why what every command takes is not what its type says; null when it is. */
export const amiss = ({ expectedVersion, idempotencyKey }: CommandOptions): Refusal | null => {
  const isKey = typeof idempotencyKey === 'string' && idempotencyKey !== '' && idempotencyKey.length <= keyAtMost
  const issues = [
    ...(expectedVersion === undefined || wholeOf(expectedVersion) !== undefined ? [] : ['expectedVersion: a version']),
    ...(idempotencyKey === undefined || isKey ? [] : [`idempotencyKey: 1 to ${keyAtMost} characters`]),
  ]
  return issues.length === 0 ? null : { _tag: 'Invalid', what: 'options', issues }
}

const isSignal = (signal: unknown): signal is AbortSignal =>
  isFields(signal) && 'aborted' in signal && 'addEventListener' in signal

/** Stops waiting when the signal is aborted; what was asked for may still happen. */
export const abortable = <A>(signal: AbortSignal | undefined, asking: Promise<A>): Promise<A> =>
  isSignal(signal) ? untilAborted(signal, asking) : asking

const untilAborted = async <A>(signal: AbortSignal, asking: Promise<A>): Promise<A> => {
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
