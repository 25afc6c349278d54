import type { InboundEvent } from '@guichet/engine/ports'
import { type NumberReading, numberOf } from '../number/number.ts'
import type { Verdicts } from '../send/verdict.ts'
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
  /** By its code, or by its reason where that is what is fixed. Only what says that the customer has opted out is acted on. */
  readonly codes: Verdicts
}

/** A report by the tables of its provider; a code that says that the customer has opted out is a change of consent too. */
export const reported = (
  { id, reference, status, to, at, code, reason }: Reported,
  { statuses, codes }: ReportTables,
  reading: NumberReading,
): ReadonlyArray<InboundEvent> => {
  const means = Object.hasOwn(statuses, status) ? statuses[status] : undefined
  if (id === undefined || id.trim() === '') return [{ _tag: 'Ignored', reason: 'a report on no message' }]
  if (means === undefined) return [{ _tag: 'Ignored', reason: `unknown status: ${status}` }]
  if (means === null) return [{ _tag: 'Ignored', reason: `status: ${status}` }]
  const report: InboundEvent = {
    _tag: 'DeliveryReported',
    externalId: id,
    ...(reference === undefined || reference === '' ? {} : { reference }),
    status: means,
    ...(at === undefined ? {} : { at }),
    ...(means === 'failed'
      ? { error: { code: code ?? status, message: reason ?? (code === undefined ? status : `${status}: ${code}`) } }
      : {}),
  }
  const by = [code, reason].find((one) => one !== undefined && Object.hasOwn(codes, one) && codes[one] === 'optedOut')
  if (means !== 'failed' || by === undefined || to === undefined || to.trim() === '') return [report]
  return [report, consentChanged(numberOf(to, reading).address, false, by, at)]
}
