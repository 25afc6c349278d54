import { windowEnd } from '../can-send.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Conversation } from '../state.ts'

/** The time that a provider gives for an answer. */

/** However late: that the time is over by now is worth saying as well. */
export const remindOfWindow = (state: Conversation, { actor, now, channel }: Facts): Verdict => {
  if (actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'remindOfWindow' })
  const { remindAt, waitingSince } = state
  const end = channel?.window === undefined ? null : windowEnd(state, channel.window, 'agent', now)
  if (remindAt === null || waitingSince === null || end === null || remindAt > now) return nothingToDo
  return happens({ _tag: 'WindowClosing', until: end })
}

/** What was refused before the customer wrote again says nothing about the time since. */
export const refuseWindow = (state: Conversation, at: number, { actor }: Facts): Verdict => {
  if (actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'refuseWindow' })
  const { heardAt, windowRefusedAt } = state
  const isKnown = heardAt === null || heardAt > at || (windowRefusedAt !== null && windowRefusedAt >= at)
  return isKnown ? nothingToDo : happens({ _tag: 'WindowRefused', at })
}
