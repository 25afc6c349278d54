import { field } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressAt } from './address.ts'
import type { Place } from './place.ts'
import { told } from './told.ts'

const ignored = (reason: string): ReadonlyArray<InboundEvent> => [{ _tag: 'Ignored', reason: reason.slice(0, 200) }]

/** Members that stand beside what an event says. */
const beside: ReadonlySet<string> = new Set(['sender', 'recipient', 'timestamp', 'prior_message', 'hop_context'])

/**
 * Kinds of Meta by which nobody says anything: an account of the business's site was linked, a game was played, an
 * automatic answer was found good or bad. Source: Meta, "Webhook Reference: messaging_account_linking",
 * "messaging_game_plays", "response_feedback".
 */
const silent: ReadonlySet<string> = new Set(['account_linking', 'game_play', 'response_feedback'])

/**
 * A form that the customer has filled in: somebody says something, in a shape that has no part here. Source: Meta,
 * "Customer Feedback Template".
 */
const filledIn = 'messaging_feedback'

/**
 * An event of a kind that nobody here knows. What comes from a customer is kept as it came, and as nobody knows whether
 * she has said anything by it, as a notification: it wakes nobody.
 */
export const readUnknown = (event: object, place: Place): ReadonlyArray<InboundEvent> => {
  const body = Object.fromEntries(
    Object.entries(event).filter(([name]) => !beside.has(name) && (field(event, name) ?? undefined) !== undefined),
  )
  const names = Object.keys(body)
  const kind = names.join(', ').trim().slice(0, 200)
  if (kind === '') return ignored('an event that says nothing')
  const from = addressAt(event, 'sender')
  const passedOver = ignored(`an unknown kind of event: ${kind}`)
  if (from === undefined || from === place.own || names.every((name) => silent.has(name))) return passedOver
  const content = { parts: [{ _tag: 'Unsupported', kind }], whole: false } as const
  const written = names.includes(filledIn)
  const how = { kind: 'event', ...(written ? {} : { automatic: 'notification' as const }) }
  return told(event, body, place, content, how) ?? passedOver
}
