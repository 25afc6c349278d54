import type { Strategy } from '../../domain/distribution/strategy.ts'
import type { Agent } from '../../domain/actor.ts'
import type { Queue } from '../../domain/queue/queue.ts'
import type { Setup } from '../directory.ts'

const everyone: Strategy = { _tag: 'Everyone' }

export const strategyOf = (queue: Queue): Strategy => queue.strategy ?? everyone

/** Whether the engine chooses who gets what waits here. */
export const isAutomatic = (strategy: Strategy): boolean => strategy._tag !== 'Everyone' && strategy._tag !== 'Manual'

/** Whether the engine has anything to do when somebody begins to wait here: where people choose it does not even look. */
export const needsWork = (queue: Queue | undefined): queue is Queue =>
  queue !== undefined &&
  (isAutomatic(strategyOf(queue)) ||
    queue.overflow !== undefined ||
    (queue.hours !== undefined && queue.outside?._tag === 'Move'))

/**
 * Whether the engine gives what somebody left behind to the next, though people choose here otherwise. Where it gives
 * by itself, that is distributed with everything else.
 */
export const givesToNext = (queue: Queue | undefined): queue is Queue =>
  queue?.away === 'reassign' && !isAutomatic(strategyOf(queue))

/** The queues that give an agent something by themselves. */
export const queuesGivingTo = (setup: Setup, agent: Agent): ReadonlyArray<string> =>
  agent.queues.filter((id) => {
    const queue = setup.queues.get(id)
    return queue !== undefined && isAutomatic(strategyOf(queue))
  })
