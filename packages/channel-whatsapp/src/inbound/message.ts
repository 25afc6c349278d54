import { field, idAt, textAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { contentOf, typeOf } from './content.ts'
import { unreadable } from './outcomes.ts'
import { type People, senderOf } from './people.ts'
import { systemEvent } from './system.ts'
import { timeAt } from './time.ts'

/** What an edit says now: the message in it has a type of its own. */
export const editEvent = (message: unknown): InboundEvent => {
  const externalId = idAt(message, 'edit', 'original_message_id')
  const edited = field(message, 'edit', 'message')
  if (externalId === undefined || typeof edited !== 'object' || edited === null)
    return unreadable('an edit of nothing', message)
  return { _tag: 'MessageEdited', externalId, parts: contentOf(edited).parts }
}

export const revokeEvent = (message: unknown): InboundEvent => {
  const externalId = idAt(message, 'revoke', 'original_message_id')
  return externalId === undefined
    ? unreadable('a deletion of nothing', message)
    : { _tag: 'MessageDeleted', externalId }
}

const reactionEvent = (message: unknown, from: string): InboundEvent => {
  const externalId = idAt(message, 'reaction', 'message_id')
  if (externalId === undefined) return unreadable('a reaction to nothing', message)
  const emoji = textAt(message, 'reaction', 'emoji')
  return { _tag: 'Reacted', externalId, from, emoji: emoji === undefined || emoji === '' ? null : emoji }
}

/** One of `messages`. `why` is what its change says of what is missing in it. */
export const messageEvent = (message: unknown, people: People, why?: string): InboundEvent => {
  if (typeof message !== 'object' || message === null) return unreadable('no message', message)
  const type = typeOf(message)
  if (type === 'system') return systemEvent(message, people)
  if (type === 'edit') return editEvent(message)
  if (type === 'revoke') return revokeEvent(message)
  const from = senderOf(message, people)
  if (from === undefined) return unreadable('a message from nobody', message)
  if (type === 'reaction') return reactionEvent(message, from.address)
  const externalId = idAt(message, 'id')
  const sentAt = timeAt(message, 'timestamp')
  const quotes = idAt(message, 'context', 'id')
  return {
    _tag: 'MessageReceived',
    ...(externalId === undefined ? {} : { externalId }),
    from,
    ...contentOf(message, why),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(quotes === undefined ? {} : { quotes }),
  }
}
