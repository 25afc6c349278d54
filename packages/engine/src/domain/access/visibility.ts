import type { Agent } from '../actor.ts'
import type { Queue } from '../queue/queue.ts'

/**
 * Which conversations a viewer sees, as data that every store can express. `All` for managers; otherwise those that
 * are hers, those she is involved in, all of `queues`, and the unowned ones of `unownedOf`.
 */
export type Visibility =
  | { readonly _tag: 'All' }
  | {
      readonly _tag: 'Some'
      readonly agent: string
      readonly queues: ReadonlyArray<string>
      readonly unownedOf: ReadonlyArray<string>
    }

/**
 * The filter form of `maySee`: both answer alike for every conversation, and a property test says so.
 *
 * @example
 * ```ts
 * import { visibilityOf } from '@guichet/engine/domain'
 *
 * console.log(visibilityOf(ana, [support]))
 * console.log(visibilityOf({ ...ana, role: 'manager' }, [support]))
 * ```
 *
 * ```text
 * { _tag: 'Some', agent: 'ana', queues: [ 'support' ], unownedOf: [] }
 * { _tag: 'All' }
 * ```
 */
export const visibilityOf = (agent: Agent, queues: Iterable<Queue>): Visibility => {
  if (agent.role !== 'agent') return { _tag: 'All' }
  const mine = [...queues].filter((queue) => agent.queues.includes(queue.id))
  return {
    _tag: 'Some',
    agent: agent.id,
    queues: mine.filter((queue) => queue.mode === 'shared').map((queue) => queue.id),
    unownedOf: mine.filter((queue) => queue.mode === 'exclusive').map((queue) => queue.id),
  }
}
