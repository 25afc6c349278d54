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

/** What can be missed. */
export type SlaTarget = 'firstResponse' | 'nextResponse' | 'resolution'

/**
 * The promises that run in a conversation; times are epoch milliseconds, null when nothing runs.
 *
 * What is due is counted from `asked` and `began`, which are kept when another policy applies. Under bot control, and in
 * spam, archived and closed conversations, nothing runs.
 */
export interface SlaClock {
  /** Null: none of the policies applies here at present. */
  readonly policy: string | null
  readonly firstResponse: number | null
  readonly nextResponse: number | null
  readonly resolution: number | null
  /** What is overdue: an answer makes good the responses, the close the resolution. The journal remembers all. */
  readonly missed: ReadonlyArray<SlaTarget>
  /** Since when people have had it: the beginning, the handover, or the reopening; null while they do not. */
  readonly began: number | null
  /** Since when the customer waits for an answer of a person; null when nobody waits. */
  readonly asked: number | null
  /** Whether a person has ever answered: what is due next is a first response until then. */
  readonly answered: boolean
}

/** How promises are counted here and now: the policies in order, and business time supplied from outside. */
export interface SlaFacts {
  readonly policies: ReadonlyArray<SlaPolicy>
  /** The moment at which so much business time has passed, epoch milliseconds; null when it never comes. */
  readonly after: (hours: string | null, from: number, businessMs: number) => number | null
}
