import { withAdvice } from './advice.ts'

/** What a store's operation rejects with. `code` is the server's SQLSTATE, Node's name of a broken connection, or ours. */
export interface StorageFailure extends Error {
  readonly code: string
  /** Whether the same call may succeed later without anybody repairing anything. */
  readonly retryable: boolean
}

export const failure = (code: string, message: string, retryable: boolean, cause?: unknown): StorageFailure =>
  Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code, retryable })

/**
 * Classes and codes of SQLSTATE (PostgreSQL's Appendix A) that pass: connections (08), a transaction that others undid
 * (40), too few resources (53), an operator's intervention (57) short of dropping the database, failing disks (58), a
 * lock not to be had, a server that only reads for now (a stand-by before its promotion), a transaction that was ended
 * because this process was held up in it, and what poolers say.
 */
const passing = /^(08|40|53|57(?!P04)|58)|^(55P03|25006|25P03|25P04)$/

/** Connections that broke, by Node. */
const broken = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET|ENOENT)/

/** What pg says, without a code, when a connection was lost or took too long. */
const lost = /terminated|timeout|not queryable|closed/i

/** Any error as one with a code. */
export const toFailure = (error: unknown): StorageFailure => {
  if (!(error instanceof Error)) return failure('ERR_UNEXPECTED', String(error), false, error)
  const { code, retryable } = error as Partial<StorageFailure>
  if (code !== undefined && retryable !== undefined) return error as StorageFailure
  // Of several addresses that nobody answers at, Node says nothing but the code.
  const words = error.message || `the server cannot be reached (${code ?? error.name})`
  if (code !== undefined) return failure(code, withAdvice(code, words), passing.test(code) || broken.test(code), error)
  if (lost.test(words)) return failure('ERR_CONNECTION', words, true, error)
  return failure('ERR_UNEXPECTED', words, false, error)
}
