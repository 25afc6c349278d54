import { field } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { readControl, readRequest, readRoles } from './handover.ts'
import { readPolicy } from './health.ts'
import { readEdit, readMessage } from './message.ts'
import type { ReadKind } from './read-kind.ts'
import { readOptIn } from './opt-in.ts'
import type { Place } from './place.ts'
import { readPostback } from './postback.ts'
import { readReaction } from './reaction.ts'
import { readDelivery, readSeen } from './receipts.ts'
import { readReferral } from './referral.ts'

/** By the member of an event that says what it is. */
const kinds: Readonly<Record<string, ReadKind>> = {
  message: readMessage,
  message_edit: readEdit,
  postback: readPostback,
  reaction: readReaction,
  read: readSeen,
  delivery: readDelivery,
  referral: readReferral,
  optin: readOptIn,
  pass_thread_control: readControl,
  take_thread_control: readControl,
  request_thread_control: readRequest,
  app_roles: readRoles,
  policy_enforcement: readPolicy,
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const about = new Set(['sender', 'recipient', 'timestamp'])

/** What one event of a conversation means; undefined when it cannot be read. What nobody knows is passed over. */
export const readEvent = (event: unknown, place: Place): ReadonlyArray<InboundEvent> | undefined => {
  if (!isObject(event)) return undefined
  const known = Object.entries(kinds).find(([name]) => field(event, name) !== undefined)
  if (known !== undefined) {
    const [name, read] = known
    const body = field(event, name)
    return isObject(body) ? read(event, body, place) : undefined
  }
  const names = Object.keys(event).filter((name) => !about.has(name))
  return [{ _tag: 'Ignored', reason: `an unknown kind of event: ${names.join(', ').slice(0, 100)}` }]
}
