import type { SendOutcome } from '@guichet/engine/ports'
import type { NodemailerError } from 'nodemailer'

/** How far a mail got before something went wrong. */
export type Progress =
  /** The final dot was not written: whatever the server has is no mail. */
  | 'incomplete'
  /** Everything was written, and the answer to it did not come. */
  | 'complete'

const minute = 60_000

/** The refusals of single recipients, which nodemailer hangs on the error or the result. */
export interface Refusal {
  readonly responseCode?: number | undefined
  readonly response?: string | undefined
  readonly recipient?: string | undefined
}

const isPermanent = (code: number | undefined): boolean => code !== undefined && code >= 500 && code !== 503

const short = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300)

/** The enhanced status code of RFC 3463 when the server gave one, else the three digits. */
export const codeOf = (response: string | undefined, code: number | undefined): string =>
  /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1] ?? String(code ?? 'rejected')

/**
 * What a failed send means. The server's word decides where there is one: 5xx to the mail or its recipients is final,
 * 4xx asks to come again. A connection that ends before the last byte of the mail has handed over nothing; one that
 * ends after it may have, and nobody knows. A refused login or greeting says nothing of the mail, so that waits for
 * somebody to mend the settings.
 */
export const failureOf = (
  error: NodemailerError & { readonly rejectedErrors?: ReadonlyArray<Refusal> | undefined },
  progress: Progress,
): SendOutcome => {
  const reason = short(error.message)
  const refusals = error.rejectedErrors ?? []
  switch (error.code) {
    case 'EENVELOPE':
    case 'EMESSAGE': {
      // Some for good and some for now: come again; those refused for good are refused again, the others get theirs.
      const temporary = refusals.find(({ responseCode }) => responseCode !== undefined && !isPermanent(responseCode))
      if (temporary !== undefined) return { _tag: 'Retry', reason }
      const { responseCode } = error
      if (responseCode === undefined || isPermanent(responseCode)) {
        return { _tag: 'Rejected', code: codeOf(error.response, responseCode), reason }
      }
      return { _tag: 'Retry', reason }
    }
    case 'EAUTH':
    case 'ENOAUTH':
      return { _tag: 'Retry', reason, afterMs: 5 * minute }
    default:
      return progress === 'complete' ? { _tag: 'Ambiguous', reason } : { _tag: 'Retry', reason }
  }
}
