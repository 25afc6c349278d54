import { businessAfter, businessBetween } from '../domain/hours/open.ts'
import type { Elapsed } from '../domain/report/measure.ts'
import type { SlaFacts } from '../domain/sla/policy.ts'
import type { Setup } from './directory.ts'
import { zones } from './zones.ts'

/** Facts about promises, for as long as nobody changes the settings. */
const known = new WeakMap<Setup, SlaFacts>()

/** What is promised in a workspace; undefined when nothing is, so that nothing is counted for nothing. */
export const slaFacts = (setup: Setup): SlaFacts | undefined => {
  if (setup.slaPolicies.size === 0) return undefined
  const found = known.get(setup)
  if (found !== undefined) return found
  const facts: SlaFacts = {
    policies: [...setup.slaPolicies.values()],
    // Hours that were removed since do not stop the clock.
    after: (hours, from, ms) =>
      businessAfter((hours === null ? null : setup.hours.get(hours)) ?? null, from, ms, zones),
  }
  known.set(setup, facts)
  return facts
}

/** Time as the people of a queue have it. */
export const elapsedIn =
  (setup: Setup): Elapsed =>
  (queue, from, to) => {
    const hours = setup.queues.get(queue)?.hours
    return businessBetween((hours === undefined ? null : setup.hours.get(hours)) ?? null, from, to, zones)
  }
