/**
 * Where an outbound message is on its way. `uncertain`: it was handed over and nobody knows whether it arrived;
 * that is shown and never guessed away.
 */
export type DeliveryStatus = 'queued' | 'sending' | 'uncertain' | 'failed' | 'sent' | 'delivered' | 'read'

export interface DeliveryError {
  /** A stable word: `rejected`, `unreachable`, `expired`, … or the provider's own code. */
  readonly code: string
  readonly message: string
}

export interface Delivery {
  readonly status: DeliveryStatus
  readonly at: number
  readonly attempts: number
  /** Why it failed; beside a later status it says that part of it failed after it had arrived. */
  readonly error?: DeliveryError
  /** The provider's id, once known. */
  readonly externalId?: string
  /** How many pieces of a message that leaves in several have been accepted: a retry goes on from there. */
  readonly sentPieces?: number
}

/** Before anything has happened. */
export const queued = (at: number): Delivery => ({ status: 'queued', at, attempts: 0 })

/**
 * Nothing was handed over: it waits again. Only our own outbox may say so, of what it holds itself; a report from
 * outside goes through `advance`.
 */
export const requeued = (current: Delivery, at: number, error: DeliveryError): Delivery =>
  current.status === 'sending' ? { ...current, status: 'queued', at, error } : current

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

export interface DeliveryReport {
  readonly status: DeliveryStatus
  readonly at: number
  readonly error?: DeliveryError
  readonly externalId?: string
}

/**
 * What a report makes of a delivery: forward, or unchanged (the same object). A failure that comes after the message
 * was sent is recorded beside the status, not instead of it.
 */
export const advance = (current: Delivery, report: DeliveryReport): Delivery => {
  const known =
    report.externalId !== undefined && current.externalId === undefined ? { externalId: report.externalId } : undefined
  if (rank[report.status] > rank[current.status]) {
    const { error: before, ...kept } = current
    // What stood in the way of sending is over once it is sent; what failed of it afterwards stays said.
    const error = report.error ?? (rank[current.status] > rank.failed ? before : undefined)
    return { ...kept, ...known, status: report.status, at: report.at, ...(error === undefined ? {} : { error }) }
  }
  if (report.status === 'failed' && rank[current.status] > rank.failed && current.error === undefined) {
    return { ...current, ...known, error: report.error ?? { code: 'failed', message: 'failed after it was sent' } }
  }
  return known === undefined ? current : { ...current, ...known }
}
