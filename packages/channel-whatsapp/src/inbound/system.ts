import { field, idAt, textAt, timeAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressOf, type Ids, phoneOf } from './address.ts'
import { ignored } from './outcomes.ts'
import { type AddressChanged, completed, idsAt, knownAs, type People, peopleOf } from './people.ts'

const nobody = peopleOf([])

/** Kinds of news that are about an address; `customer_changed_number` is how older versions call the first. */
const changes: ReadonlySet<string> = new Set(['user_changed_number', 'user_changed_user_id', 'customer_changed_number'])

const changed = (from: string, now: Ids, at: number | undefined): ReadonlyArray<AddressChanged> => {
  const to = addressOf(now)
  if (to === undefined || to === from) return []
  const phone = now.waId === undefined ? undefined : phoneOf(now.waId)
  return [
    {
      _tag: 'AddressChanged',
      from,
      to,
      ...(phone === undefined ? {} : { phone }),
      ...(at === undefined ? {} : { at }),
    },
  ]
}

/**
 * What WhatsApp says of somebody, which nobody wrote: a new number or a new user id is a new address. Whose user id has
 * changed and whose number is known keeps the address that the number is, and is known by the new id as well.
 */
export const systemEvents = (message: unknown, people: People): ReadonlyArray<InboundEvent> => {
  const system = field(message, 'system')
  const kind = textAt(system, 'type') ?? 'unknown'
  const named = idsAt(message, 'from', 'from_')
  const before = completed({ ...named, waId: named.waId ?? idAt(system, 'customer') }, people)
  const given = idsAt(system, 'wa_id', '')
  const newNumber = given.waId ?? idAt(system, 'new_wa_id')
  const now = { ...given, waId: newNumber ?? before.waId }
  const from = addressOf(before)
  if (from === undefined || !changes.has(kind)) return [ignored(`system: ${kind}`)]
  const change = changed(from, now, timeAt(message, 'timestamp'))
  const events = [...(change.length === 0 ? [] : knownAs(before, people)), ...change, ...knownAs(now, nobody)]
  return events.length === 0 ? [ignored(`system: ${kind}`)] : events
}

/**
 * One of `user_id_update`: the business-scoped user id of somebody has been replaced. What is known of the number comes
 * first, so that the new id leads to whoever has that.
 */
export const userIdEvents = (update: unknown): ReadonlyArray<InboundEvent> => {
  const waId = idAt(update, 'wa_id')
  const parentUserId = undefined
  const events = (['user_id', 'parent_user_id'] as const).flatMap((name) => {
    const from = idAt(update, name, 'previous')
    const userId = idAt(update, name, 'current')
    if (from === undefined || userId === undefined || from === userId) return []
    const known = waId === undefined ? [] : knownAs({ waId, userId: from, parentUserId }, nobody)
    return [...known, ...changed(from, { waId: undefined, userId, parentUserId }, timeAt(update, 'timestamp'))]
  })
  return events.length === 0 ? [ignored('user_id_update: no change')] : events
}
