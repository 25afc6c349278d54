import { type Exchanged, idAt, retryAfterMs } from '@guichet/channel-kit'
import { type GraphError, graphError } from '@guichet/channel-kit/meta'
import type { SendOutcome } from '@guichet/engine/ports'
import { classify } from './errors.ts'

type Answered = Extract<Exchanged, { readonly _tag: 'Answered' }>

const retry = (
  reason: string,
  { headers }: Pick<Answered, 'headers'>,
  scope: 'message' | 'account' = 'message',
): SendOutcome => {
  const afterMs = retryAfterMs(headers, Date.now())
  return { _tag: 'Retry', reason, scope, ...(afterMs === undefined ? {} : { afterMs }) }
}

const refusedBy = (error: GraphError, answered: Answered): SendOutcome => {
  const { code, subcode, message, details } = error
  const said = `${subcode === undefined ? code : `${code}/${subcode}`}`
  const reason = [message, details].filter(Boolean).join(': ') || `the Graph API refused it: ${said}`
  const means = classify(error)
  switch (means) {
    case 'throttle':
      return retry(reason, answered, 'account')
    case 'slow':
    case 'transient':
      return retry(reason, answered)
    case 'ambiguous':
      return { _tag: 'Ambiguous', reason }
    case 'refused':
      return { _tag: 'Rejected', code: said, reason }
    default:
      return { _tag: 'Rejected', code: said, reason, because: means }
  }
}

/** What a status means where nothing of the Graph API stands beside it: something between us and it has answered. */
const byStatus = (answered: Answered): SendOutcome => {
  const { status } = answered
  const reason = `answered with ${status}`
  if (status === 429) return retry(reason, answered, 'account')
  if (status === 408 || status === 425) return retry(reason, answered)
  if (status === 401 || status === 403) return { _tag: 'Rejected', code: String(status), reason, because: 'auth' }
  if (status === 413) return { _tag: 'Rejected', code: String(status), reason, because: 'content' }
  if (status >= 300 && status < 500) return { _tag: 'Rejected', code: String(status), reason }
  return { _tag: 'Ambiguous', reason: status < 300 ? 'accepted without an id' : reason }
}

/** What became of a request that asks for something with an id: `id` is where that stands in the answer. */
export const outcomeOf = (exchanged: Exchanged, id: string): SendOutcome & { readonly externalId?: string } => {
  if (exchanged._tag === 'NotReached') return { _tag: 'Retry', reason: exchanged.reason }
  if (exchanged._tag === 'Unknown') return { _tag: 'Ambiguous', reason: exchanged.reason }
  const { status, json } = exchanged
  const externalId = status >= 200 && status < 300 ? idAt(json, id) : undefined
  if (externalId !== undefined) return { _tag: 'Accepted', externalId }
  const error = graphError(json)
  return error === undefined ? byStatus(exchanged) : refusedBy(error, exchanged)
}
