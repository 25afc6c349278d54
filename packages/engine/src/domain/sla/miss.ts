import { type Verdict, happens, nothingToDo } from '../conversation/decision.ts'
import type { Conversation } from '../conversation/state.ts'
import type { Facts } from '../conversation/facts.ts'
import type { SlaTarget } from './promises.ts'

/**
 * Asked by the timer; what was answered in time, or is promised for later by now, is not missed. What was promised by a
 * policy that has been removed is promised no longer: it ends, and what another policy promises here runs instead.
 */
export const missSla = (state: Conversation, target: SlaTarget, { now, sla }: Facts): Verdict => {
  const { policy = null, [target]: due = null } = state.sla ?? {}
  if (due === null || due > now) return nothingToDo
  const stands = sla?.policies.some(({ id }) => id === policy) === true
  return happens(stands ? { _tag: 'SlaMissed', target } : { _tag: 'SlaEnded', policy })
}
