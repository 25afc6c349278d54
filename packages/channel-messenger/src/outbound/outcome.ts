import { type Exchanged, idAt, retryAfterMs } from '@guichet/channel-kit'
import { type GraphError, graphError } from '@guichet/channel-kit/meta'
import type { Json, SendOutcome } from '@guichet/engine/ports'
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

const refusedBy = (error: GraphError, answered: Answered, beside: boolean): SendOutcome => {
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
    case 'permission':
      return { _tag: 'Rejected', code: said, reason, ...(beside ? {} : { because: 'auth' }) }
    default:
      return { _tag: 'Rejected', code: said, reason, because: means }
  }
}

/** What a status means where nothing of the Graph API stands beside it: something between us and it has answered. */
const byStatus = (answered: Answered, beside: boolean): SendOutcome => {
  const { status, complete } = answered
  const reason = `answered with ${status}`
  if (status === 429) return retry(reason, answered, 'account')
  if (status < 300) return { _tag: 'Ambiguous', reason: 'taken, with an answer that does not say so' }
  // Whoever gave up waiting may have passed it on before.
  if (status >= 500 || status === 408) return { _tag: 'Ambiguous', reason }
  // Too early, says 425. And whatever else was not taken in has a code, which breaks off with the body that it stands in.
  if (status === 425 || (status >= 400 && !complete)) return retry(reason, answered)
  const rejected = { _tag: 'Rejected', code: String(status), reason } as const
  if (status === 401 || status === 403) return { ...rejected, because: 'auth' }
  if (status === 413) return { ...rejected, because: 'content' }
  // A redirect is no Graph API, and one that knows no page is not ours.
  return (status < 400 || status === 404) && !beside ? { ...rejected, because: 'account' } : rejected
}

/** What an answer to a request that was taken says, undefined when it says nothing of the kind. */
export type ReadAccepted = (json: Json | undefined) => SendOutcome | undefined

/** What was made has an id, which stands there. */
export const acceptedAt =
  (name: string): ReadAccepted =>
  (json) => {
    const externalId = idAt(json, name)
    return externalId === undefined ? undefined : { _tag: 'Accepted', externalId }
  }

/**
 * What became of a request. Without the permission to send, nothing of the account leaves; `beside` messages, to lack it
 * for one thing says nothing of the others.
 */
export const outcomeOf = (exchanged: Exchanged, accepted: ReadAccepted, beside = false): SendOutcome => {
  if (exchanged._tag === 'NotReached') return { _tag: 'Retry', reason: exchanged.reason }
  if (exchanged._tag === 'Unknown') return { _tag: 'Ambiguous', reason: exchanged.reason }
  const { status, json } = exchanged
  const taken = status >= 200 && status < 300 ? accepted(json) : undefined
  if (taken !== undefined) return taken
  const error = graphError(json)
  return error === undefined ? byStatus(exchanged, beside) : refusedBy(error, exchanged, beside)
}
