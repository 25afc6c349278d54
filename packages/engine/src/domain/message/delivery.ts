import type { MessageAddress } from './message.ts'

/**
 * Where an outbound message is on its way. `uncertain`: it was handed over and nobody knows whether it arrived;
 * that is shown and never guessed away.
 */
export type DeliveryStatus = 'queued' | 'sending' | 'uncertain' | 'failed' | 'sent' | 'delivered' | 'read'

/** Why a message, or a part of it, did not get through. */
export interface DeliveryError {
  /** A stable word: `rejected`, `unreachable`, `expired`, … or the provider's own code. */
  readonly code: string
  readonly message: string
}

/** Where an outbound message is, since when (epoch milliseconds), and after how many attempts. */
export interface Delivery {
  readonly status: DeliveryStatus
  readonly at: number
  readonly attempts: number
  /** Why it failed; beside a later status it says that part of it failed after it had arrived. */
  readonly error?: DeliveryError
  /** The provider's id, once known. */
  readonly externalId?: string
  /**
   * How many pieces of a message that leaves in several have been accepted, while there are more: a retry goes on
   * from there.
   */
  readonly sentPieces?: number
  /** How many pieces there are, while not all of them have been accepted. */
  readonly pieces?: number
  /** When it was last offered to its channel, where that was long after it was written, epoch milliseconds. */
  readonly leftAt?: number
  /** Every id that the channel or the provider gave it, in the order in which they became known. */
  readonly ids?: ReadonlyArray<string>
  /** Where it stood when it was written, when its message was moved since: what makes sending it again safe. */
  readonly origin?: MessageAddress
  /** The message stands elsewhere now, and this is told of it there. */
  readonly movedTo?: MessageAddress
}

/**
 * Before anything has happened.
 *
 * @example
 * ```ts
 * import { queued } from '@guichet/engine/domain'
 *
 * console.log(queued(0))
 * ```
 *
 * ```text
 * { status: 'queued', at: 0, attempts: 0 }
 * ```
 */
export const queued = (at: number): Delivery => ({ status: 'queued', at, attempts: 0 })

/**
 * Nothing was handed over: it waits again. Only our own outbox may say so, of what it holds itself; a report from
 * outside goes through `advance`.
 *
 * @example
 * ```ts
 * import { advance, queued, requeued } from '@guichet/engine/domain'
 *
 * const sending = advance(queued(0), { status: 'sending', at: 1 })
 * const sent = advance(sending, { status: 'sent', at: 2 })
 * console.log(requeued(sending, 3, 'nobody answers').status, requeued(sent, 3, 'nobody answers').status)
 * ```
 *
 * ```text
 * queued sent
 * ```
 */
export const requeued = (current: Delivery, at: number, reason: string): Delivery =>
  current.status === 'sending'
    ? { ...current, status: 'queued', at, error: failedPiece(current) ?? { code: retrying, message: reason } }
    : current

/** The code of what only stands in the way for now. */
const retrying = 'retrying'

/** What is known to have failed of a message that is still on its way in pieces. */
const failedPiece = ({ sentPieces, error }: Delivery): DeliveryError | undefined =>
  sentPieces === undefined || error?.code === retrying ? undefined : error

/**
 * Evidence that something arrived outranks every doubt: `sent` after `failed` or `uncertain` counts, the reverse does
 * not. Providers report out of order, twice, and skip steps; ranks only ever rise.
 */
const rank: Readonly<Record<DeliveryStatus, number>> = {
  queued: 0,
  sending: 1,
  uncertain: 2,
  failed: 3,
  sent: 4,
  delivered: 5,
  read: 6,
}

/** What is heard of a message on its way, from the provider or from our own outbox; `at` in epoch milliseconds. */
export interface DeliveryReport {
  readonly status: DeliveryStatus
  readonly at: number
  readonly error?: DeliveryError
  readonly externalId?: string
}

/**
 * What a report makes of a delivery: forward, or unchanged (the same object). A failure that comes after the message
 * was sent is recorded beside the status, not instead of it.
 *
 * @example
 * ```ts
 * import { advance, queued } from '@guichet/engine/domain'
 *
 * const read = advance(queued(0), { status: 'read', at: 2 })
 * console.log(read.status, advance(read, { status: 'delivered', at: 3 }) === read)
 * ```
 *
 * ```text
 * read true
 * ```
 */
export const advance = (current: Delivery, report: DeliveryReport): Delivery => {
  const known =
    report.externalId !== undefined && current.externalId === undefined ? { externalId: report.externalId } : undefined
  if (rank[report.status] > rank[current.status]) {
    const { error: before, ...kept } = current
    // What stood in the way of sending is over once it is sent; what failed of it afterwards stays said.
    const error = report.error ?? (rank[current.status] > rank.failed ? before : failedPiece(current))
    return { ...kept, ...known, status: report.status, at: report.at, ...(error === undefined ? {} : { error }) }
  }
  if (report.status === 'failed' && rank[current.status] > rank.failed && current.error === undefined) {
    return { ...current, ...known, error: report.error ?? { code: 'failed', message: 'failed after it was sent' } }
  }
  return known === undefined ? current : { ...current, ...known }
}

/**
 * What a report from outside makes of a delivery. While pieces of a message have still to leave it has not arrived,
 * whatever is said of those that have; only that one of them has failed is kept.
 *
 * @example
 * ```ts
 * import { advance, queued, reported } from '@guichet/engine/domain'
 *
 * const sending = advance(queued(0), { status: 'sending', at: 1 })
 * const report = { status: 'delivered', at: 2 } as const
 * console.log(reported(sending, report).status, reported({ ...sending, sentPieces: 1 }, report).status)
 * ```
 *
 * ```text
 * delivered sending
 * ```
 */
export const reported = (current: Delivery, report: DeliveryReport): Delivery => {
  if (current.sentPieces === undefined) return advance(current, report)
  if (report.status !== 'failed' || failedPiece(current) !== undefined) return current
  return { ...current, error: report.error ?? { code: 'failed', message: 'part of it failed after it was sent' } }
}

/**
 * What a report makes of a delivery that names the piece it is about. Pieces leave in their order, each when the one
 * before it was accepted: what is reported of one says as well that those before it have left.
 *
 * @param piece from 0.
 *
 * @example
 * ```ts
 * import { advance, queued, reportedOf } from '@guichet/engine/domain'
 *
 * const sending = { ...advance(queued(0), { status: 'sending', at: 1 }), sentPieces: 0, pieces: 2 }
 * const first = reportedOf(sending, { status: 'sent', at: 2 }, 0)
 * console.log(first.status, first.sentPieces, reportedOf(first, { status: 'delivered', at: 3 }, 1))
 * ```
 *
 * ```text
 * sending 1 { status: 'delivered', at: 3, attempts: 0 }
 * ```
 */
export const reportedOf = (current: Delivery, report: DeliveryReport, piece: number): Delivery => {
  const { sentPieces, pieces } = current
  // Of what stands in the row the number of its pieces may be older than they are: then all that is known is its status.
  if (sentPieces === undefined || pieces === undefined || piece >= pieces) return reported(current, report)
  if (piece === pieces - 1) return wholly(advance(current, report))
  const known = reported(current, report)
  return piece < sentPieces ? known : { ...known, sentPieces: piece + 1 }
}

/**
 * Nothing of it is left to be sent.
 *
 * @example
 * ```ts
 * import { queued, wholly } from '@guichet/engine/domain'
 *
 * console.log(wholly({ ...queued(0), sentPieces: 1, pieces: 2 }))
 * ```
 *
 * ```text
 * { status: 'queued', at: 0, attempts: 0 }
 * ```
 */
export const wholly = ({ sentPieces: _, pieces: __, ...whole }: Delivery): Delivery => whole

/**
 * With ids that the channel or the provider gave it; the same object when they were known.
 *
 * @example
 * ```ts
 * import { queued, withIds } from '@guichet/engine/domain'
 *
 * console.log(withIds(withIds(queued(0), ['a']), ['b', 'a']).ids)
 * ```
 *
 * ```text
 * [ 'a', 'b' ]
 * ```
 */
export const withIds = (delivery: Delivery, externalIds: ReadonlyArray<string>): Delivery => {
  const ids = delivery.ids ?? []
  const more = externalIds.filter((id) => !ids.includes(id))
  return more.length === 0 ? delivery : { ...delivery, ids: [...ids, ...more] }
}

/**
 * What a watermark makes of a delivery: the contact has received or seen everything that the provider took until then.
 * Of what is not known to have been taken it says nothing. When that was is when it left, or else when it was written:
 * the time of a report is that of what it reports, and reports come in any order.
 *
 * @param sentAt when the message was written, epoch milliseconds.
 *
 * @example
 * ```ts
 * import { advance, queued, seenBefore } from '@guichet/engine/domain'
 *
 * const sent = advance(queued(10), { status: 'sent', at: 12 })
 * const mark = { status: 'read', upTo: 20 } as const
 * console.log(seenBefore(sent, 10, mark).status, seenBefore(sent, 21, mark) === sent, seenBefore(queued(10), 10, mark).status)
 * ```
 *
 * ```text
 * read true queued
 * ```
 */
export const seenBefore = (
  current: Delivery,
  sentAt: number,
  { status, upTo }: { readonly status: 'delivered' | 'read'; readonly upTo: number },
): Delivery => {
  if (rank[current.status] < rank.sent) return current
  return (current.leftAt ?? sentAt) > upTo ? current : advance(current, { status, at: Math.max(current.at, upTo) })
}
