import type { Contact } from '../domain/contact/contact.ts'
import type { StoredContact } from '../ports/storage.ts'

/** A contact is read and written whole; `v` is the shape's version. */
export const encodeContact = (contact: Contact, version: number): StoredContact => {
  const { id, ...rest } = contact
  return { id, version, data: JSON.stringify({ v: 1, ...rest }) }
}

export const decodeContact = (stored: StoredContact): Contact => {
  const { v: _, ...rest } = JSON.parse(stored.data) as Omit<Contact, 'id'> & { readonly v: 1 }
  return { id: stored.id, ...rest }
}
