import { type Exchanged, field, retryAfterMs } from '@guichet/channel-kit'
import { graphError } from '@guichet/channel-kit/meta'
import type { SendOutcome } from '@guichet/engine/ports'
import { outcomeOf, reasonOf } from './errors.ts'

type Answered = Extract<Exchanged, { readonly _tag: 'Answered' }>

const rejected = (status: number, because?: 'auth' | 'account' | 'content'): SendOutcome => ({
  _tag: 'Rejected',
  code: `http${status}`,
  reason: `answered with ${status}`,
  ...(because === undefined ? {} : { because }),
})

/** Where no code says more. A redirect is no Graph API, and no answer in time is not one either. */
const byStatus = ({ status, complete }: Answered, afterMs: number | undefined): SendOutcome => {
  if (status === 429) {
    const wait = afterMs === undefined ? {} : { afterMs }
    return { _tag: 'Retry', reason: 'too many requests', ...wait, scope: 'account' }
  }
  if (status >= 500 || status === 408) return { _tag: 'Ambiguous', reason: `answered with ${status}` }
  // Too early, says 425. And whatever else was not taken in has a code, which breaks off with the body that it stands in.
  if (status === 425 || (status >= 400 && !complete)) return { _tag: 'Retry', reason: `answered with ${status}` }
  if (status === 401 || status === 403) return rejected(status, 'auth')
  if (status === 404 || status < 400) return rejected(status, 'account')
  return rejected(status, status === 413 ? 'content' : undefined)
}

/** What an answer that is no success comes to: by its code first, then by its status. */
export const refusalOf = (answered: Answered): SendOutcome => {
  const { headers, json } = answered
  const afterMs = retryAfterMs(headers, Date.now())
  const error = graphError(field(json, 'error'))
  const known = error && outcomeOf(error, afterMs)
  if (known !== undefined) return known
  const unknown = byStatus(answered, afterMs)
  return error === undefined || unknown._tag !== 'Rejected'
    ? unknown
    : { ...unknown, code: String(error.code), reason: reasonOf(error) }
}

export const isSuccess = ({ status }: Answered): boolean => status >= 200 && status < 300
