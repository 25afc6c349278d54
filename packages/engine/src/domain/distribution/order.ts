import { priorities } from '../conversation/state.ts'
import type { Candidate, Waiting } from './plan-facts.ts'
import type { Strategy } from './strategy.ts'

type Order<A> = (a: A, b: A) => number

const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const byAgent: Order<Candidate> = (a, b) => byId(a.agent, b.agent)

/** Who can take any number is never busy. */
const shareOf = (candidate: Candidate): number =>
  candidate.capacity === null ? 0 : candidate.load / candidate.capacity

const byShare: Order<Candidate> = (a, b) => shareOf(a) - shareOf(b)

/** Who never had one has waited longest. */
const byIdle: Order<Candidate> = (a, b) => {
  if (a.lastAssignedAt === b.lastAssignedAt) return 0
  return a.lastAssignedAt === null ? -1 : b.lastAssignedAt === null ? 1 : a.lastAssignedAt - b.lastAssignedAt
}

/** The first difference decides. Spelled out, because a plan compares a hundred thousand times. */
const orders = {
  FirstN: (a, b) => a.turn - b.turn || byShare(a, b) || a.load - b.load || byIdle(a, b) || byAgent(a, b),
  RoundRobin: (a, b) => a.turn - b.turn || a.load - b.load || byIdle(a, b) || byAgent(a, b),
  LeastBusy: (a, b) => byShare(a, b) || a.load - b.load || byIdle(a, b) || byAgent(a, b),
  // What a plan gives is given at the same moment: then whose turn it is.
  LongestIdle: (a, b) => byIdle(a, b) || a.turn - b.turn || a.load - b.load || byAgent(a, b),
} as const satisfies Readonly<Partial<Record<Strategy['_tag'], Order<Candidate>>>>

/** A strategy that asks agents in an order of its own. */
export type Ordered = Extract<Strategy, { readonly _tag: keyof typeof orders }>

/** Who is asked first. */
export const orderOf = (strategy: Ordered): Order<Candidate> => orders[strategy._tag]

/** Within a priority, who has waited longer is served first. */
export const earlier: Order<Waiting> = (a, b) => a.since - b.since || byId(a.conversation, b.conversation)

/** In the order in which a plan serves them, as far as nobody has let one pass. */
export const servedFirst: Order<Waiting> = (a, b) =>
  priorities.indexOf(b.priority) - priorities.indexOf(a.priority) || earlier(a, b)
