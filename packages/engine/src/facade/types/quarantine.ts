import type { Receipt } from '../../ports/channel.ts'
import type { Outcome } from './outcome.ts'

/** Deliveries that could not be understood, kept whole until somebody looks. */
export interface Quarantine {
  readonly list: () => Promise<ReadonlyArray<Quarantined>>
  /** Tries again, from the raw bytes. What succeeds leaves the quarantine. */
  readonly replay: (id: string) => Promise<Outcome<ReadonlyArray<Receipt>>>
}

/** One of them: for which account, since when (epoch milliseconds), why, and its raw bytes. */
export interface Quarantined {
  readonly id: string
  readonly account: string
  readonly at: number
  readonly reason: string
  readonly raw: Uint8Array
}
