import { textAt, timeAt } from '@guichet/channel-kit'
import { addressOf } from './address.ts'
import { type Meaning, senseless } from './alone.ts'
import { ignored } from './outcomes.ts'
import { completed, idsAt, type People } from './people.ts'

/** What is written in `value`, and whether marketing is welcome then. */
const given: Readonly<Record<string, boolean>> = { stop: false, resume: true, signup: true }

/** One of `user_preferences`: somebody wants no marketing, or wants it again. Answers are not concerned. */
export const preferenceEvent = (preference: unknown, people: People): Meaning => {
  const address = addressOf(completed(idsAt(preference, 'wa_id', ''), people))
  const value = textAt(preference, 'value')
  if (address === undefined || value === undefined) return senseless('a preference of nobody')
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
