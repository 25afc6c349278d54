import type { Handled } from './park.ts'
import type { Place } from './places.ts'

/** Its message was read before somebody else changed the conversation: it has to be made ready again. */
export interface Stale {
  readonly _tag: 'Stale'
}

export const isStale = (handled: Handled | Stale): handled is Stale => handled !== 'parked' && handled._tag === 'Stale'

/** An event of a delivery made ready: called in its turn it hands what it decides to the committer, there and then. */
export type Step = () => Promise<Handled | Stale>

/** What is known of an event about a message when it is made ready. */
export interface Beside {
  /** What it came with: all of it is stored together, in its order. */
  readonly request?: object | undefined
  /** Where its message is; absent when it is not there yet. */
  readonly place?: Place | undefined
  /** The row in which it waits for its message already. */
  readonly row?: string | undefined
}
