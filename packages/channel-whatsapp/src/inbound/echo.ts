import { idAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressOf } from './address.ts'
import { contentOf, typeOf } from './content.ts'
import { editEvent, revokeEvent } from './message.ts'
import { ignored, unreadable } from './outcomes.ts'
import { completed, idsAt, type People } from './people.ts'
import { timeAt } from './time.ts'

/** One of `message_echoes`: what somebody of ours wrote in the WhatsApp Business app, on a number that both serve. */
export const echoEvent = (echo: unknown, people: People): InboundEvent => {
  if (typeof echo !== 'object' || echo === null) return unreadable('no message', echo)
  const type = typeOf(echo)
  if (type === 'edit') return editEvent(echo)
  if (type === 'revoke') return revokeEvent(echo)
  // Reactions are told of the contact alone.
  if (type === 'reaction') return ignored('a reaction of ours')
  const { waId, userId, parentUserId } = completed(idsAt(echo, 'to', 'to_'), people)
  const to = addressOf(waId, userId ?? parentUserId)
  const externalId = idAt(echo, 'id')
  if (to === undefined || externalId === undefined) return unreadable('an echo to nobody, or without an id', echo)
  const sentAt = timeAt(echo, 'timestamp')
  const quotes = idAt(echo, 'context', 'id')
  const reference = idAt(echo, 'biz_opaque_callback_data')
  return {
    _tag: 'MessageEchoed',
    externalId,
    to,
    ...contentOf(echo),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(quotes === undefined ? {} : { quotes }),
    ...(reference === undefined ? {} : { reference }),
  }
}
