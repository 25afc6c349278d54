import { type Heap, heapOf, pop, push } from './heap.ts'
import { type Ordered, byAgent, orderOf } from './order.ts'
import type { Candidate, CustomStrategy, Waiting } from './plan-facts.ts'

/** Who can still take something while a plan is made; what they are given counts at once. */
export interface Room {
  readonly isFull: () => boolean
  /** Whether somebody has room who has not let this one pass. */
  readonly hasFresh: (waiting: Waiting) => boolean
  /**
   * Who gets it, and counts it: of those who have not let it pass, if there are any. Empty when the strategy wants
   * nobody.
   */
  readonly take: (waiting: Waiting, turn: number) => ReadonlyArray<string>
}

/** Whether she can take one more. */
export const hasRoom = ({ load, capacity }: Candidate): boolean => capacity === null || load < capacity

const given = ({ agent, load, capacity }: Candidate, now: number, turn: number): Candidate => ({
  agent,
  load: load + 1,
  capacity,
  lastAssignedAt: now,
  turn,
})

const hasFresh =
  (open: ReadonlyMap<string, unknown> | ReadonlySet<string>) =>
  ({ passed }: Waiting): boolean => {
    if (passed.length === 0) return open.size > 0
    let left = open.size
    for (const agent of new Set(passed)) if (open.has(agent)) left--
    return left > 0
  }

/** Those with room in the order of a strategy. Each conversation costs as many steps as agents have let it pass. */
export const orderedRoom = (candidates: ReadonlyArray<Candidate>, strategy: Ordered, now: number): Room => {
  const heap: Heap<Candidate> = heapOf([...candidates], orderOf(strategy))
  const open = new Set(candidates.map(({ agent }) => agent))
  const fresh = hasFresh(open)
  const count = strategy._tag === 'FirstN' ? Math.max(1, strategy.n) : 1
  return {
    isFull: () => open.size === 0,
    hasFresh: fresh,
    take: (waiting, turn) => {
      const passed = waiting.passed.length > 0 && fresh(waiting) ? new Set(waiting.passed) : null
      const agents: Array<string> = []
      // Put back in the end: nobody is asked twice for one conversation.
      const back: Array<Candidate> = []
      while (agents.length < count) {
        const next = pop(heap)
        if (next === undefined) break
        if (passed?.has(next.agent)) {
          back.push(next)
          continue
        }
        agents.push(next.agent)
        const after = given(next, now, turn)
        if (hasRoom(after)) back.push(after)
        else open.delete(after.agent)
      }
      for (const candidate of back) push(heap, candidate)
      return agents
    },
  }
}

/** Those with room, of whom a function of the host chooses. */
export const customRoom = (candidates: ReadonlyArray<Candidate>, choose: CustomStrategy, now: number): Room => {
  const open = new Map([...candidates].sort(byAgent).map((candidate) => [candidate.agent, candidate]))
  const fresh = hasFresh(open)
  return {
    isFull: () => open.size === 0,
    hasFresh: fresh,
    take: (waiting, turn) => {
      const passed = fresh(waiting) ? waiting.passed : []
      const shown = [...open.values()].filter(({ agent }) => !passed.includes(agent))
      const chosen = askHost(choose, waiting, shown, now)
      const candidate = shown.find(({ agent }) => agent === chosen)
      if (candidate === undefined) return []
      const after = given(candidate, now, turn)
      if (hasRoom(after)) open.set(after.agent, after)
      else open.delete(after.agent)
      return [after.agent]
    },
  }
}

/** The function is not ours: it gets a list of its own, and a throw is an answer like nobody. */
const askHost = (choose: CustomStrategy, waiting: Waiting, shown: ReadonlyArray<Candidate>, now: number): unknown => {
  try {
    return choose(waiting, [...shown], now)
  } catch {
    return null
  }
}
