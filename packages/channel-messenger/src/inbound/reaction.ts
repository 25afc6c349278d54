import { idAt, textAt, timeAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { signOf } from '../reaction/signs.ts'
import { addressAt } from './address.ts'
import type { ReadKind } from './read-kind.ts'

/** A sign beside a message, or one that is taken back. */
export const readReaction: ReadKind = (event, body, { own }): ReadonlyArray<InboundEvent> | undefined => {
  const externalId = idAt(body, 'mid')
  const from = addressAt(event, 'sender')
  if (externalId === undefined || from === undefined) return undefined
  if (from === own) return [{ _tag: 'Ignored', reason: 'a reaction of our own' }]
  const emoji =
    textAt(body, 'action') === 'unreact' ? null : textAt(body, 'emoji') || signOf(textAt(body, 'reaction') ?? '')
  if (emoji === undefined) return [{ _tag: 'Ignored', reason: 'a reaction without a sign' }]
  const at = timeAt(event, 'timestamp')
  return [{ _tag: 'Reacted', externalId, from, emoji, ...(at === undefined ? {} : { at }) }]
}
