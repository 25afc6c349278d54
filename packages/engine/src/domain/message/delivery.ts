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
