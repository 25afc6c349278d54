/**
 * Time as the engine sees it, in epoch milliseconds. Tests hand in one that only moves when told to.
 */
export interface Clock {
  readonly now: () => number
  /** Calls `fire` once at or after `at`; returns how to cancel. */
  readonly at: (at: number, fire: () => void) => () => void
}
