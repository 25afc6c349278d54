import { can } from '../access/permissions.ts'
import { mayServe } from '../access/policy.ts'
import type { Agent } from '../actor.ts'
import type { Template } from './template.ts'

/** Only its scope matters. */
type Scoped = Pick<Template, 'scope'>

/**
 * Whether an agent finds and uses a template: everybody's, those of queues that she may serve, her own.
 *
 * @example
 * ```ts
 * import { mayUse } from '@guichet/engine/domain'
 *
 * console.log(mayUse({ scope: { _tag: 'Team', queue: 'support' } }, ana))
 * console.log(mayUse({ scope: { _tag: 'Own', agent: 'ben' } }, { ...ana, role: 'owner' }))
 * ```
 *
 * ```text
 * true
 * false
 * ```
 */
export const mayUse = ({ scope }: Scoped, agent: Agent): boolean => {
  switch (scope._tag) {
    case 'All':
      return true
    case 'Team':
      return mayServe(agent, scope.queue)
    case 'Own':
      return scope.agent === agent.id
  }
}

/**
 * Whether an agent writes, changes and removes a template: her own always, the others with `manageTemplates`, as far
 * as she may use them.
 *
 * @example
 * ```ts
 * import { mayManage } from '@guichet/engine/domain'
 *
 * console.log(mayManage({ scope: { _tag: 'Own', agent: 'ana' } }, ana), mayManage({ scope: { _tag: 'All' } }, ana))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const mayManage = (template: Scoped, agent: Agent): boolean =>
  mayUse(template, agent) && (template.scope._tag === 'Own' || can(agent, 'manageTemplates'))
