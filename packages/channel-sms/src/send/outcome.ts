import { type Exchanged, retryAfterMs } from '@guichet/channel-kit'
import type { Json, SendOutcome } from '@guichet/engine/ports'
import { judged, type Verdict, type Verdicts } from './verdict.ts'

/** Why a provider refused something, in its own words. */
export interface Refusal {
  readonly code: string
  readonly reason: string
}

/** How a provider answers a send. */
export interface Answers {
  /** The id in an answer that accepts; undefined when there is none. */
  readonly idOf: (json: Json | undefined) => string | undefined
  /** The refusal in an answer, of any status: some refuse with 200. */
  readonly refusalOf: (json: Json | undefined) => Refusal | undefined
  readonly verdicts: Verdicts
  /** How long to wait after a code that asks for longer than a moment, in milliseconds. */
  readonly pausesMs?: Readonly<Record<string, number>>
  /** What of a message was refused while the rest of it was accepted. */
  readonly partlyRefused?: (json: Json | undefined) => Refusal | undefined
}

/** What an answer means whose code is unknown, by its status. */
const byStatus = (status: number, retryAfter: number | undefined): Verdict => {
  if (status === 429) return 'throttle'
  if (status === 401 || status === 403) return 'auth'
  // No credit; an address that is not, or no longer, that of the API.
  if (status === 402 || status === 404 || (status >= 300 && status < 400)) return 'account'
  // What broke on the way may have been taken in before it broke, unless somebody says when to come again.
  if (status >= 500) return status === 503 && retryAfter !== undefined ? 'again' : 'uncertain'
  // Too early (RFC 8470, 5.2): nothing was done with it.
  if (status === 425) return 'again'
  return status === 408 ? 'uncertain' : 'refused'
}

/** What became of a send. Only an answer that names the message counts as accepted. */
export const outcomeOf = (
  exchanged: Exchanged,
  { idOf, refusalOf, verdicts, pausesMs = {}, partlyRefused }: Answers,
  now: number = Date.now(),
): SendOutcome => {
  if (exchanged._tag === 'NotReached') return { _tag: 'Retry', reason: exchanged.reason }
  if (exchanged._tag === 'Unknown') return { _tag: 'Ambiguous', reason: exchanged.reason }
  const { status, headers, json, complete } = exchanged
  const refusal = refusalOf(json)
  const accepting = status >= 200 && status < 300
  if (accepting && refusal === undefined) {
    const externalId = idOf(json)
    if (externalId === undefined) return { _tag: 'Ambiguous', reason: `answered ${status} without the id of a message` }
    const partly = partlyRefused?.(json)
    const error = partly === undefined ? {} : { error: { code: partly.code, message: partly.reason } }
    return { _tag: 'Accepted', externalId, ...error }
  }
  // Why it was refused has not been read; that it was is certain.
  if (refusal === undefined && !complete && status >= 400 && status < 500) {
    return { _tag: 'Retry', reason: `answered with ${status}, and the reason broke off` }
  }
  const { code, reason } = refusal ?? { code: `http-${status}`, reason: `answered with ${status}` }
  const afterMs = retryAfterMs(headers, now)
  const known = Object.hasOwn(verdicts, code) ? verdicts[code] : undefined
  const verdict = known ?? (accepting ? 'refused' : byStatus(status, afterMs))
  const pauseMs = afterMs ?? (Object.hasOwn(pausesMs, code) ? pausesMs[code] : undefined)
  return judged(verdict, { code, reason, afterMs: pauseMs })
}
