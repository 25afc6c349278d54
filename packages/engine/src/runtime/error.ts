/** What can go wrong beneath the engine. Refusals are not errors: they are returned. */
export type EngineErrorCode =
  /** The store failed or is out of reach. Nothing was half done. */
  | 'StorageFailed'
  /** The blobs of attachments failed or are out of reach. */
  | 'BlobsFailed'
  /** Others kept changing the same thing; every attempt lost. */
  | 'Contended'
  /** The caller's signal was aborted. What was asked for may still have happened. */
  | 'Aborted'
  | 'Closed'
  /** The options or a plugin do not fit together. */
  | 'Misconfigured'
  | 'Defect'

/**
 * Infrastructure failed. `retryable`: the same call may succeed later, and repeating it does nothing twice.
 *
 * @example
 * ```ts
 * import { EngineError, createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * const engine = await createEngine({ storage: memoryStorage() })
 * await engine.close()
 * try {
 *   await engine.settle()
 * } catch (error) {
 *   if (error instanceof EngineError) console.log(error.code, error.retryable)
 * }
 * ```
 *
 * ```text
 * Closed false
 * ```
 */
export class EngineError extends Error {
  readonly code: EngineErrorCode
  readonly retryable: boolean

  constructor(
    code: EngineErrorCode,
    message: string,
    options?: { readonly cause?: unknown; readonly retryable?: boolean },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'EngineError'
    this.code = code
    this.retryable = options?.retryable ?? false
  }
}

/** Others were faster, or have the work in hand: whatever is to be done about it is theirs. */
export const isContended = (error: unknown): boolean => error instanceof EngineError && error.code === 'Contended'

const saysRetryable = (cause: unknown): boolean =>
  !(typeof cause === 'object' && cause !== null && 'retryable' in cause && cause.retryable === false)

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** A rejection of the store. Unless it says otherwise it may be tried again: every commit is safe to repeat. */
export const storageFailed = (cause: unknown): EngineError =>
  cause instanceof EngineError
    ? cause
    : new EngineError('StorageFailed', `the store failed: ${messageOf(cause)}`, {
        cause,
        retryable: saysRetryable(cause),
      })

export const blobsFailed = (cause: unknown): EngineError =>
  new EngineError('BlobsFailed', `attachments failed: ${messageOf(cause)}`, { cause, retryable: true })
