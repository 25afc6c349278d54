import type { InboundEvent } from '@guichet/engine/ports'
import { type NumberReading, numberOf } from '../number/number.ts'
import { becauseOf, type Verdicts } from '../send/verdict.ts'
import { consentChanged } from './received.ts'

/** What a provider's word for a status means; null: nothing that has not been known before. */
export type StatusTable = Readonly<Record<string, 'sent' | 'delivered' | 'read' | 'failed' | null>>

/** What a provider says of a message that has gone out. */
export interface Reported {
  readonly id: string | undefined
  /** Our key, where it comes back. */
  readonly reference?: string | undefined
  /** The provider's word, in lower case. */
  readonly status: string
  /** Who it went to, as the provider writes it. */
  readonly to?: string | undefined
  /** Epoch milliseconds. */
  readonly at?: number | undefined
  readonly code?: string | undefined
  readonly reason?: string | undefined
}

/** What a provider's words mean. */
export interface ReportTables {
  readonly statuses: StatusTable
  /** By its code, or by its reason where that is what is fixed. */
  readonly codes: Verdicts
}

/** What a failure says of the messages after it, and by which word of the provider: an opt-out before all else. */
const lessonIn = ({ code, reason }: Reported, codes: Verdicts) => {
  const known = [code, reason].flatMap((by) => {
    const verdict = by !== undefined && Object.hasOwn(codes, by) ? codes[by] : undefined
    const because = verdict === undefined ? undefined : becauseOf(verdict)
    return by === undefined || because === undefined ? [] : [{ by, because }]
  })
  return known.find(({ because }) => because === 'optedOut') ?? known[0]
}

/** A report by the tables of its provider; a code that says that the customer has opted out is a change of consent too. */
export const reported = (
  said: Reported,
  { statuses, codes }: ReportTables,
  reading: NumberReading,
): ReadonlyArray<InboundEvent> => {
  const { id, reference, status, to, at, code, reason } = said
  const means = Object.hasOwn(statuses, status) ? statuses[status] : undefined
  if (id === undefined || id.trim() === '') return [{ _tag: 'Ignored', reason: 'a report on no message' }]
  if (means === undefined) return [{ _tag: 'Ignored', reason: `unknown status: ${status}` }]
  if (means === null) return [{ _tag: 'Ignored', reason: `status: ${status}` }]
  const lesson = means === 'failed' ? lessonIn(said, codes) : undefined
  const report: InboundEvent = {
    _tag: 'DeliveryReported',
    externalId: id,
    ...(reference === undefined || reference === '' ? {} : { reference }),
    status: means,
    ...(at === undefined ? {} : { at }),
    ...(means === 'failed'
      ? { error: { code: code ?? status, message: reason ?? (code === undefined ? status : `${status}: ${code}`) } }
      : {}),
    ...(lesson === undefined ? {} : { because: lesson.because }),
  }
  if (lesson?.because !== 'optedOut' || to === undefined || to.trim() === '') return [report]
  // The time of the report comes first: what the report then says of the time when the message left is no news.
  return [consentChanged(numberOf(to, reading).address, false, lesson.by, at), report]
}
