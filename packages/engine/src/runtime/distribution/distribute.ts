import type { Conversation } from '../../domain/conversation/state.ts'
import type { CustomStrategy, PlanFacts, PlanStep } from '../../domain/distribution/plan-facts.ts'
import { plan } from '../../domain/distribution/plan.ts'
import { hasRoom } from '../../domain/distribution/room.ts'
import type { Strategy } from '../../domain/distribution/strategy.ts'
import type { Queue } from '../../domain/queue/queue.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { type Candidates, candidatesIn } from './candidates.ts'
import { type Given, give } from './give.ts'
import { isQueueOpen, moveOn, nextMove } from './moves.ts'
import { givesToNext, isAutomatic, needsWork, strategyOf } from './needs-work.ts'
import { asWaiting, waitingIn, waitingNow } from './waiting.ts'

/** A plan that others keep overtaking is made again by the next piece of work. */
const plansAtMost = 8

/** A strategy of the host that failed is asked again after this long, in milliseconds. */
const askAgainMs = 60_000

interface Planned {
  readonly steps: ReadonlyArray<PlanStep>
  /** A function of the host threw, or is not there in this process: what it was asked about waits. */
  readonly failed: boolean
}

const planFor = (
  core: Core,
  queue: Queue,
  waiting: ReadonlyArray<Conversation>,
  strategy: Strategy,
  { candidates, turns }: Candidates,
): Planned => {
  let failed = false
  const custom: CustomStrategy = (...asked) => {
    try {
      const choose = strategy._tag === 'Custom' ? core.strategies.get(strategy.name) : undefined
      if (choose === undefined) throw new Error(`there is no strategy for ${queue.id}`)
      return choose(...asked)
    } catch (error) {
      failed = true
      core.report('strategy', error)
      return null
    }
  }
  const facts: PlanFacts = {
    now: core.clock.now(),
    strategy,
    offerMs: queue.offerMs ?? null,
    waiting: waiting.map(asWaiting),
    candidates,
    turn: turns.highest,
  }
  return { steps: plan(facts, custom), failed }
}

/** Gives out everything that a plan says; whether all of it still held. */
const carryOut = async (
  core: Core,
  setup: Setup,
  workspace: string,
  queue: Queue,
  waiting: ReadonlyArray<Conversation>,
  strategy: Strategy,
  who: Candidates,
): Promise<'done' | 'stale' | 'failed'> => {
  const { steps, failed } = planFor(core, queue, waiting, strategy, who)
  const given = await Promise.all(
    steps.map((step, index): Promise<Given> => {
      const after = steps[index - 1]?.turn ?? who.turns.highest
      return give(core, setup, { workspace, queue: queue.id, strategy, after }, step)
    }),
  )
  if (failed) return 'failed'
  return given.every((one) => one === 'done') ? 'done' : 'stale'
}

/** Where neither time nor anybody with room can change anything, a long queue is not even read. */
const isStill = (queue: Queue, strategy: Strategy, who: Candidates | undefined): boolean =>
  queue.overflow === undefined &&
  queue.hours === undefined &&
  (!isAutomatic(strategy) || who === undefined || !who.candidates.some(hasRoom))

/**
 * Looks at a queue: moves on what is not to wait here, and gives out the rest as far as people have room. Facts are
 * read anew for each plan. Answers when time alone asks for the next look, epoch milliseconds.
 */
export const distributeQueue = async (core: Core, workspace: string, id: string): Promise<number | undefined> => {
  for (let plans = 0; plans < plansAtMost; plans += 1) {
    const setup = await core.directory.of(workspace)
    const queue = setup.queues.get(id)
    if (!needsWork(queue)) return undefined
    const strategy = strategyOf(queue)
    const gives = isAutomatic(strategy) && isQueueOpen(setup, queue, core.clock.now())
    const who = gives ? await candidatesIn(core, setup, workspace, id) : undefined
    if (isStill(queue, strategy, who)) return undefined
    const waiting = await moveOn(core, setup, workspace, queue, await waitingIn(core, workspace, id))
    const carried = who && (await carryOut(core, setup, workspace, queue, waiting, strategy, who))
    if (carried === 'stale') continue
    const now = core.clock.now()
    const next = nextMove(setup, queue, waiting, now)
    return carried === 'failed' ? Math.min(next ?? Number.POSITIVE_INFINITY, now + askAgainMs) : next
  }
  return core.clock.now()
}

/**
 * Gives this to the next who has room, also where people choose otherwise; what nobody can take waits. Answers when it
 * is to be tried again, epoch milliseconds, because others kept overtaking it.
 */
export const giveToNext = async (
  core: Core,
  workspace: string,
  id: string,
  conversation: string,
): Promise<number | undefined> => {
  for (let plans = 0; plans < plansAtMost; plans += 1) {
    const setup = await core.directory.of(workspace)
    const queue = setup.queues.get(id)
    if (!givesToNext(queue) || !isQueueOpen(setup, queue, core.clock.now())) return undefined
    const state = await waitingNow(core, workspace, conversation)
    if (state === undefined || state.queue !== id) return undefined
    const who = await candidatesIn(core, setup, workspace, id)
    const strategy: Strategy = { _tag: 'LongestIdle' }
    if ((await carryOut(core, setup, workspace, queue, [state], strategy, who)) !== 'stale') return undefined
  }
  return core.clock.now()
}
