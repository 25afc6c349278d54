import { field, idAt, textAt } from '@guichet/channel-kit'
import type { InboundEvent, Sender } from '@guichet/engine/ports'
import { addressOf, type Ids, otherAddressesOf, phoneOf } from './address.ts'

/** The people that a change introduces. They are found by their ids: their order says nothing. */
export interface People {
  readonly find: (ids: Ids) => unknown
}

export const peopleOf = (contacts: ReadonlyArray<unknown>): People => {
  const byId = new Map<string, unknown>()
  for (const contact of contacts) {
    const ids = [idAt(contact, 'parent_user_id'), idAt(contact, 'user_id'), idAt(contact, 'wa_id')]
    for (const id of ids) if (id !== undefined) byId.set(id, contact)
  }
  return {
    find: ({ waId, userId, parentUserId }) =>
      byId.get(waId ?? '') ?? byId.get(userId ?? '') ?? byId.get(parentUserId ?? ''),
  }
}

/** Who is called so by the fields `from`, `from_user_id` and `from_parent_user_id`, or by those of another beginning. */
export const idsAt = (element: unknown, number: string, prefix: string): Ids => ({
  waId: idAt(element, number),
  userId: idAt(element, `${prefix}user_id`),
  parentUserId: idAt(element, `${prefix}parent_user_id`) ?? idAt(element, `parent_${prefix}user_id`),
})

/** All ids where one payload has them all, whichever of them the message itself names. */
export const completed = (ids: Ids, people: People): Ids => {
  const contact = people.find(ids)
  if (contact === undefined) return ids
  return {
    waId: ids.waId ?? idAt(contact, 'wa_id'),
    userId: ids.userId ?? idAt(contact, 'user_id'),
    parentUserId: ids.parentUserId ?? idAt(contact, 'parent_user_id'),
  }
}

/** What somebody is called in this change, whichever ids it is known by. */
export const nameOf = (ids: Ids, people: People): string | undefined => {
  const name = textAt(people.find(ids), 'profile', 'name')
  return name === undefined || name.trim() === '' ? undefined : name
}

/** Who writes; undefined when nobody says. A number is verified by WhatsApp, a name is what people call themselves. */
export const senderOf = (ids: Ids, people: People): Sender | undefined => {
  const address = addressOf(ids)
  if (address === undefined) return undefined
  const { waId, userId, parentUserId } = ids
  const name = nameOf(ids, people)
  const username = textAt(field(people.find(ids), 'profile'), 'username')
  const phone = waId === undefined ? undefined : phoneOf(waId)
  return {
    address,
    ...(name === undefined ? {} : { name }),
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

export type AddressChanged = Extract<InboundEvent, { readonly _tag: 'AddressChanged' }>

/**
 * What a payload that names somebody by several ids says: they are one person. Whatever comes with one of them alone later
 * goes on where the others did. It comes before what the person says, so that it finds its conversation.
 */
export const knownAs = (ids: Ids, people: People): ReadonlyArray<AddressChanged> => {
  const to = addressOf(ids)
  if (to === undefined) return []
  const name = nameOf(ids, people)
  const phone = ids.waId === undefined ? undefined : phoneOf(ids.waId)
  return otherAddressesOf(ids).map((from) => ({
    _tag: 'AddressChanged',
    from,
    to,
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
  }))
}
