import { field } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressAt, formerAddressAt } from './address.ts'
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
import { timeOf } from './told.ts'
import { readUnknown } from './unknown.ts'

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
  // The same word with a hyphen. Source: Meta, "Webhook Reference: messaging_policy_enforcement", whose example has it.
  'policy-enforcement': readPolicy,
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Before what she says: the guest that she was is the same person. */
const movedOf = (event: unknown, { own }: Place): ReadonlyArray<InboundEvent> => {
  const from = formerAddressAt(event)
  const to = addressAt(event, 'sender')
  if (from === undefined || to === undefined || to === own) return []
  return [{ _tag: 'AddressChanged', from, to, ...timeOf(event) }]
}

/** What one event of a conversation means; undefined when it cannot be read. */
export const readEvent = (event: unknown, place: Place): ReadonlyArray<InboundEvent> | undefined => {
  if (!isObject(event)) return undefined
  const known = Object.entries(kinds).flatMap(([name, read]) => {
    const body = field(event, name) ?? undefined
    return body === undefined ? [] : [{ body, read }]
  })
  if (known.length === 0) return readUnknown(event, place)
  const meant = known.map(({ body, read }) => (isObject(body) ? read(event, body, place) : undefined))
  if (meant.includes(undefined)) return undefined
  return [...movedOf(event, place), ...meant.flatMap((each) => each ?? [])]
}
