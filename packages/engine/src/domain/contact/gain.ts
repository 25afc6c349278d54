import type { AttributeValue } from './attribute.ts'
import type { Contact, ContactFields, Merged } from './contact.ts'

/** What one contact gains by another, and how it gives it back: the arithmetic of merging. */

export type Gained = Partial<ContactFields>

const scalars = [
  'name',
  'firstName',
  'avatar',
  'kind',
  'language',
  'currency',
  'country',
  'timeZone',
  'company',
  'recordUrl',
] as const
const lists = ['emails', 'phones'] as const

const unknown = (field: (typeof scalars)[number], value: unknown): boolean =>
  field === 'kind' ? value === 'visitor' : value === null

const folded = (items: ReadonlyArray<string> | undefined): ReadonlySet<string> =>
  new Set((items ?? []).map((item) => item.toLowerCase()))

interface Parts {
  readonly scalar: (field: (typeof scalars)[number]) => unknown
  readonly list: (field: (typeof lists)[number]) => ReadonlyArray<string>
  readonly custom: Readonly<Record<string, AttributeValue>>
}

/** Puts values together; what is absent or empty is left out. */
const gather = ({ scalar, list, custom }: Parts): Gained => {
  const gained: Record<string, unknown> = {}
  for (const field of scalars) if (scalar(field) !== undefined) gained[field] = scalar(field)
  for (const field of lists) if (list(field).length > 0) gained[field] = list(field)
  if (Object.keys(custom).length > 0) gained['custom'] = custom
  return gained as Gained
}

const pick = (
  custom: Readonly<Record<string, AttributeValue>> | undefined,
  keep: (key: string, value: AttributeValue) => boolean,
): Readonly<Record<string, AttributeValue>> =>
  Object.fromEntries(Object.entries(custom ?? {}).filter(([key, value]) => keep(key, value)))

/** What `into` does not have and `from` does. */
export const gain = (into: ContactFields, from: ContactFields): Gained =>
  gather({
    scalar: (field) => (unknown(field, into[field]) && !unknown(field, from[field]) ? from[field] : undefined),
    list: (field) => {
      const has = folded(into[field])
      return from[field].filter((item) => !has.has(item.toLowerCase()))
    },
    custom: pick(from.custom, (key) => !Object.hasOwn(into.custom, key)),
  })

/** What is in both: equal values only. */
export const shared = (gained: Gained, other: Gained): Gained =>
  gather({
    scalar: (field) => (gained[field] !== undefined && gained[field] === other[field] ? gained[field] : undefined),
    list: (field) => {
      const has = folded(other[field])
      return (gained[field] ?? []).filter((item) => has.has(item.toLowerCase()))
    },
    custom: pick(gained.custom, (key, value) => other.custom?.[key] === value),
  })

/** What is in the first and not in the second. */
export const lacking = (gained: Gained, other: Gained): Gained =>
  gather({
    scalar: (field) => (gained[field] !== other[field] ? gained[field] : undefined),
    list: (field) => {
      const has = folded(other[field])
      return (gained[field] ?? []).filter((item) => !has.has(item.toLowerCase()))
    },
    custom: pick(gained.custom, (key, value) => other.custom?.[key] !== value),
  })

/** What of it stands in places that were emptied: another name for a name, the same address for an address. */
const within = (gained: Gained, emptied: Gained): Gained =>
  gather({
    scalar: (field) => (emptied[field] === undefined ? undefined : gained[field]),
    list: (field) => {
      const has = folded(emptied[field])
      return (gained[field] ?? []).filter((item) => has.has(item.toLowerCase()))
    },
    custom: pick(gained.custom, (key) => Object.hasOwn(emptied.custom ?? {}, key)),
  })

const add = (one: Gained, other: Gained): Gained =>
  gather({
    scalar: (field) => one[field] ?? other[field],
    list: (field) => [...(one[field] ?? []), ...(other[field] ?? [])],
    custom: { ...one.custom, ...other.custom },
  })

/** A contact with what it gains. */
export const take = (contact: Contact, gained: Gained): Contact => ({
  ...contact,
  ...gained,
  emails: [...contact.emails, ...(gained.emails ?? [])],
  phones: [...contact.phones, ...(gained.phones ?? [])],
  custom: { ...contact.custom, ...gained.custom },
})

const without = (contact: Contact, gained: Gained): Contact => {
  const emptied: Record<string, unknown> = {}
  for (const field of scalars) if (gained[field] !== undefined) emptied[field] = field === 'kind' ? 'visitor' : null
  const left = lacking({ emails: contact.emails, phones: contact.phones }, gained)
  return {
    ...contact,
    ...emptied,
    emails: left.emails ?? [],
    phones: left.phones ?? [],
    custom: pick(contact.custom, (key) => !Object.hasOwn(gained.custom ?? {}, key)),
  }
}

/** Merges after somebody changed the contact: what is no longer as it was gained belongs to who changed it. */
export const settled = (merged: ReadonlyArray<Merged>, now: ContactFields): ReadonlyArray<Merged> =>
  merged.map((one) => ({ ...one, gained: shared(one.gained, now) }))

export interface GivenBack {
  readonly contact: Contact
  /** What it does not have any more. */
  readonly lost: Gained
}

/**
 * A contact gives back what it gained by one merge, as far as that is in `asked`. Where a contact that is still merged
 * has a value for a place that became empty, that one stands there now, as if the other had never been there.
 */
export const giveBack = (
  contact: Contact,
  from: string,
  asked: Gained,
  family: ReadonlyMap<string, Contact>,
): GivenBack => {
  const entry = contact.merged.find((one) => one.contact === from)
  const given = entry === undefined ? {} : shared(entry.gained, asked)
  let left = without(contact, given)
  const merged = contact.merged.map((one) => {
    const kept = one.contact === from ? { ...one, gained: lacking(one.gained, given) } : one
    const other = family.get(one.contact)
    if (other === undefined) return kept
    const again = within(gain(left, other), given)
    left = take(left, again)
    return { ...kept, gained: add(kept.gained, again) }
  })
  return { contact: { ...left, merged }, lost: lacking(given, left) }
}
