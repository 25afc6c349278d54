import { field, idAt, textAt, timeAt } from '@guichet/channel-kit'
import { addressOf } from './address.ts'
import { type Meaning, senseless } from './alone.ts'
import { contentOf, typeOf } from './content.ts'
import { fromGroup, groupOf, inGroup } from './group.ts'
import { completed, idsAt, knownAs, nameOf, type People, senderOf } from './people.ts'
import { systemEvents } from './system.ts'

/** What an edit says now: the message in it has a type of its own. */
export const editEvent = (message: unknown, writer?: string): Meaning => {
  const externalId = idAt(message, 'edit', 'original_message_id')
  const edited = field(message, 'edit', 'message')
  if (externalId === undefined || typeof edited !== 'object' || edited === null) return senseless('an edit of nothing')
  // What cannot be shown does not take the place of what was shown.
  const parts = contentOf(edited).parts.filter(({ _tag }) => _tag !== 'Unsupported')
  if (parts.length === 0) return senseless('an edit that says nothing')
  const isGroup = groupOf(message) !== undefined
  const revision = timeAt(message, 'timestamp')
  return {
    _tag: 'MessageEdited',
    externalId,
    parts: isGroup ? inGroup(writer, parts) : parts,
    ...(revision === undefined ? {} : { revision }),
  }
}

export const revokeEvent = (message: unknown): Meaning => {
  const externalId = idAt(message, 'revoke', 'original_message_id')
  return externalId === undefined ? senseless('a deletion of nothing') : { _tag: 'MessageDeleted', externalId }
}

const reactionEvent = (message: unknown, from: string): Meaning => {
  const externalId = idAt(message, 'reaction', 'message_id')
  if (externalId === undefined) return senseless('a reaction to nothing')
  const emoji = textAt(message, 'reaction', 'emoji')
  return { _tag: 'Reacted', externalId, from, emoji: emoji === undefined || emoji === '' ? null : emoji }
}

/** One of `messages`, and who is known by more than one id because of it. `why` is what its change says is missing in it. */
export const messageEvents = (message: unknown, people: People, why?: string): ReadonlyArray<Meaning> => {
  if (typeof message !== 'object' || message === null) return [senseless('no message')]
  const type = typeOf(message)
  if (type === 'system') return systemEvents(message, people)
  const ids = completed(idsAt(message, 'from', 'from_'), people)
  const writer = nameOf(ids, people) ?? addressOf(ids)
  if (type === 'edit') return [editEvent(message, writer)]
  if (type === 'revoke') return [revokeEvent(message)]
  const group = groupOf(message)
  const from = group === undefined ? senderOf(ids, people) : fromGroup(group)
  if (from === undefined) return [senseless('a message from nobody')]
  if (type === 'reaction') return [reactionEvent(message, from.address)]
  const externalId = idAt(message, 'id')
  const sentAt = timeAt(message, 'timestamp')
  const quotes = idAt(message, 'context', 'id')
  const content = contentOf(message, why)
  return [
    ...(group === undefined ? knownAs(ids, people) : []),
    {
      _tag: 'MessageReceived',
      ...(externalId === undefined ? {} : { externalId }),
      from,
      ...(group === undefined ? content : { ...content, parts: inGroup(writer, content.parts) }),
      ...(sentAt === undefined ? {} : { sentAt }),
      ...(quotes === undefined ? {} : { quotes }),
    },
  ]
}
