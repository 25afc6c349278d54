import { windowEnd } from '../can-send.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Conversation } from '../state.ts'
import { remindAt as reminderOf, usualWindowReminderMs } from '../window.ts'

/** The time that a provider gives for an answer. */

/** When to say that the time for an answer to what the customer said runs out, where a provider sets one. */
export const reminding = (
  state: Conversation | undefined,
  heardAt: number,
  { channel, account, start, now }: Facts,
): { readonly remindAt: number } | undefined => {
  const window = channel?.window
  if (window === undefined) return undefined
  const before = state ?? { heardAt: start?.heardAt ?? null, windowRefusedAt: null }
  const at = reminderOf(before, heardAt, window, account.policy.windowReminderMs ?? usualWindowReminderMs, now)
  return at === undefined ? undefined : { remindAt: at }
}

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
