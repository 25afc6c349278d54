import { field, idAt, textAt } from '@guichet/channel-kit'
import { chosenOf } from './chosen.ts'
import type { ReadKind } from './read-kind.ts'
import { referralOf } from './referral.ts'
import { told } from './told.ts'

/** A tap on a button, on "Get started" or on a question that the conversation began with. */
export const readPostback: ReadKind = (event, body, place) => {
  const referral = field(body, 'referral')
  const came = referral === undefined ? undefined : referralOf(referral)
  const chosen = chosenOf(textAt(body, 'payload'), textAt(body, 'title'))
  const mid = idAt(body, 'mid')
  return told(
    event,
    body,
    place,
    { parts: [...(came?.parts ?? []), ...chosen.parts], whole: chosen.whole && came?.whole !== false },
    { kind: 'postback', ...(mid === undefined ? {} : { externalId: mid }) },
  )
}
