import type { CanSend } from '@guichet/engine/domain'
import { dateAndTime } from '../../shared/time.ts'
import { t } from './t.ts'

const reasons = ['window', 'optedOut', 'blocked', 'elsewhere', 'noIdentity', 'noChannel'] as const

type Reason = (typeof reasons)[number]

/** A reason for which nothing leaves, in words; whatever else the server names stays as it is. */
export const reasonOf = (reason: string): string =>
  (reasons as ReadonlyArray<string>).includes(reason) ? t()[`cannotSend_${reason as Reason}`] : reason

/** Why no words leave at this moment, until when, and what may leave instead; null when they do. */
export const barred = (answer: CanSend | null, now: number): string | null => {
  if (answer === null) return null
  const words = t()
  if (answer._tag === 'Yes') {
    return answer.until === undefined || answer.until > now ? null : words.cannotSend_window
  }
  const { because, until, may } = answer
  if (until !== undefined && until <= now) return null
  return [
    words[`cannotSend_${because}`],
    ...(until === undefined ? [] : [words.cannotSend_until(dateAndTime(until))]),
    ...(may === undefined ? [] : [words.cannotSend_templates]),
  ].join(' ')
}

/** So long before the end of the time for an answer it is said, in milliseconds. */
const soon = 3 * 3_600_000

/** Until when an answer can leave, when that is soon. */
export const closing = (answer: CanSend | null, now: number): string | null => {
  const until = answer?._tag === 'Yes' ? answer.until : undefined
  return until === undefined || until <= now || until - now > soon ? null : t().canSend_until(dateAndTime(until))
}
