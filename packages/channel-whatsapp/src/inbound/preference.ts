import { textAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressOf } from './address.ts'
import { ignored, unreadable } from './outcomes.ts'
import { completed, idsAt, type People } from './people.ts'
import { timeAt } from './time.ts'

/** What is written in `value`, and whether marketing is welcome then. */
const given: Readonly<Record<string, boolean>> = { stop: false, resume: true, signup: true }

/** One of `user_preferences`: somebody wants no marketing, or wants it again. Answers are not concerned. */
export const preferenceEvent = (preference: unknown, people: People): InboundEvent => {
  const { waId, userId, parentUserId } = completed(idsAt(preference, 'wa_id', ''), people)
  const address = addressOf(waId, userId ?? parentUserId)
  const value = textAt(preference, 'value')
  if (address === undefined || value === undefined) return unreadable('a preference of nobody', preference)
  const category = textAt(preference, 'category') ?? 'marketing_messages'
  const wanted = Object.hasOwn(given, value) ? given[value] : undefined
  if (category !== 'marketing_messages' || wanted === undefined)
    return ignored(`user_preferences: ${category} ${value}`)
  const at = timeAt(preference, 'timestamp')
  return {
    _tag: 'ConsentChanged',
    address,
    given: wanted,
    scope: 'marketing',
    by: value,
    ...(at === undefined ? {} : { at }),
  }
}
