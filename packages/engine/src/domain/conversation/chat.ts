import type { Command } from './command.ts'
import type { Conversation } from './state.ts'

/**
 * The name of the channel, the account and the queue of conversations among colleagues. They are there in every
 * workspace without being set up, nobody serves the queue, and nothing ever leaves: who is part of a conversation
 * sees it, and managers do.
 */
export const internal = 'internal'

/**
 * Whether a conversation is one among colleagues.
 *
 * @example
 * ```ts
 * import { isInternal } from '@guichet/engine/domain'
 *
 * console.log(isInternal(conversation), isInternal({ channel: 'internal' }))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const isInternal = ({ channel }: Pick<Conversation, 'channel'>): boolean => channel === internal

/** What takes a customer, a queue that somebody serves, or a bot. */
const needsCustomer: ReadonlySet<Command['_tag']> = new Set<Command['_tag']>([
  'Release',
  'Unassign',
  'Transfer',
  'MarkSpam',
  'HandOver',
  'GiveToBot',
  'BlockBot',
  'UnblockBot',
  'RunBot',
  'Schedule',
  'SetTranslation',
  'Distribute',
  'OfferTo',
  'Overflow',
  'ReturnToQueue',
])

/** Whether a command means nothing among colleagues. */
export const meansNothingInside = (state: Conversation, command: Command): boolean =>
  isInternal(state) && needsCustomer.has(command._tag)
