import { idAt, textAt } from '@guichet/channel-kit'
import { chosenOf } from './chosen.ts'
import type { ReadKind } from './read-kind.ts'
import { referredBy } from './referral.ts'
import { told } from './told.ts'

/** A tap on a button, on "Get started" or on a question that the conversation began with. */
export const readPostback: ReadKind = (event, body, place) => {
  const pieces = [...referredBy(body), chosenOf(textAt(body, 'payload'), textAt(body, 'title'))]
  const mid = idAt(body, 'mid')
  return told(
    event,
    body,
    place,
    { parts: pieces.flatMap(({ parts }) => parts), whole: pieces.every(({ whole }) => whole) },
    { kind: 'postback', ...(mid === undefined ? {} : { externalId: mid }) },
  )
}
