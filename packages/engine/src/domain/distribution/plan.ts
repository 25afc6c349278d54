import { type Priority, priorities } from '../conversation/state.ts'
import { heapOf, pop } from './heap.ts'
import { earlier } from './order.ts'
import type { CustomStrategy, PlanFacts, PlanStep, Waiting } from './plan-facts.ts'
import { type Room, customRoom, hasRoom, orderedRoom } from './room.ts'

/** How long the offers of `FirstN` stand unless the queue says otherwise, in milliseconds. */
export const firstNOfferMs = 30_000

/** Those with room as the strategy sees them, or null when it leaves everything to people. */
const roomOf = (facts: PlanFacts, custom: CustomStrategy | undefined): Room | null => {
  const { strategy, now } = facts
  const candidates = facts.candidates.filter(hasRoom)
  switch (strategy._tag) {
    case 'Everyone':
    case 'Manual':
      return null
    case 'Custom':
      return custom === undefined ? null : customRoom(candidates, custom, now)
    case 'FirstN':
    case 'RoundRobin':
    case 'LeastBusy':
    case 'LongestIdle':
      return orderedRoom(candidates, strategy, now)
  }
}

const offerMsOf = ({ strategy, offerMs }: PlanFacts): number | null =>
  offerMs ?? (strategy._tag === 'FirstN' ? firstNOfferMs : null)

const byPriority = (waiting: ReadonlyArray<Waiting>): Readonly<Record<Priority, Array<Waiting>>> => {
  const all = { low: [], normal: [], high: [], urgent: [] } as Record<Priority, Array<Waiting>>
  for (const one of waiting) all[one.priority].push(one)
  return all
}

/**
 * Who gets which of the conversations that wait: the higher priority first, then who has waited longer, then by id.
 * Nobody is given more than she can take, what the plan gives included, and a conversation is given once. One that
 * everybody with room has let pass makes way for the others of its priority; after them it is offered again.
 *
 * Everything that decides is in the facts: what the plan is not told, such as hours, presence and former owners, is
 * settled before by leaving conversations or candidates out. `custom` is the function of the strategy `Custom`.
 *
 * @example
 * ```ts
 * import { type Candidate, type PlanFacts, plan } from '@guichet/engine/domain'
 *
 * const free: Candidate = { agent: 'ana', load: 0, capacity: 1, lastAssignedAt: null, turn: 0 }
 * const planFacts: PlanFacts = {
 *   now: facts.now,
 *   strategy: { _tag: 'RoundRobin' },
 *   offerMs: null,
 *   waiting: [
 *     { conversation: 'c1', priority: 'normal', since: facts.now - 60_000, passed: [] },
 *     { conversation: 'c2', priority: 'urgent', since: facts.now, passed: [] },
 *     { conversation: 'c3', priority: 'normal', since: facts.now, passed: [] },
 *   ],
 *   candidates: [free, { ...free, agent: 'ben', turn: 7 }],
 *   turn: 7,
 * }
 * for (const step of plan(planFacts)) console.log(step)
 * ```
 *
 * ```text
 * { _tag: 'Assign', conversation: 'c2', agent: 'ana', turn: 8 }
 * { _tag: 'Assign', conversation: 'c1', agent: 'ben', turn: 9 }
 * ```
 */
export const plan = (facts: PlanFacts, custom?: CustomStrategy): ReadonlyArray<PlanStep> => {
  const room = roomOf(facts, custom)
  if (room === null || room.isFull()) return []
  const offerMs = offerMsOf(facts)
  const steps: Array<PlanStep> = []
  let { turn } = facts
  for (const candidate of facts.candidates) turn = Math.max(turn, candidate.turn)
  const serve = (next: Waiting): void => {
    const { conversation } = next
    const agents = room.take(next, turn + 1)
    const [agent] = agents
    if (agent === undefined) return
    turn++
    steps.push(
      offerMs === null
        ? { _tag: 'Assign', conversation, agent, turn }
        : { _tag: 'Offer', conversation, agents, until: facts.now + offerMs, turn },
    )
  }
  const waiting = byPriority(facts.waiting)
  for (const priority of priorities.toReversed()) {
    // A heap and not a sort: when room is scarce only the first few have to be found.
    const queue = heapOf(waiting[priority], earlier)
    const passedByAll: Array<Waiting> = []
    while (!room.isFull()) {
      const next = pop(queue)
      if (next === undefined) break
      if (room.hasFresh(next)) serve(next)
      else passedByAll.push(next)
    }
    for (const next of passedByAll) {
      if (room.isFull()) break
      serve(next)
    }
  }
  return steps
}
