import { mayServe } from '../../access/policy.ts'
import { isInternal } from '../chat.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { TransferTarget } from '../entry.ts'
import type { Facts } from '../facts.ts'
import { heirAmong } from '../heir.ts'
import { othersOf } from '../involved.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation } from '../state.ts'
import { transitions } from '../transitions.ts'

/** Who answers for a conversation: at most one owner, and always a queue behind it. */

/** Everybody named must exist and be allowed to answer here; the first who is not is named in the refusal. */
const unfit = (agents: ReadonlyArray<string>, queue: string, facts: Facts): Refusal | null => {
  for (const id of agents) {
    const agent = facts.agents.get(id)
    if (agent === undefined) return { _tag: 'UnknownAgent', agent: id }
    if (!mayServe(agent, queue)) return { _tag: 'MayNotReply', agent: id }
  }
  return null
}

const without = (all: ReadonlyArray<string>, some: ReadonlyArray<string>): ReadonlyArray<string> =>
  all.filter((id) => !some.includes(id))

const unique = (ids: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(ids)]

export const claim = (state: Conversation, facts: Facts): Verdict => {
  if (facts.actor.kind !== 'agent') return refuse({ _tag: 'Forbidden', action: 'take' })
  const cell = transitions.take[state.status]
  if (cell._tag === 'Refused') return cell
  if (state.owner === facts.actor.id) return nothingToDo
  return state.owner === null ? happens({ _tag: 'Claimed' }) : refuse({ _tag: 'AlreadyOwned', owner: state.owner })
}

export const takeOver = (state: Conversation, facts: Facts): Verdict => {
  if (facts.actor.kind !== 'agent') return refuse({ _tag: 'Forbidden', action: 'take' })
  const cell = transitions.take[state.status]
  if (cell._tag === 'Refused') return cell
  if (state.owner === null) return refuse({ _tag: 'NotOwned' })
  if (state.owner === facts.actor.id) return nothingToDo
  const leads = facts.agents.get(facts.actor.id)?.role !== 'agent'
  return state.locked && !leads
    ? refuse({ _tag: 'Locked', owner: state.owner })
    : happens({ _tag: 'TakenOver', from: state.owner })
}

export const release = (state: Conversation): Verdict =>
  state.owner === null ? refuse({ _tag: 'NotOwned' }) : happens({ _tag: 'Released' })

export const assign = (state: Conversation, agents: ReadonlyArray<string>, facts: Facts): Verdict => {
  const cell = transitions.take[state.status]
  if (cell._tag === 'Refused') return cell
  const added = without(unique(agents), state.assignees)
  if (added.length === 0) return nothingToDo
  const refusal = unfit(added, state.queue, facts)
  return refusal === null ? happens({ _tag: 'Assigned', agents: added }) : refuse(refusal)
}

/** An owner who is taken off hands it to the next assignee who may have it; without one it waits in its queue. */
export const unassign = (state: Conversation, agents: ReadonlyArray<string>, facts: Facts): Verdict => {
  const removed = unique(agents).filter((id) => state.assignees.includes(id))
  if (removed.length === 0) return nothingToDo
  const passesOn = state.owner !== null && removed.includes(state.owner)
  const owner = passesOn ? { owner: heirAmong(without(state.assignees, removed), state, facts) } : undefined
  return happens({ _tag: 'Unassigned', agents: removed, ...owner })
}

/** The queue that something goes to which is not an agent; a department answers by its own. */
const queueFor = (
  to: Exclude<TransferTarget, { readonly agent: string }>,
  facts: Facts,
): { readonly queue: string } | { readonly refusal: Refusal } => {
  if ('account' in to) {
    const { reach } = facts
    return reach?.account === to.account
      ? { queue: reach.queue }
      : { refusal: { _tag: 'NotReachable', account: to.account } }
  }
  const department = 'department' in to ? facts.departments?.get(to.department) : undefined
  if ('department' in to && department === undefined) {
    return { refusal: { _tag: 'UnknownDepartment', department: to.department } }
  }
  const queue = 'queue' in to ? to.queue : (department?.queue ?? '')
  return facts.queues.has(queue) ? { queue } : { refusal: { _tag: 'UnknownQueue', queue } }
}

export const transfer = (state: Conversation, to: TransferTarget, facts: Facts): Verdict => {
  const cell = transitions.transfer[state.status]
  if (cell._tag === 'Refused') return cell
  const status = cell._tag === 'To' ? { status: cell.status } : undefined
  const from = { queue: state.queue, owner: state.owner, ...othersOf(state, state.assignees) }
  if ('agent' in to) {
    const refusal = unfit([to.agent], state.queue, facts)
    if (refusal !== null) return refuse(refusal)
    return state.owner === to.agent ? nothingToDo : happens({ _tag: 'Transferred', to, from, ...status })
  }
  const found = queueFor(to, facts)
  if ('refusal' in found) return refuse(found.refusal)
  const { queue } = found
  if ('account' in to) {
    if (facts.reach === undefined || state.account === to.account) return nothingToDo
    const { account, channel, address } = facts.reach
    return happens({ _tag: 'Transferred', to, from, queue, reach: { account, channel, address }, ...status })
  }
  if (state.queue === queue && state.owner === null) return nothingToDo
  return happens({ _tag: 'Transferred', to, from, ...('queue' in to ? {} : { queue }), ...status })
}

export const lock = (state: Conversation, facts: Facts): Verdict => {
  if (state.owner === null) return refuse({ _tag: 'NotOwned' })
  if (state.owner !== facts.actor.id) return refuse({ _tag: 'NotOwner', owner: state.owner })
  return state.locked ? nothingToDo : happens({ _tag: 'Locked' })
}

export const unlock = (state: Conversation): Verdict => (state.locked ? happens({ _tag: 'Unlocked' }) : nothingToDo)

export const invite = (state: Conversation, agents: ReadonlyArray<string>, facts: Facts): Verdict => {
  const added = without(unique(agents), [...state.participants, ...state.assignees])
  if (added.length === 0) return nothingToDo
  const unknown = added.find((id) => !facts.agents.has(id))
  return unknown === undefined
    ? happens({ _tag: 'Invited', agents: added })
    : refuse({ _tag: 'UnknownAgent', agent: unknown })
}

/** For colleagues who were invited or assigned; an owner releases or transfers instead. */
export const leave = (state: Conversation, facts: Facts): Verdict => {
  const { id } = facts.actor
  if (state.owner === id) {
    // Among colleagues there is no queue to give it back to: it goes to the next of them, and stays while there is none.
    const owner = isInternal(state) ? heirAmong(without(state.participants, [id]), state, facts) : null
    return owner === null ? nothingToDo : happens({ _tag: 'Left', owner })
  }
  return state.participants.includes(id) || state.assignees.includes(id) ? happens({ _tag: 'Left' }) : nothingToDo
}
