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

/** An agent as the workspace keeps her: the host's id, a name to show, a role, and the queues she serves. */
export interface Agent {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly queues: ReadonlyArray<string>
}

/** The engine acting on its own account: timers, deliveries, policies. */
export const system: Actor = { kind: 'system', id: 'engine' }
