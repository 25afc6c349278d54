import {
  type Candidate,
  type PlanFacts,
  type PlanStep,
  type Strategy,
  type Waiting,
  plan,
} from '@guichet/engine/domain'
import { median } from './median.ts'
import type { BenchResult } from './result.ts'

const now = Date.UTC(2026, 0, 5, 12)
const agents = 200
const priorities = ['normal', 'normal', 'normal', 'high', 'low', 'urgent'] as const

/** Spread without chance: the same queue in every run. */
const scattered = (n: number): number => (n * 2_654_435_761) % 4_294_967_296

/** A queue after a bad morning: nobody stands in order, one in ten was passed by somebody, nobody is ever full. */
const queueOf = (size: number, strategy: Strategy, capacity: number | null = null): PlanFacts => ({
  now,
  strategy,
  offerMs: null,
  waiting: Array.from(
    { length: size },
    (_, n): Waiting => ({
      conversation: `0198-${scattered(n).toString(16)}-${n}`,
      priority: priorities[n % priorities.length] ?? 'normal',
      since: now - (scattered(n) % 3_600_000),
      passed: n % 10 === 0 ? [`agent-${n % agents}`, `agent-${(n + 1) % agents}`] : [],
    }),
  ),
  candidates: Array.from(
    { length: agents },
    (_, n): Candidate => ({
      agent: `agent-${n}`,
      load: n % 7,
      capacity,
      lastAssignedAt: now - (scattered(n) % 600_000),
      turn: scattered(n) % 1_000,
    }),
  ),
  turn: 1_000,
})

/** Milliseconds a plan, the middle one of `rounds`. */
const timed = (facts: PlanFacts, rounds: number): number => {
  const times: Array<number> = []
  let steps: ReadonlyArray<PlanStep> = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    steps = plan(facts)
    times.push(performance.now() - began)
  }
  if (steps.length === 0) throw new Error('a plan without steps was measured')
  return median(times)
}

const allowedMs = 20

/**
 * A plan that gives every conversation to somebody among 200 agents: the dearest one, since nobody gets full. The
 * middle size is measured against the 20 ms it may take, the others against growing as n log n from there.
 */
export const distributionPlan = (): ReadonlyArray<BenchResult> => {
  const strategy: Strategy = { _tag: 'RoundRobin' }
  timed(queueOf(10_000, strategy), 10)
  const [small, middle, large] = [1_000, 10_000, 100_000].map((size) =>
    timed(queueOf(size, strategy), Math.max(9, 200_000 / size)),
  ) as [number, number, number]
  const row = (name: string, value: number, allowed: number): BenchResult => ({
    name,
    value,
    unit: 'ms/plan',
    ratio: allowed / value,
    goal: 1,
  })
  return [
    row('distribution.plan', middle, allowedMs),
    row('distribution.plan.1k', small, allowedMs / 10),
    row('distribution.plan.100k', large, (allowedMs * 10 * Math.log(100_000)) / Math.log(10_000)),
  ]
}
