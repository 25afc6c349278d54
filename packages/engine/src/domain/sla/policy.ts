import type { Priority } from '../conversation/state.ts'

/**
 * What is promised to customers, in milliseconds of business time; null promises nothing. The first policy in order
 * whose conditions hold applies; an absent condition always holds.
 */
export interface SlaPolicy {
  readonly id: string
  readonly name: string
  readonly when: {
    readonly queues?: ReadonlyArray<string>
    readonly channels?: ReadonlyArray<string>
    readonly priorities?: ReadonlyArray<Priority>
  }
  /** From the beginning to the first answer of a person. */
  readonly firstResponse: number | null
  /** From a customer's message to the next answer. */
  readonly nextResponse: number | null
  /** From the beginning, or from reopening, to the close. */
  readonly resolution: number | null
  /** The business hours in which time runs; null runs always. */
  readonly hours: string | null
}

/** How promises are counted here and now: the policies in order, and business time supplied from outside. */
export interface SlaFacts {
  readonly policies: ReadonlyArray<SlaPolicy>
  /** The moment at which so much business time has passed, epoch milliseconds; null when it never comes. */
  readonly after: (hours: string | null, from: number, businessMs: number) => number | null
}
