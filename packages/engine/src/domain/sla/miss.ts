import { type Verdict, happens, nothingToDo } from '../conversation/decision.ts'
import type { Conversation } from '../conversation/state.ts'
import type { SlaTarget } from './promises.ts'

/** Asked by the timer; what was answered in time, or is promised for later by now, is not missed. */
export const missSla = (state: Conversation, target: SlaTarget, now: number): Verdict => {
  const due = state.sla?.[target] ?? null
  return due === null || due > now ? nothingToDo : happens({ _tag: 'SlaMissed', target })
}
