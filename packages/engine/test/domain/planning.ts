import {
  type Candidate,
  type CustomStrategy,
  type PlanFacts,
  type PlanStep,
  type Strategy,
  type Waiting,
  priorities,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'

export const noon = Date.UTC(2026, 2, 2, 12)

/** An agent who is there and free, unless said otherwise. */
export const agent = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  agent: id,
  load: 0,
  capacity: null,
  lastAssignedAt: null,
  turn: 0,
  ...more,
})

/** A conversation that has waited since `since` milliseconds before noon. */
export const waits = (id: string, since = 0, more: Partial<Waiting> = {}): Waiting => ({
  conversation: id,
  priority: 'normal',
  since: noon - since,
  passed: [],
  ...more,
})

export const queueWith = (strategy: Strategy, more: Partial<PlanFacts> = {}): PlanFacts => ({
  now: noon,
  strategy,
  offerMs: null,
  waiting: [],
  candidates: [],
  turn: 0,
  ...more,
})

export const agentsOf = (step: PlanStep): ReadonlyArray<string> => (step._tag === 'Assign' ? [step.agent] : step.agents)

/** A plan as `conversation>agents`, in its order. */
export const told = (steps: ReadonlyArray<PlanStep>): ReadonlyArray<string> =>
  steps.map((step) => `${step.conversation}>${agentsOf(step).join('+')}`)

/** The strategies that ask agents in an order. */
export const ordered: fc.Arbitrary<Strategy> = fc.oneof(
  fc.constantFrom<Strategy>({ _tag: 'RoundRobin' }, { _tag: 'LeastBusy' }, { _tag: 'LongestIdle' }),
  fc.integer({ min: 1, max: 4 }).map((n): Strategy => ({ _tag: 'FirstN', n })),
)

export const anyStrategy: fc.Arbitrary<Strategy> = fc.oneof(
  { weight: 6, arbitrary: ordered },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Strategy>({ _tag: 'Everyone' }, { _tag: 'Manual' }, { _tag: 'Custom', name: 'host' }),
  },
)

/** A host's function that is sometimes right, sometimes names a stranger, and sometimes breaks. */
export const moody: CustomStrategy = (waiting, candidates) => {
  const mood = waiting.conversation.charCodeAt(1) % 5
  if (mood === 0) throw new Error('the host is unwell')
  if (mood === 1) return 'a stranger'
  return candidates.at(mood === 2 ? -1 : 0)?.agent ?? null
}

const ids = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6']

const candidates: fc.Arbitrary<ReadonlyArray<Candidate>> = fc.uniqueArray(
  fc.record({
    agent: fc.constantFrom(...ids),
    load: fc.integer({ min: 0, max: 5 }),
    capacity: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 4 }),
    lastAssignedAt: fc.option(fc.integer({ min: noon - 5, max: noon })),
    turn: fc.integer({ min: 0, max: 5 }),
  }),
  { selector: (one) => one.agent, maxLength: 7, size: 'max' },
)

const waiting: fc.Arbitrary<ReadonlyArray<Waiting>> = fc.uniqueArray(
  fc.record({
    conversation: fc.integer({ min: 0, max: 40 }).map((n) => `c${String.fromCharCode(48 + n)}`),
    priority: fc.constantFrom(...priorities),
    since: fc.integer({ min: noon - 6, max: noon }),
    passed: fc.oneof(fc.constant([]), fc.subarray([...ids, 'gone'])),
  }),
  { selector: (one) => one.conversation, maxLength: 25, size: 'max' },
)

/** Generated facts of a plan. Numbers are small, so that everything ties with something. */
export const planFacts = (strategy: fc.Arbitrary<Strategy>): fc.Arbitrary<PlanFacts> =>
  fc.record({
    now: fc.constant(noon),
    strategy,
    offerMs: fc.option(fc.integer({ min: 1, max: 60_000 })),
    waiting,
    candidates,
    turn: fc.constant(5),
  })
