import { mayServe } from '../access/policy.ts'
import { isInternal } from './chat.ts'
import type { Facts } from './facts.ts'
import type { Conversation } from './state.ts'

/** Whether a conversation can be this agent's: she is there, and may answer where it stands. Nobody serves colleagues. */
export const mayOwn = (id: string, state: Conversation, facts: Facts): boolean => {
  const agent = facts.agents.get(id)
  return agent !== undefined && (isInternal(state) || mayServe(agent, state.queue))
}

/** To whom it passes of those who are left: the first who can have it, and nobody when none can. */
export const heirAmong = (left: ReadonlyArray<string>, state: Conversation, facts: Facts): string | null =>
  left.find((id) => mayOwn(id, state, facts)) ?? null
