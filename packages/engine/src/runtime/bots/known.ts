import type { Contact } from '../../domain/contact/contact.ts'
import type { HandoverField } from '../../domain/conversation/state.ts'

const isKnown: Readonly<Record<HandoverField, (contact: Contact) => boolean>> = {
  // Who has given a whole name is not asked for a part of it.
  firstName: ({ firstName, name }) => (firstName ?? name ?? '') !== '',
  name: ({ name }) => (name ?? '') !== '',
  email: ({ emails }) => emails.length > 0,
  phone: ({ phones }) => phones.length > 0,
}

/** Everything that a handover can ask for. */
export const handoverFields = Object.keys(isKnown) as ReadonlyArray<HandoverField>

/** Which details are known of a contact. */
export const knownOf = (contact: Contact | undefined): ReadonlyArray<HandoverField> =>
  contact === undefined ? [] : handoverFields.filter((field) => isKnown[field](contact))
