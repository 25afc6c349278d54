import { type Candidate, type PlanFacts, type PlanStep, type Strategy, plan, priorities } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agent, agentsOf, anyStrategy, moody, noon, ordered, planFacts, queueWith, waits } from './planning.ts'
import { plainPlan } from './plain-plan.ts'

const law = (name: string, strategy: fc.Arbitrary<Strategy>, holds: (facts: PlanFacts) => void): void => {
  it(name, () => fc.assert(fc.property(planFacts(strategy), holds), { numRuns: 300 }))
}

/** Who has room before each step, while the steps are followed. */
const followed = ({ candidates }: PlanFacts, steps: ReadonlyArray<PlanStep>) => {
  const loads = new Map(candidates.map((one) => [one.agent, one.load]))
  const withRoom = (): ReadonlyArray<string> =>
    candidates
      .filter(({ agent: id, capacity }) => capacity === null || (loads.get(id) ?? 0) < capacity)
      .map((c) => c.agent)
  return steps.map((step) => {
    const before = withRoom()
    for (const id of agentsOf(step)) loads.set(id, (loads.get(id) ?? 0) + 1)
    return { step, before }
  })
}

const rank = (facts: PlanFacts, conversation: string): number =>
  priorities.indexOf(facts.waiting.find((one) => one.conversation === conversation)?.priority ?? 'low')

describe('over all generated queues, a plan', () => {
  law('never gives more than somebody can take', anyStrategy, (facts) => {
    const steps = plan(facts, moody)
    for (const { step, before } of followed(facts, steps)) {
      expect(agentsOf(step).length).toBeGreaterThan(0)
      for (const id of agentsOf(step)) expect(before).toContain(id)
    }
  })

  law('gives a conversation once, and to nobody twice', anyStrategy, (facts) => {
    const steps = plan(facts, moody)
    const given = steps.map(({ conversation }) => conversation)
    expect(new Set(given).size).toBe(given.length)
    for (const step of steps) expect(new Set(agentsOf(step)).size).toBe(agentsOf(step).length)
  })

  law('assigns to one agent, or offers until its time is over and no longer', anyStrategy, (facts) => {
    const { now, offerMs, strategy } = facts
    const stands = offerMs ?? (strategy._tag === 'FirstN' ? 30_000 : null)
    for (const step of plan(facts, moody)) {
      expect(step._tag).toBe(stands === null ? 'Assign' : 'Offer')
      if (step._tag === 'Offer') expect(step.until).toBe(now + (stands ?? Number.NaN))
    }
  })

  law(
    'G25 passes nobody over for a later one of the same priority, unless all with room let it pass',
    ordered,
    (facts) => {
      const served = new Set<string>()
      for (const { step, before } of followed(facts, plan(facts))) {
        const { since = 0, priority } = facts.waiting.find((one) => one.conversation === step.conversation) ?? {}
        for (const one of facts.waiting) {
          if (one.priority !== priority || one.since >= since || served.has(one.conversation)) continue
          for (const id of before) expect(one.passed).toContain(id)
        }
        served.add(step.conversation)
      }
    },
  )

  law('G25 serves nobody while a higher priority waits', ordered, (facts) => {
    const ranks = plan(facts).map(({ conversation }) => rank(facts, conversation))
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
    const lowest = Math.min(...ranks)
    const higher = facts.waiting.filter(({ conversation }) => rank(facts, conversation) > lowest)
    expect(ranks.filter((one) => one > lowest)).toHaveLength(ranks.length === 0 ? 0 : higher.length)
  })

  law('leaves nobody waiting while somebody has room', ordered, (facts) => {
    const steps = plan(facts)
    const loads = new Map(facts.candidates.map((one) => [one.agent, one.load]))
    for (const step of steps) for (const id of agentsOf(step)) loads.set(id, (loads.get(id) ?? 0) + 1)
    const room = facts.candidates.some(
      ({ agent: id, capacity }) => capacity === null || (loads.get(id) ?? 0) < capacity,
    )
    if (room) expect(steps).toHaveLength(facts.waiting.length)
  })

  law('asks who let it pass only when nobody else with room is left', ordered, (facts) => {
    for (const { step, before } of followed(facts, plan(facts))) {
      const { passed = [] } = facts.waiting.find((one) => one.conversation === step.conversation) ?? {}
      if (agentsOf(step).some((id) => passed.includes(id))) for (const id of before) expect(passed).toContain(id)
    }
  })

  law('gives each step the next turn', anyStrategy, (facts) => {
    expect(plan(facts, moody).map(({ turn }) => turn)).toEqual(plan(facts, moody).map((_, at) => facts.turn + at + 1))
  })

  it('depends on the facts alone, and not on their order', () => {
    const twoOrders = planFacts(anyStrategy).chain((facts) =>
      fc.record({
        facts: fc.constant(facts),
        waiting: fc.shuffledSubarray([...facts.waiting], { minLength: facts.waiting.length }),
        candidates: fc.shuffledSubarray([...facts.candidates], { minLength: facts.candidates.length }),
      }),
    )
    fc.assert(
      fc.property(twoOrders, ({ facts, waiting, candidates }) => {
        const mixed = waiting.map((one) => ({ ...one, passed: one.passed.toReversed() }))
        expect(plan({ ...facts, waiting: mixed, candidates }, moody)).toEqual(plan(facts, moody))
      }),
      { numRuns: 300 },
    )
  })

  law('is what asking everybody about everything again and again would give', ordered, (facts) => {
    expect(plan(facts)).toEqual(plainPlan(facts))
  })

  law('changes none of its facts', anyStrategy, (facts) => {
    const before = structuredClone(facts)
    plan(facts, moody)
    expect(facts).toEqual(before)
  })
})

describe('G24 round robin', () => {
  it('gives the same agents counts that differ by at most one, over one plan and the next', () => {
    const rounds = fc.record({
      sizes: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 12 }),
      turns: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 7 }),
      loads: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }),
    })
    fc.assert(
      fc.property(rounds, ({ sizes, turns, loads }) => {
        let candidates: ReadonlyArray<Candidate> = turns.map((turn, at) =>
          agent(`a${at}`, { turn, load: loads[at] ?? 0 }),
        )
        let turn = 9
        const counts = new Map(candidates.map((one) => [one.agent, 0]))
        sizes.forEach((size, round) => {
          const waiting = Array.from({ length: size }, (_, at) => waits(`r${round}c${at}`, at))
          for (const step of plan(
            queueWith({ _tag: 'RoundRobin' }, { waiting, candidates, turn, now: noon + round }),
          )) {
            const [id = ''] = agentsOf(step)
            counts.set(id, (counts.get(id) ?? 0) + 1)
            expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1)
            turn = step.turn
            // Some are closed at once, others pile up: the turn alone has to be fair.
            candidates = candidates.map((one) =>
              one.agent === id ? { ...one, turn, load: one.load + (step.turn % 2), lastAssignedAt: noon } : one,
            )
          }
        })
        expect([...counts.values()].reduce((sum, one) => sum + one, 0)).toBe(sizes.reduce((sum, one) => sum + one, 0))
      }),
      { numRuns: 500 },
    )
  })
})
