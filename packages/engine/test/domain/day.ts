import {
  type Candidate,
  type PlanFacts,
  type Priority,
  type Strategy,
  type Waiting,
  plan,
  priorities,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { moody, noon } from './planning.ts'

const second = 1_000
const minute = 60 * second

/** What can happen at the counter. Numbers choose among whoever it could happen to. */
export type Happening =
  | { readonly _tag: 'Arrive'; readonly priority: Priority }
  | { readonly _tag: 'Come'; readonly agent: number }
  | { readonly _tag: 'Go'; readonly agent: number }
  | { readonly _tag: 'Accept' | 'Decline'; readonly offer: number; readonly agent: number }
  | { readonly _tag: 'Close' | 'Release'; readonly owned: number }
  | { readonly _tag: 'Time'; readonly ms: number }

export interface Day {
  readonly strategy: Strategy
  readonly offerMs: number | null
  /** What each agent can take; null for any number. */
  readonly capacities: ReadonlyArray<number | null>
  readonly happenings: ReadonlyArray<Happening>
}

const some = fc.nat({ max: 1_000 })

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ _tag: fc.constant('Arrive' as const), priority: fc.constantFrom(...priorities) }),
  },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant('Come' as const), agent: some }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('Go' as const), agent: some }) },
  { weight: 4, arbitrary: fc.record({ _tag: fc.constant('Accept' as const), offer: some, agent: some }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant('Decline' as const), offer: some, agent: some }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant('Close' as const), owned: some }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('Release' as const), owned: some }) },
  {
    weight: 3,
    arbitrary: fc.record({ _tag: fc.constant('Time' as const), ms: fc.integer({ min: 1, max: 20 * minute }) }),
  },
)

export const dayOf = (strategy: fc.Arbitrary<Strategy>): fc.Arbitrary<Day> =>
  fc.record({
    strategy,
    offerMs: fc.option(fc.integer({ min: second, max: 5 * minute })),
    capacities: fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { freq: 4 }), {
      minLength: 1,
      maxLength: 6,
      size: 'max',
    }),
    happenings: fc.array(happening, { minLength: 1, maxLength: 120, size: 'max' }),
  })

interface Offered {
  readonly waiting: Waiting
  readonly agents: ReadonlyArray<string>
  readonly until: number
}

/** The counter at a moment. A conversation waits, is offered, or is owned: one of them. */
export interface Counter {
  readonly now: number
  readonly turn: number
  readonly there: ReadonlySet<string>
  readonly people: ReadonlyArray<Omit<Candidate, 'load'>>
  readonly waiting: ReadonlyMap<string, Waiting>
  readonly offered: ReadonlyMap<string, Offered>
  readonly owned: ReadonlyMap<string, { readonly agent: string; readonly waiting: Waiting }>
  readonly arrived: number
}

export const opening = ({ capacities }: Day): Counter => ({
  now: noon,
  turn: 0,
  there: new Set(),
  people: capacities.map((capacity, at) => ({ agent: `a${at}`, capacity, lastAssignedAt: null, turn: 0 })),
  waiting: new Map(),
  offered: new Map(),
  owned: new Map(),
  arrived: 0,
})

/** What somebody has in her hands, offers to her included. */
export const loadOf = ({ owned, offered }: Counter, agent: string): number =>
  [...owned.values()].filter((one) => one.agent === agent).length +
  [...offered.values()].filter((one) => one.agents.includes(agent)).length

const pick = <A>(from: Iterable<A>, n: number): A | undefined => {
  const all = [...from]
  return all[n % Math.max(1, all.length)]
}

const set = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value)

const without = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> => {
  const next = new Map(map)
  next.delete(key)
  return next
}

const back = (counter: Counter, waiting: Waiting, passedBy: ReadonlyArray<string>): Counter => ({
  ...counter,
  offered: without(counter.offered, waiting.conversation),
  owned: without(counter.owned, waiting.conversation),
  waiting: set(counter.waiting, waiting.conversation, {
    ...waiting,
    passed: [...new Set([...waiting.passed, ...passedBy])],
  }),
})

const owns = (counter: Counter, waiting: Waiting, agent: string): Counter => ({
  ...counter,
  waiting: without(counter.waiting, waiting.conversation),
  offered: without(counter.offered, waiting.conversation),
  owned: set(counter.owned, waiting.conversation, { agent, waiting }),
  people: counter.people.map((one) => (one.agent === agent ? { ...one, lastAssignedAt: counter.now } : one)),
})

/** Offers whose time is over go back into the queue, passed by all who had them. */
const overdue = (counter: Counter): Counter =>
  [...counter.offered.values()]
    .filter(({ until }) => until <= counter.now)
    .reduce((next, { waiting, agents }) => back(next, waiting, agents), counter)

/** One agent lets an offer pass; the last one brings it back. */
const declined = (counter: Counter, offer: Offered, agent: string): Counter => {
  const agents = offer.agents.filter((one) => one !== agent)
  const waiting = { ...offer.waiting, passed: [...offer.waiting.passed, agent] }
  return agents.length === 0
    ? back(counter, waiting, [])
    : { ...counter, offered: set(counter.offered, waiting.conversation, { ...offer, waiting, agents }) }
}

export const happens = (counter: Counter, what: Happening): Counter => {
  switch (what._tag) {
    case 'Arrive': {
      const conversation = `c${String(counter.arrived).padStart(4, '0')}`
      const waiting = { conversation, priority: what.priority, since: counter.now, passed: [] }
      return { ...counter, arrived: counter.arrived + 1, waiting: set(counter.waiting, conversation, waiting) }
    }
    case 'Come':
    case 'Go': {
      const there = new Set(counter.there)
      const agent = pick(counter.people, what.agent)?.agent ?? ''
      if (what._tag === 'Come') there.add(agent)
      else there.delete(agent)
      return { ...counter, there }
    }
    case 'Accept':
    case 'Decline': {
      const offer = pick(counter.offered.values(), what.offer)
      const agent = pick(offer?.agents ?? [], what.agent)
      if (offer === undefined || agent === undefined) return counter
      return what._tag === 'Accept' ? owns(counter, offer.waiting, agent) : declined(counter, offer, agent)
    }
    case 'Close':
    case 'Release': {
      const owned = pick(counter.owned.values(), what.owned)
      if (owned === undefined) return counter
      return what._tag === 'Close'
        ? { ...counter, owned: without(counter.owned, owned.waiting.conversation) }
        : back(counter, owned.waiting, [owned.agent])
    }
    case 'Time':
      return overdue({ ...counter, now: counter.now + what.ms })
  }
}

/** What the plan is told at this moment. */
export const factsAt = (counter: Counter, { strategy, offerMs }: Pick<Day, 'strategy' | 'offerMs'>): PlanFacts => ({
  now: counter.now,
  strategy,
  offerMs,
  waiting: [...counter.waiting.values()],
  candidates: counter.people
    .filter(({ agent }) => counter.there.has(agent))
    .map((one) => ({ ...one, load: loadOf(counter, one.agent) })),
  turn: counter.turn,
})

/** Plans, and does what the plan says. */
export const distribute = (counter: Counter, day: Pick<Day, 'strategy' | 'offerMs'>): Counter =>
  plan(factsAt(counter, day), moody).reduce((next, step) => {
    const waiting = next.waiting.get(step.conversation)
    if (waiting === undefined) throw new Error(`${step.conversation} was given twice, or does not wait`)
    const asked = step._tag === 'Assign' ? [step.agent] : step.agents
    const people = next.people.map((one) => (asked.includes(one.agent) ? { ...one, turn: step.turn } : one))
    const turned = { ...next, people, turn: step.turn }
    if (step._tag === 'Assign') return owns(turned, waiting, step.agent)
    const { agents, until } = step
    return {
      ...turned,
      waiting: without(turned.waiting, step.conversation),
      offered: set(turned.offered, step.conversation, { waiting, agents, until }),
    }
  }, counter)
