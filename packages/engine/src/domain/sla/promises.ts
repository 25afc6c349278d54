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
