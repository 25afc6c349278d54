import type { Candidate, PlanFacts, PlanStep, Waiting } from '@guichet/engine/domain'
import { priorities } from '@guichet/engine/domain'

type Keys = ReadonlyArray<number | string>

const idleOf = ({ lastAssignedAt }: Candidate): number => lastAssignedAt ?? -1
const shareOf = ({ load, capacity }: Candidate): number => (capacity === null ? 0 : load / capacity)

const keysOf = (strategy: PlanFacts['strategy'], one: Candidate): Keys => {
  switch (strategy._tag) {
    case 'FirstN':
      return [one.turn, shareOf(one), one.load, idleOf(one), one.agent]
    case 'RoundRobin':
      return [one.turn, one.load, idleOf(one), one.agent]
    case 'LeastBusy':
      return [shareOf(one), one.load, idleOf(one), one.agent]
    case 'LongestIdle':
      return [idleOf(one), one.turn, one.load, one.agent]
    default:
      return []
  }
}

const compare = (a: Keys, b: Keys): number => {
  const at = a.findIndex((key, index) => key !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1
}

/** The plan as one would explain it, at the price of asking everybody about everything after each step. */
export const plainPlan = (facts: PlanFacts): ReadonlyArray<PlanStep> => {
  const { strategy, now } = facts
  const offerMs = facts.offerMs ?? (strategy._tag === 'FirstN' ? 30_000 : null)
  let people = [...facts.candidates]
  let waiting = [...facts.waiting]
  const steps: Array<PlanStep> = []
  for (;;) {
    const open = people.filter(({ load, capacity }) => capacity === null || load < capacity)
    const fresh = (one: Waiting) => open.filter(({ agent }) => !one.passed.includes(agent))
    const keys = (one: Waiting): Keys => [
      -priorities.indexOf(one.priority),
      fresh(one).length > 0 ? 0 : 1,
      one.since,
      one.conversation,
    ]
    const [next] = waiting.sort((a, b) => compare(keys(a), keys(b)))
    if (next === undefined || open.length === 0) return steps
    const asked = (fresh(next).length > 0 ? fresh(next) : open)
      .sort((a, b) => compare(keysOf(strategy, a), keysOf(strategy, b)))
      .slice(0, strategy._tag === 'FirstN' ? strategy.n : 1)
      .map(({ agent }) => agent)
    const turn = facts.turn + steps.length + 1
    const { conversation } = next
    steps.push(
      offerMs === null
        ? { _tag: 'Assign', conversation, agent: asked[0] ?? '', turn }
        : { _tag: 'Offer', conversation, agents: asked, until: now + offerMs, turn },
    )
    waiting = waiting.filter((one) => one !== next)
    people = people.map((one) =>
      asked.includes(one.agent) ? { ...one, load: one.load + 1, lastAssignedAt: now, turn } : one,
    )
  }
}
