import type { ContactView } from '@guichet/engine'
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../engine.ts'

/** Contacts that this window has looked at, by the id they were asked for; null for those that nobody may see here. */
const contacts = signal<ReadonlyMap<string, ContactView | null>>(new Map())

const loadContact = async (id: string): Promise<void> => {
  const answer = await call('contacts.get', id)
  if (!answer.ok && answer.failure._tag !== 'NotFound') return
  contacts.value = new Map(contacts.value).set(id, answer.ok ? answer.value : null)
}

/** Something was done to a contact: what is shown of it, and of those it went into, is read again. */
export const contactChanged = async (id: string): Promise<void> => {
  const concerned = [...contacts.value].filter(
    ([asked, view]) => asked === id || view?.id === id || view?.merged.some(({ contact }) => contact === id),
  )
  await Promise.all(concerned.map(([asked]) => loadContact(asked)))
}

/** A contact, read again whenever `version` changes: undefined until it is known, null when it cannot be seen. */
export const useContact = (id: string, version = 0): ContactView | null | undefined => {
  useEffect(() => void loadContact(id), [id, version])
  return contacts.value.get(id)
}
