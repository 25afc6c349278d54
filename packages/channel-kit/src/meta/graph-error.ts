import { readJson } from '../body/read-json.ts'
import { field } from '../value/field.ts'
import { flagAt, idAt, numberAt, textAt } from '../value/values.ts'

/** Why the Graph API refused something. What to do about it follows from the code, not from the status of HTTP. */
export interface GraphError {
  readonly code: number
  readonly subcode?: number
  readonly message: string
  /** What it says about this case, where it says more than `message`. */
  readonly details?: string
  /** Meta says itself that it may work in a moment. */
  readonly transient: boolean
  /** `fbtrace_id`: what Meta's support asks for. */
  readonly traceId?: string
}

/** `error_data` is an object, or a text; and the text may be that object as JSON. */
const detailsOf = (error: unknown): string | undefined => {
  const data = field(error, 'error_data')
  if (typeof data !== 'string') {
    return textAt(data, 'details') ?? textAt(error, 'details') ?? textAt(error, 'error_user_msg')
  }
  const read = readJson(Buffer.from(data))
  const within = read.ok ? textAt(read.value, 'details') : undefined
  return within ?? (data === '' ? undefined : data)
}

/**
 * Reads the error in an answer of the Graph API (`{ "error": { … } }`), or one of a list of errors as webhooks carry them
 * (`{ "code", "title", … }`); undefined when it is none: no code, no error.
 *
 * @example
 * ```ts
 * import { graphError } from '@guichet/channel-kit/meta'
 *
 * const answer = {
 *   error: {
 *     message: '(#131047) Re-engagement message',
 *     type: 'OAuthException',
 *     code: 131047,
 *     error_data: { messaging_product: 'whatsapp', details: 'More than 24 hours have passed' },
 *     fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
 *   },
 * }
 * console.log(graphError(answer)?.code, graphError(answer)?.details)
 * console.log(graphError({ messages: [] }))
 * ```
 *
 * ```text
 * 131047 More than 24 hours have passed
 * undefined
 * ```
 */
export const graphError = (json: unknown): GraphError | undefined => {
  const error = field(json, 'error') ?? json
  const code = numberAt(error, 'code')
  if (code === undefined) return undefined
  const subcode = numberAt(error, 'error_subcode')
  const details = detailsOf(error)
  const traceId = idAt(error, 'fbtrace_id')
  return {
    code,
    ...(subcode === undefined ? {} : { subcode }),
    message: textAt(error, 'message') ?? textAt(error, 'title') ?? '',
    ...(details === undefined ? {} : { details }),
    transient: flagAt(error, 'is_transient'),
    ...(traceId === undefined ? {} : { traceId }),
  }
}
