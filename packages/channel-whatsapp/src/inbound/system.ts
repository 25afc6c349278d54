import { field, idAt, textAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressOf, phoneOf } from './address.ts'
import { completed, idsAt, type People } from './people.ts'
import { ignored } from './outcomes.ts'
import { timeAt } from './time.ts'

const changed = (
  from: string,
  to: string,
  waId: string | undefined,
  at: number | undefined,
): Extract<InboundEvent, { readonly _tag: 'AddressChanged' }> => {
  const phone = waId === undefined ? undefined : phoneOf(waId)
  return {
    _tag: 'AddressChanged',
    from,
    to,
    ...(phone === undefined ? {} : { phone }),
    ...(at === undefined ? {} : { at }),
  }
}

/**
 * What WhatsApp says of somebody, which nobody wrote: a new number or a new user id is a new address. Whose user id has
 * changed and whose number is known keeps the address that the number is.
 */
export const systemEvent = (message: unknown, people: People): InboundEvent => {
  const system = field(message, 'system')
  const kind = textAt(system, 'type') ?? 'unknown'
  const { waId, userId } = completed(idsAt(message, 'from', 'from_'), people)
  const newNumber = idAt(system, 'wa_id') ?? idAt(system, 'new_wa_id')
  const newUser = idAt(system, 'user_id')
  const from = addressOf(waId, userId)
  const to = addressOf(newNumber, waId === undefined ? newUser : undefined)
  if (from === undefined || to === undefined || from === to) return ignored(`system: ${kind}`)
  return changed(from, to, newNumber, timeAt(message, 'timestamp'))
}

/** One of `user_id_update`: the business-scoped user id of somebody has been replaced. */
export const userIdEvent = (update: unknown): InboundEvent => {
  const pairs = (['user_id', 'parent_user_id'] as const).map((name) => field(update, name))
  for (const pair of pairs) {
    const from = idAt(pair, 'previous')
    const to = idAt(pair, 'current')
    if (from === undefined || to === undefined || from === to) continue
    return changed(from, to, idAt(update, 'wa_id'), timeAt(update, 'timestamp'))
  }
  return ignored('user_id_update: no change')
}
