import type { Priority } from '../conversation/state.ts'
import type { Strategy } from './strategy.ts'

/** A conversation that waits for an owner. Times are epoch milliseconds. */
export interface Waiting {
  readonly conversation: string
  readonly priority: Priority
  /** Since when it stands in the queue. */
  readonly since: number
  /** Agents who have let it pass; they are asked again when nobody else is left. */
  readonly passed: ReadonlyArray<string>
}

/** An agent who could take one. */
export interface Candidate {
  readonly agent: string
  /** Open conversations in her hands, offers to her included. */
  readonly load: number
  /** Null: unlimited. */
  readonly capacity: number | null
  /** When she was last given one, epoch milliseconds; null when never. */
  readonly lastAssignedAt: number | null
  /** Her turn in this queue: the lower is served first. 0 when she never had one. */
  readonly turn: number
}

/** What a plan is made of. The order of lists does not matter; each conversation and each agent stands there once. */
export interface PlanFacts {
  readonly now: number
  readonly strategy: Strategy
  /** How long an offer stands, in milliseconds; null to assign at once (`FirstN` then offers for `firstNOfferMs`). */
  readonly offerMs: number | null
  readonly waiting: ReadonlyArray<Waiting>
  readonly candidates: ReadonlyArray<Candidate>
  /** The highest turn that was given in this queue. */
  readonly turn: number
}

/** What is to be done, in this order. Whoever is named has `turn` as her turn from then on. */
export type PlanStep =
  | { readonly _tag: 'Assign'; readonly conversation: string; readonly agent: string; readonly turn: number }
  | {
      readonly _tag: 'Offer'
      readonly conversation: string
      readonly agents: ReadonlyArray<string>
      /** Epoch milliseconds. */
      readonly until: number
      readonly turn: number
    }

/**
 * A strategy of the host: who of these gets the next conversation, or nobody. It is shown the agents who have room,
 * with the loads that they will have, by id. Pure; an answer that is none of them, or a throw, gives it to nobody.
 */
export type CustomStrategy = (waiting: Waiting, candidates: ReadonlyArray<Candidate>, now: number) => string | null
