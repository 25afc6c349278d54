import type { Contact } from '../domain/contact/contact.ts'
import type { ContactEntry } from '../domain/contact/entry.ts'
import { newContact } from '../domain/contact/fields.ts'
import type { StoredDocument, StoredEntry } from '../ports/storage.ts'
import { decodeRecord, encodeRecord } from './record.ts'

/** What is the same for nearly everybody is left out; so a shape with fewer fields reads as one without them. */
const usual: Omit<Contact, 'id' | 'createdAt' | 'lastActivity'> = (({
  id: _,
  createdAt: __,
  lastActivity: ___,
  ...rest
}) => rest)(newContact('', {}, 0))

/** `v` is the shape's version, `n` how many lines its journal has: what changes without a line does not count. */
interface Shape extends Partial<Omit<Contact, 'id'>> {
  readonly v: 1
  readonly n?: number
  readonly createdAt: number
}

const isUsual = (name: keyof typeof usual, value: unknown): boolean => {
  if (value === usual[name]) return true
  if (Array.isArray(value)) return value.length === 0
  return (name === 'custom' || name === 'attributes') && Object.keys(value as object).length === 0
}

/** Under which words a contact is found. */
const wordsOf = ({ name, firstName, emails, phones }: Contact): string =>
  [name ?? '', firstName ?? '', ...emails, ...phones].filter((text) => text !== '').join(' ')

/**
 * A contact is a document of the kind `contact`, read and written whole, and listed under its company. `lines` is how
 * many lines its journal has.
 */
export const encodeContact = (contact: Contact, version: number, lines: number): StoredDocument => {
  const rest: Record<string, unknown> = { v: 1, n: lines, createdAt: contact.createdAt }
  if (contact.lastActivity !== contact.createdAt) rest['lastActivity'] = contact.lastActivity
  for (const name of Object.keys(usual) as ReadonlyArray<keyof typeof usual>) {
    if (!isUsual(name, contact[name])) rest[name] = contact[name]
  }
  return {
    kind: 'contact',
    id: contact.id,
    version,
    parent: contact.mergedInto === null ? contact.company : null,
    words: wordsOf(contact),
    data: JSON.stringify(rest),
  }
}

const shapeOf = (stored: StoredDocument): Shape => JSON.parse(stored.data ?? '{"v":1,"createdAt":0}') as Shape

/** A stored document always says something: only a put can have null data. */
export const decodeContact = (stored: StoredDocument): Contact => {
  const { v: _, n: __, ...rest } = shapeOf(stored)
  return { id: stored.id, lastActivity: rest.createdAt, ...usual, ...rest }
}

/** How many lines the journal of a stored contact has. */
export const linesOf = (stored: StoredDocument | undefined): number =>
  stored === undefined ? 0 : (shapeOf(stored).n ?? 0)

/** A line of a contact's journal. Its tag says that it is about a contact. */
export const encodeContactEntry = (contact: string, seq: number, entry: ContactEntry): StoredEntry =>
  encodeRecord('contact', contact, seq, entry)

/** Undefined when the line is about something else than a contact. */
export const decodeContactEntry = (stored: StoredEntry): ContactEntry | undefined =>
  decodeRecord('contact', stored) as ContactEntry | undefined
