import { mayServe } from '../../access/policy.ts'
import { isInternal } from '../chat.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { CameBack } from '../entry.ts'
import type { Facts } from '../facts.ts'
import { mayOwn } from '../heir.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation, Priority } from '../state.ts'
import { transitions } from '../transitions.ts'
import { isWaiting } from '../waiting.ts'

/** What the engine does with conversations that nobody has taken, and what those answer whom it asks. */

type Asked<Tag extends Command['_tag']> = Extract<Command, { readonly _tag: Tag }>

/** Nothing is given that somebody has, that bots or an offer hold, or that is not open. */
const unavailable = (state: Conversation): Verdict | null => {
  const cell = transitions.distribute[state.status]
  if (cell._tag === 'Refused') return cell
  if (state.owner !== null) return refuse({ _tag: 'AlreadyOwned', owner: state.owner })
  return isWaiting(state) && state.offer === null && state.handover === null ? null : nothingToDo
}

/** Whoever is given something is there, may answer here, and has room. */
const unfit = (id: string, queue: string, facts: Facts): Refusal | null => {
  const agent = facts.agents.get(id)
  if (agent === undefined) return { _tag: 'UnknownAgent', agent: id }
  if (!mayServe(agent, queue)) return { _tag: 'MayNotReply', agent: id }
  const seat = facts.seats?.get(id)
  const presence = seat?.presence ?? 'offline'
  if (presence !== 'online') return { _tag: 'NotAvailable', agent: id, presence }
  const { capacity } = agent
  return capacity !== undefined && (seat?.load ?? 0) >= capacity ? { _tag: 'AtCapacity', agent: id, capacity } : null
}

export const distribute = (state: Conversation, { agent, by }: Asked<'Distribute'>, facts: Facts): Verdict => {
  const verdict = unavailable(state)
  if (verdict !== null) return verdict
  const refusal = unfit(agent, state.queue, facts)
  return refusal === null ? happens({ _tag: 'Distributed', agent, by }) : refuse(refusal)
}

export const offerTo = (state: Conversation, { agents, until, by }: Asked<'OfferTo'>, facts: Facts): Verdict => {
  const verdict = unavailable(state)
  if (verdict !== null) return verdict
  const asked = [...new Set(agents)]
  if (asked.length === 0) return nothingToDo
  if (!(until > facts.now)) return refuse({ _tag: 'PastTime', until, now: facts.now })
  for (const agent of asked) {
    const refusal = unfit(agent, state.queue, facts)
    if (refusal !== null) return refuse(refusal)
  }
  return happens({ _tag: 'Offered', agents: asked, until, by })
}

/** An offer counts until its time and not a moment longer, however late its end is noted down. */
const isOffered = ({ offer }: Conversation, { actor, now }: Facts): boolean =>
  offer !== null && actor.kind === 'agent' && offer.agents.includes(actor.id) && now < offer.until

const answered = (state: Conversation, facts: Facts, tag: 'OfferAccepted' | 'OfferDeclined'): Verdict => {
  if (isOffered(state, facts)) return happens({ _tag: tag })
  const { owner } = state
  return owner === null || owner === facts.actor.id
    ? refuse({ _tag: 'NotOffered' })
    : refuse({ _tag: 'AlreadyOwned', owner })
}

/** She may have been taken out of the queue since she was asked. */
export const acceptOffer = (state: Conversation, facts: Facts): Verdict => {
  const agent = isOffered(state, facts) ? facts.agents.get(facts.actor.id) : undefined
  return agent === undefined || mayServe(agent, state.queue)
    ? answered(state, facts, 'OfferAccepted')
    : refuse({ _tag: 'MayNotReply', agent: agent.id })
}

export const declineOffer = (state: Conversation, facts: Facts): Verdict => answered(state, facts, 'OfferDeclined')

/** Asked by the timer; one that came early, or too late, changes nothing. */
export const expireOffer = ({ offer }: Conversation, facts: Facts): Verdict =>
  offer === null || offer.until > facts.now ? nothingToDo : happens({ _tag: 'OfferExpired', agents: offer.agents })

export const overflow = (state: Conversation, { to, because }: Asked<'Overflow'>, facts: Facts): Verdict => {
  const verdict = unavailable(state)
  if (verdict !== null) return verdict
  if (!facts.queues.has(to)) return refuse({ _tag: 'UnknownQueue', queue: to })
  return to === state.queue ? nothingToDo : happens({ _tag: 'Overflowed', from: state.queue, to, because })
}

/** Only what somebody waits for is taken from who went away; what she locked is hers. */
export const returnToQueue = (state: Conversation, { from, because }: Asked<'ReturnToQueue'>): Verdict => {
  const cell = transitions.distribute[state.status]
  if (cell._tag === 'Refused') return cell
  const waitsForHer = state.owner === from && state.control === 'team' && state.waitingSince !== null && !state.locked
  return waitsForHer ? happens({ _tag: 'Returned', from, because }) : nothingToDo
}

export const setPriority = (state: Conversation, priority: Priority): Verdict =>
  state.priority === priority ? nothingToDo : happens({ _tag: 'PrioritySet', priority })

/**
 * Whether a conversation that comes back is still its former owner's; undefined when it had none, and among colleagues,
 * where there is no queue that it could wait in. Somebody of whom nothing is known, because the host does not tell who
 * is there, keeps what is hers.
 */
export const comesBack = (state: Conversation, facts: Facts): CameBack | undefined => {
  const { owner, queue, locked } = state
  if (owner === null || isInternal(state)) return undefined
  const back = (because: CameBack['because']): CameBack => ({ formerOwner: owner, because })
  const agent = facts.agents.get(owner)
  if (agent === undefined || !mayOwn(owner, state, facts)) return back('gone')
  const sticky = facts.queues.get(queue)?.sticky ?? 'ifAvailable'
  if (locked || sticky === 'always') return back('kept')
  if (sticky === 'never') return back('policy')
  const seat = facts.seats?.get(owner)
  if (seat === undefined) return back('kept')
  if (seat.presence !== 'online') return back(seat.presence)
  return agent.capacity !== undefined && seat.load >= agent.capacity ? back('full') : back('kept')
}

/** What people open again by hand stays its owner's, however she is; unless there is no such agent any more. */
export const lostOwner = (state: Conversation, facts: Facts): { readonly cameBack: CameBack } | undefined => {
  const { owner } = state
  return owner === null || isInternal(state) || facts.agents.has(owner)
    ? undefined
    : { cameBack: { formerOwner: owner, because: 'gone' } }
}
