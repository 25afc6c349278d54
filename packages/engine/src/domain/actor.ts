import type { Permission } from './access/permission.ts'

/**
 * Who does something: an agent or bot of the workspace, the contact on the other side, or the engine itself.
 * The host knows who its people are; the engine only keeps their ids.
 */
export type Actor =
  | { readonly kind: 'agent'; readonly id: string }
  | { readonly kind: 'bot'; readonly id: string }
  | { readonly kind: 'contact'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string }

/** What an agent may do in general; what she may do here depends on queue and ownership (see `access/`). */
export type Role = 'agent' | 'manager' | 'owner'

/** A time in which somebody is not there, epoch milliseconds, the end not included. */
export interface Absence {
  readonly from: number
  readonly to: number
  readonly reason?: string
}

/** An agent as the workspace keeps her: the host's id, a name to show, a role, and the queues she serves. */
export interface Agent {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly queues: ReadonlyArray<string>
  /** Where answers go that she wants in her own box. */
  readonly email?: string
  /** Her number in the house: a transfer finds her by it. */
  readonly extension?: string
  /** How many open conversations she is given at most; what she takes herself is not limited. Unlimited unless given. */
  readonly capacity?: number
  /** Ends her mails; variables as in templates. */
  readonly signature?: string
  /** BCP 47: what she reads and writes, preferred first. */
  readonly languages?: ReadonlyArray<string>
  /** Hours (an id) in which she works. At all times unless given. */
  readonly shift?: string
  readonly absences?: ReadonlyArray<Absence>
  /** Instead of those of her role. */
  readonly permissions?: ReadonlyArray<Permission>
}

/** The engine acting on its own account: timers, deliveries, policies. */
export const system: Actor = { kind: 'system', id: 'engine' }
