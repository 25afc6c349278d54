import { type Delivery, type DeliveryReport, reported, reportedOf, withIds } from './delivery.ts'

/** What a provider says of one of our messages, as it says it. */
export interface ToldOfMessage extends Omit<DeliveryReport, 'at'> {
  /** The provider's time, epoch milliseconds. */
  readonly at?: number
}

/**
 * A report of a provider as it counts here: its clock may be ahead, and nothing is heard before it has happened.
 *
 * @param now epoch milliseconds.
 *
 * @example
 * ```ts
 * import { heard } from '@guichet/engine/domain'
 *
 * console.log(heard({ status: 'sent' }, 5), heard({ status: 'read', at: 9 }, 5).at, heard({ status: 'read', at: 3 }, 5).at)
 * ```
 *
 * ```text
 * { status: 'sent', at: 5 } 5 3
 * ```
 */
export const heard = <T extends ToldOfMessage>(told: T, now: number): T & { readonly at: number } => ({
  ...told,
  at: Math.min(told.at ?? now, now),
})

/**
 * What a report makes of the delivery of the message that has its id.
 *
 * @param piece which piece of it the report is about, from 0, where it names that; null when it does not.
 *
 * @example
 * ```ts
 * import { advance, afterReport, queued } from '@guichet/engine/domain'
 *
 * const first = { ...advance(queued(0), { status: 'sending', at: 1 }), sentPieces: 0, pieces: 2 }
 * const report = { status: 'delivered', at: 2 } as const
 * console.log(afterReport(first, report, null).status, afterReport(first, report, 1).status)
 * ```
 *
 * ```text
 * sending delivered
 * ```
 */
export const afterReport = (current: Delivery, report: DeliveryReport, piece: number | null): Delivery =>
  piece === null ? reported(current, report) : reportedOf(current, report, piece)

/**
 * What a report makes of a delivery when it is the first to tell, by the key of the send, which id the message has.
 *
 * @example
 * ```ts
 * import { advance, boundByReport, queued } from '@guichet/engine/domain'
 *
 * const uncertain = advance(queued(0), { status: 'uncertain', at: 1 })
 * console.log(boundByReport(uncertain, { status: 'sent', at: 2, externalId: 'wamid.1' }, 0))
 * ```
 *
 * ```text
 * {
 *   status: 'sent',
 *   at: 2,
 *   attempts: 0,
 *   externalId: 'wamid.1',
 *   ids: [ 'wamid.1' ]
 * }
 * ```
 */
export const boundByReport = (
  current: Delivery,
  report: DeliveryReport & { readonly externalId: string },
  piece: number,
): Delivery => withIds(reportedOf(current, report, piece), [report.externalId])
