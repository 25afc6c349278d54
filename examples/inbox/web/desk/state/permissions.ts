import type { Permission } from '@guichet/engine/domain'
import { setup } from './workspace.ts'

/** Whether the agent of this window may; the engine decides again when she does. */
export const may = (permission: Permission): boolean => setup.value?.me.permissions.includes(permission) ?? false

/** Whether she looks after others' work as well. */
export const supervises = (): boolean => setup.value !== null && setup.value.me.role !== 'agent'
