import type { ClaimFlaw } from './claim-race-flaws.ts'

export interface WorkerOptions {
  readonly url: string
  /** The file that it writes down in what it does. */
  readonly ledger: string
  readonly leaseMs: number
  readonly limit: number
  /** How long the work of one claim takes, in milliseconds. */
  readonly workMs: number
  /** Whether it holds what it has claimed once more, just before the work. */
  readonly holds: boolean
  readonly flaw?: ClaimFlaw | undefined
}

/** What is said to it: to begin, or to do nothing else for a while, as in a loop that never ends. */
export type ToWorker = { readonly _tag: 'Begin' } | { readonly _tag: 'Block'; readonly ms: number }

/** What it says: that it may begin, and with how much it has. */
export type FromWorker = { readonly _tag: 'Ready' } | { readonly _tag: 'Began'; readonly many: number }

export const kinds = ['deliver', 'notify'] as const
