import { field, idAt, textAt } from '@guichet/channel-kit'
import type { Sender } from '@guichet/engine/ports'
import { addressOf, phoneOf } from './address.ts'

/** What a message or a status calls somebody. */
export interface Ids {
  readonly waId: string | undefined
  readonly userId: string | undefined
  readonly parentUserId: string | undefined
}

/** The people that a change introduces. They are found by their ids: their order says nothing. */
export interface People {
  readonly find: (ids: Ids) => unknown
}

export const peopleOf = (contacts: ReadonlyArray<unknown>): People => {
  const byId = new Map<string, unknown>()
  for (const contact of contacts) {
    for (const id of [idAt(contact, 'user_id'), idAt(contact, 'wa_id')]) if (id !== undefined) byId.set(id, contact)
  }
  return { find: ({ waId, userId }) => byId.get(waId ?? '') ?? byId.get(userId ?? '') }
}

/** Who is called so by the fields `from`, `from_user_id` and `from_parent_user_id`, or by those of another beginning. */
export const idsAt = (element: unknown, number: string, prefix: string): Ids => ({
  waId: idAt(element, number),
  userId: idAt(element, `${prefix}user_id`),
  parentUserId: idAt(element, `${prefix}parent_user_id`),
})

/** Both ids where one payload has both, whichever of them the message itself names. */
export const completed = (ids: Ids, people: People): Ids => {
  const contact = people.find(ids)
  if (contact === undefined) return ids
  return {
    waId: ids.waId ?? idAt(contact, 'wa_id'),
    userId: ids.userId ?? idAt(contact, 'user_id'),
    parentUserId: ids.parentUserId ?? idAt(contact, 'parent_user_id'),
  }
}

/** Who writes; undefined when nobody says. A number is verified by WhatsApp, a name is what people call themselves. */
export const senderOf = (message: unknown, people: People): Sender | undefined => {
  const written = idsAt(message, 'from', 'from_')
  const { waId, userId, parentUserId } = completed(written, people)
  const address = addressOf(waId, userId ?? parentUserId)
  if (address === undefined) return undefined
  const profile = field(people.find(written), 'profile')
  const name = textAt(profile, 'name')
  const username = textAt(profile, 'username')
  const phone = waId === undefined ? undefined : phoneOf(waId)
  return {
    address,
    ...(name === undefined || name.trim() === '' ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    verified: true,
    attributes: {
      ...(waId === undefined ? {} : { whatsappId: waId }),
      ...(userId === undefined ? {} : { whatsappUserId: userId }),
      ...(parentUserId === undefined ? {} : { whatsappParentUserId: parentUserId }),
      ...(username === undefined ? {} : { whatsappUsername: username }),
    },
  }
}
