import type { Actor } from '../actor.ts'
import type { DeliveryError } from './delivery.ts'

/** A sign that somebody put beside a message. */
export interface MessageReaction {
  readonly by: Actor
  readonly emoji: string
  /** It was to leave, and the customer could not be told of it. */
  readonly failed?: DeliveryError
}

/**
 * The one sign that customers see of ours, where a provider shows one for a whole account: that of whoever reacted last.
 *
 * @example
 * ```ts
 * import { ourSign, withReaction } from '@guichet/engine/domain'
 *
 * const anas = withReaction([], { kind: 'agent', id: 'ana' }, '👍')
 * const both = withReaction(anas, { kind: 'agent', id: 'ben' }, '🎉')
 * console.log(ourSign(both), ourSign(withReaction(both, { kind: 'agent', id: 'ben' }, null)), ourSign([]))
 * ```
 *
 * ```text
 * 🎉 👍 null
 * ```
 */
export const ourSign = (reactions: ReadonlyArray<MessageReaction>): string | null =>
  reactions.findLast(({ by }) => by.kind !== 'contact')?.emoji ?? null

/**
 * The same reactions, where the customer could not be told of one: another one that stands there since is not the one
 * that failed.
 *
 * @example
 * ```ts
 * import { withFailedReaction, withReaction } from '@guichet/engine/domain'
 *
 * const by = facts.actor
 * const error = { code: 'window', message: 'too late' }
 * const [one] = withFailedReaction(withReaction([], by, '👍'), { by, emoji: '👍', error })
 * console.log(one?.failed?.code)
 * ```
 *
 * ```text
 * window
 * ```
 */
export const withFailedReaction = (
  reactions: ReadonlyArray<MessageReaction>,
  { by, emoji, error }: { readonly by: Actor; readonly emoji: string | null; readonly error: DeliveryError },
): ReadonlyArray<MessageReaction> =>
  reactions.map((one) =>
    one.by.kind === by.kind && one.by.id === by.id && one.emoji === emoji ? { ...one, failed: error } : one,
  )

/**
 * The reactions to a message after somebody has reacted: everybody has one, and null takes it back.
 *
 * @example
 * ```ts
 * import { withReaction } from '@guichet/engine/domain'
 *
 * const once = withReaction([], facts.actor, '👍')
 * console.log(withReaction(once, facts.actor, '🎉').length, withReaction(once, facts.actor, null))
 * ```
 *
 * ```text
 * 1 []
 * ```
 */
export const withReaction = (
  reactions: ReadonlyArray<MessageReaction>,
  by: Actor,
  emoji: string | null,
): ReadonlyArray<MessageReaction> => {
  const others = reactions.filter((one) => one.by.kind !== by.kind || one.by.id !== by.id)
  return emoji === null ? others : [...others, { by, emoji }]
}
