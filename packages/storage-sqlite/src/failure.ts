/** What a store's operation rejects with. `code` is SQLite's own where it has one. */
export interface StorageFailure extends Error {
  readonly code: string
  /** Whether the same call may succeed later without anybody repairing anything. */
  readonly retryable: boolean
}

export const failure = (code: string, message: string, retryable: boolean, cause?: unknown): StorageFailure =>
  Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code, retryable })

/** Somebody else holds the file, or the disk is full or unwell: conditions that pass. */
const passing = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM|INTERRUPT|PROTOCOL)/

/** Any error as one with a code; what has none, such as a status that does not exist, is the caller's or our mistake. */
export const toFailure = (error: unknown): StorageFailure => {
  if (error instanceof Error) {
    const { code, retryable } = error as Partial<StorageFailure>
    if (code !== undefined && retryable !== undefined) return error as StorageFailure
    if (code !== undefined) return failure(code, error.message, passing.test(code), error)
  }
  return failure('ERR_UNEXPECTED', error instanceof Error ? error.message : String(error), false, error)
}
