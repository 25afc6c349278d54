import type { ClaimedWork, Settlement } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { isContended } from '../error.ts'
import { leaseMs } from './backoff.ts'
import { write } from '../write.ts'

/** So often is held on to what is under way, in milliseconds: before its lease ends there are several tries. */
const everyMs = 6_000

/**
 * Holds work for another lease. Refused, like any settlement, when somebody else has claimed it since: who was away for
 * longer than a lease, as on a machine that slept, must not do what another has done.
 */
export const held = (core: Core, { id, attempts }: ClaimedWork): Settlement => ({
  id,
  attempts,
  hold: { now: core.clock.now(), leaseMs },
})

/**
 * Holds on to work until it is let go: as long as this process runs and reaches its store, nobody takes it up, however
 * long it takes. Of a process that stands still nothing is heard, and others do it when the lease ends.
 */
export const holdOn = (core: Core, work: ClaimedWork): (() => void) => {
  const { workspace } = work
  let letGo = false
  let cancel = (): void => undefined

  const later = (): void => {
    if (!letGo) cancel = core.clock.at(core.clock.now() + everyMs, () => void hold())
  }
  const hold = async (): Promise<void> => {
    try {
      await write(core, workspace, () => (letGo ? {} : { settle: [held(core, work)] }))
    } catch (error) {
      // It is another's by now. While the store is away it is tried again.
      if (isContended(error)) return
    }
    later()
  }
  later()
  return () => {
    letGo = true
    cancel()
  }
}
