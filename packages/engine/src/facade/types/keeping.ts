import type { RetentionPolicy } from '../../domain/workspace/retention.ts'
import type { Outcome } from './outcome.ts'

/** How long things are kept, and the job that lets them go. */
export interface Retention {
  readonly get: () => Promise<RetentionPolicy>
  /** From then on the job runs once a day. */
  readonly put: (policy: RetentionPolicy) => Promise<Outcome<RetentionPolicy>>
  /** Runs it now; what it did is in the feed as well. */
  readonly run: () => Promise<{ readonly deleted: number }>
}
