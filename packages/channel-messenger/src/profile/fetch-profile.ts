import { exchange, retryAfterMs } from '@guichet/channel-kit'
import { graphError } from '@guichet/channel-kit/meta'
import type { ProfileContext, ProfileOutcome } from '@guichet/engine/ports'
import { isGuest } from '../inbound/address.ts'
import { addressOf, type Endpoint, headersOf } from '../outbound/endpoint.ts'
import { classify, type ErrorClass } from '../outbound/errors.ts'
import { profileOf } from './profile.ts'

/** What passes, or is for the host to mend: the same question may be answered then. Everything else is an answer. */
const passing: ReadonlySet<ErrorClass> = new Set(['throttle', 'slow', 'transient', 'ambiguous', 'account', 'auth'])

/**
 * Asks who somebody is. Many are not told of: who has not agreed, who has left, or where the application has no
 * permission. Source: Meta, "User Profile API", "Instagram API: User profile".
 */
export const fetchProfile = async (
  address: string,
  fields: ReadonlyArray<string>,
  endpoint: Endpoint,
  { fetch, signal }: ProfileContext,
): Promise<ProfileOutcome> => {
  if (isGuest(address)) return { _tag: 'Unknown' }
  const url = addressOf(endpoint, [address], { fields: fields.join(',') })
  const exchanged = await exchange(fetch, { method: 'GET', url, headers: headersOf(endpoint) }, { signal })
  if (exchanged._tag !== 'Answered') return { _tag: 'Retry', reason: exchanged.reason }
  const { status, headers, json } = exchanged
  const error = graphError(json)
  if (error === undefined && status >= 200 && status < 300 && json !== undefined) return profileOf(json)
  const afterMs = retryAfterMs(headers, Date.now())
  const later = {
    _tag: 'Retry',
    reason: error?.message || `answered with ${status}`,
    ...(afterMs === undefined ? {} : { afterMs }),
  } as const
  if (error !== undefined) return passing.has(classify(error)) ? later : { _tag: 'Unknown' }
  return status < 300 || status >= 500 || [401, 408, 425, 429].includes(status) ? later : { _tag: 'Unknown' }
}
