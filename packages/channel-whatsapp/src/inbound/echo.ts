import { idAt, timeAt } from '@guichet/channel-kit'
import { addressOf } from './address.ts'
import { type Meaning, senseless } from './alone.ts'
import { contentOf, typeOf } from './content.ts'
import { groupOf } from './group.ts'
import { editEvent, revokeEvent } from './message.ts'
import { ignored } from './outcomes.ts'
import { completed, idsAt, knownAs, type People } from './people.ts'

/** One of `message_echoes`: what somebody of ours wrote in the WhatsApp Business app, on a number that both serve. */
export const echoEvents = (echo: unknown, people: People): ReadonlyArray<Meaning> => {
  if (typeof echo !== 'object' || echo === null) return [senseless('no message')]
  const type = typeOf(echo)
  if (type === 'edit') return [editEvent(echo)]
  if (type === 'revoke') return [revokeEvent(echo)]
  // Reactions are told of the contact alone.
  if (type === 'reaction') return [ignored('a reaction of ours')]
  const group = groupOf(echo)
  if (group !== undefined) return [ignored(`an echo to a group: ${group}`)]
  const ids = completed(idsAt(echo, 'to', 'to_'), people)
  const to = addressOf(ids)
  const externalId = idAt(echo, 'id')
  if (to === undefined || externalId === undefined) return [senseless('an echo to nobody, or without an id')]
  const sentAt = timeAt(echo, 'timestamp')
  const quotes = idAt(echo, 'context', 'id')
  const reference = idAt(echo, 'biz_opaque_callback_data')
  return [
    ...knownAs(ids, people),
    {
      _tag: 'MessageEchoed',
      externalId,
      to,
      ...contentOf(echo),
      ...(sentAt === undefined ? {} : { sentAt }),
      ...(quotes === undefined ? {} : { quotes }),
      ...(reference === undefined ? {} : { reference }),
    },
  ]
}
