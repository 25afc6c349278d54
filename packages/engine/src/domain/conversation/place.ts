import type { InboundPolicy } from '../account.ts'
import type { Conversation } from './state.ts'

/** Where an inbound message goes: into the conversation that was found, or into a new one that follows it. */
export type Placement = { readonly _tag: 'Append' } | { readonly _tag: 'New'; readonly follows: string | null }

const append: Placement = { _tag: 'Append' }

/**
 * Whether a message still belongs to the conversation it was matched to. What machines write never opens a new
 * conversation beside an existing one: it is stored where it belongs and triggers nothing.
 *
 * @example
 * ```ts
 * import { defaultInboundPolicy, place } from '@guichet/engine/domain'
 *
 * const policy = { ...defaultInboundPolicy, closed: { within: 60_000 } }
 * const closed = { ...conversation, status: 'closed' } as const
 * console.log(place(closed, policy, { automatic: false, now: closed.lastActivity + 60_000 }))
 * console.log(place(closed, policy, { automatic: false, now: closed.lastActivity + 60_001 }))
 * ```
 *
 * ```text
 * { _tag: 'Append' }
 * { _tag: 'New', follows: 'c1' }
 * ```
 */
export const place = (
  state: Conversation | undefined,
  policy: InboundPolicy,
  message: { readonly automatic: boolean; readonly now: number },
): Placement => {
  if (state === undefined || state.deleted) return { _tag: 'New', follows: null }
  if (message.automatic) return append
  const anew: Placement = { _tag: 'New', follows: state.id }
  switch (state.status) {
    case 'open':
    case 'pending':
      return append
    case 'closed': {
      const rule = policy.closed
      if (rule === 'reopen') return append
      if (rule === 'new') return anew
      return message.now - state.lastActivity <= rule.within ? append : anew
    }
    case 'spam':
      return policy.spam === 'store' ? append : anew
    case 'archived':
      return policy.archived === 'reopen' ? append : anew
  }
}
