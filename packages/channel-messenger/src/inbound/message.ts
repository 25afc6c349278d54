import { field, flagAt, idAt, listAt, numberAt, textAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressAt } from './address.ts'
import { attachmentsOf } from './attachments.ts'
import { chosenOf } from './chosen.ts'
import type { ReadKind } from './read-kind.ts'
import type { Place } from './place.ts'
import { referredBy } from './referral.ts'
import { saysOnly } from './says-only.ts'
import { withSound } from './sound.ts'
import { type Content, metaOf, timeOf, told } from './told.ts'

/** What was said first is what it is about: the story or the advertisement that is answered. */
const cameBy = (message: unknown): ReadonlyArray<Content> => {
  const story = field(message, 'reply_to', 'story')
  const answered = saysOnly(story)
    ? undefined
    : withSound({ _tag: 'Referral', source: 'story' }, { id: idAt(story, 'id'), url: textAt(story, 'url') })
  return [
    ...(answered === undefined ? [] : [{ parts: [answered.part], whole: answered.whole }]),
    ...referredBy(message),
  ]
}

const wordsOf = (message: unknown): ReadonlyArray<Content> => {
  const text = textAt(message, 'text')
  const payload = textAt(message, 'quick_reply', 'payload')
  if (payload !== undefined) return [chosenOf(payload, text)]
  return text === undefined || text.trim() === '' ? [] : [{ parts: [{ _tag: 'Text', text }], whole: true }]
}

const contentOf = (message: unknown): Content => {
  const pieces = [...cameBy(message), ...wordsOf(message), ...attachmentsOf(listAt(message, 'attachments'))]
  const parts = pieces.flatMap((piece) => piece.parts)
  const unsupported = flagAt(message, 'is_unsupported')
  if (parts.length > 0 && !unsupported) return { parts, whole: pieces.every(({ whole }) => whole) }
  const kind = unsupported ? 'unsupported' : 'message'
  return { parts: [...parts, { _tag: 'Unsupported', kind }], whole: false }
}

/** What somebody else wrote in our name, or we ourselves: then it carries the key that we sent it with. */
const echo = (event: unknown, message: unknown, { own, appId }: Place): ReadonlyArray<InboundEvent> | undefined => {
  const externalId = idAt(message, 'mid')
  const to = addressAt(event, 'recipient')
  if (externalId === undefined || to === undefined) return undefined
  if (to === own) return [{ _tag: 'Ignored', reason: 'a message to ourselves' }]
  const content = contentOf(message)
  const reference = idAt(message, 'app_id') === appId ? textAt(message, 'metadata') || undefined : undefined
  const quotes = idAt(message, 'reply_to', 'mid')
  const { at } = timeOf(event)
  return [
    {
      _tag: 'MessageEchoed',
      externalId,
      to,
      parts: content.parts,
      ...(reference === undefined ? {} : { reference }),
      ...(at === undefined ? {} : { sentAt: at }),
      ...(quotes === undefined ? {} : { quotes }),
      ...metaOf(event, content, message),
    },
  ]
}

/** A message of the customer or, as an echo, of the page; or that one was taken back. */
export const readMessage: ReadKind = (event, message, place) => {
  const mid = idAt(message, 'mid')
  if (flagAt(message, 'is_deleted'))
    return mid === undefined ? undefined : [{ _tag: 'MessageDeleted', externalId: mid }]
  if (flagAt(message, 'is_echo') || addressAt(event, 'sender') === place.own) return echo(event, message, place)
  const quotes = idAt(message, 'reply_to', 'mid')
  return told(event, message, place, contentOf(message), {
    kind: 'message',
    ...(mid === undefined ? {} : { externalId: mid }),
    ...(quotes === undefined ? {} : { quotes }),
  })
}

/** A message that its author has written anew. */
export const readEdit: ReadKind = (event, body, { own }) => {
  const externalId = idAt(body, 'mid')
  if (externalId === undefined) return undefined
  const text = textAt(body, 'text')
  if (text === undefined) return [{ _tag: 'Ignored', reason: 'an edit without its words' }]
  if (addressAt(event, 'sender') === own) return [{ _tag: 'Ignored', reason: 'an edit of our own message' }]
  const revision = numberAt(body, 'num_edit')
  return [
    {
      _tag: 'MessageEdited',
      externalId,
      parts: [{ _tag: 'Text', text }],
      ...(revision === undefined ? {} : { revision }),
    },
  ]
}
