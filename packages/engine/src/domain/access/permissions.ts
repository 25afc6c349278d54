import type { Agent, Role } from '../actor.ts'
import type { Permission } from './permission.ts'

const everything: ReadonlyArray<Permission> = [
  'editContacts',
  'eraseContacts',
  'manageTemplates',
  'manageTags',
  'manageBlocks',
  'deleteConversations',
  'seeReports',
]

const nothing: ReadonlyArray<Permission> = []

/**
 * What a role may do beyond its own conversations: managers and owners everything, agents nothing.
 *
 * @example
 * ```ts
 * import { permissionsOf } from '@guichet/engine/domain'
 *
 * console.log(permissionsOf('agent'), permissionsOf('manager').includes('manageTemplates'))
 * ```
 *
 * ```text
 * [] true
 * ```
 */
export const permissionsOf = (role: Role): ReadonlyArray<Permission> => (role === 'agent' ? nothing : everything)

/**
 * Whether an agent has a permission: by a list of her own when the host gave her one, else by her role.
 *
 * @example
 * ```ts
 * import { can } from '@guichet/engine/domain'
 *
 * console.log(can(ana, 'manageTags'), can({ ...ana, permissions: ['manageTags'] }, 'manageTags'))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const can = (agent: Agent, permission: Permission): boolean =>
  (agent.permissions ?? permissionsOf(agent.role)).includes(permission)
