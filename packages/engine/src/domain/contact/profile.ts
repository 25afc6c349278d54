import type { Contact } from './contact.ts'
import { fieldText } from './fields.ts'

/** What a provider knows of somebody. It fills gaps and replaces nothing that is known. */
export interface Profile {
  readonly name?: string
  /** BCP 47. */
  readonly language?: string
  /** The address of a picture. */
  readonly avatar?: string
  readonly attributes?: Readonly<Record<string, string>>
}

const fields = ['name', 'language', 'avatar'] as const

/**
 * The contact with what a profile adds: nothing that is known is changed, and what no contact can have is left out.
 * Unchanged (the same object) by a profile that adds nothing.
 *
 * @example
 * ```ts
 * import { newContact, withProfile } from '@guichet/engine/domain'
 *
 * const zoe = newContact('zoe', { language: 'fr' }, facts.now)
 * const known = withProfile(zoe, { name: 'Zoé', language: 'en', avatar: 'no address' })
 * console.log(known.name, known.language, known.avatar)
 * ```
 *
 * ```text
 * Zoé fr null
 * ```
 */
export const withProfile = (contact: Contact, profile: Profile): Contact => {
  const filled = fields.flatMap((field) => {
    const value = contact[field] === null ? fieldText(field, profile[field] ?? null) : null
    return value === null ? [] : [[field, value] as const]
  })
  const attributes = Object.entries(profile.attributes ?? {}).filter(([key]) => !Object.hasOwn(contact.attributes, key))
  if (filled.length === 0 && attributes.length === 0) return contact
  return {
    ...contact,
    ...Object.fromEntries(filled),
    attributes: { ...contact.attributes, ...Object.fromEntries(attributes) },
  }
}
