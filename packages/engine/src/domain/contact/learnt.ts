import type { Contact } from './contact.ts'

/** What a channel says of somebody: a claim of the provider, or of herself. */
export interface Told {
  readonly name?: string | undefined
  /** BCP 47. */
  readonly language?: string | undefined
  /** One more that she is reached at. */
  readonly phone?: string | undefined
  readonly attributes?: Readonly<Record<string, string>> | undefined
}

/**
 * What is known of somebody after a channel has told of her. Her name and her language fill gaps and never overwrite what
 * people have written down; a telephone is one more; of attributes, which only channels set, the newest counts.
 *
 * @returns the same object when nothing of it is new.
 *
 * @example
 * ```ts
 * import { learnt, newContact } from '@guichet/engine/domain'
 *
 * const zoe = newContact('zoe', { name: 'Zoe' }, 0)
 * const known = learnt(zoe, { name: 'zoe_1998', language: 'fr', phone: '+331' })
 * console.log(known.name, known.language, known.phones, learnt(known, { phone: '+331' }) === known)
 * ```
 *
 * ```text
 * Zoe fr [ '+331' ] true
 * ```
 */
export const learnt = (contact: Contact, told: Told): Contact => {
  const name = contact.name ?? told.name ?? null
  const language = contact.language ?? told.language ?? null
  const { phone } = told
  const phones = phone === undefined || contact.phones.includes(phone) ? contact.phones : [...contact.phones, phone]
  const same = Object.entries(told.attributes ?? {}).every(([key, value]) => contact.attributes[key] === value)
  if (same && phones === contact.phones && name === contact.name && language === contact.language) return contact
  return { ...contact, name, language, phones, attributes: { ...contact.attributes, ...told.attributes } }
}
