import type { Refusal } from '../conversation/refusal.ts'
import { attributeIssues, changeAttributes, issue } from './attributes.ts'
import type { ContactChange, ContactFacts } from './command.ts'
import { type Contact, type ContactFields, contactKinds } from './contact.ts'

/** What is known of somebody of whom nothing is known. */
export const nothingKnown: ContactFields = {
  name: null,
  firstName: null,
  avatar: null,
  kind: 'visitor',
  emails: [],
  phones: [],
  language: null,
  currency: null,
  country: null,
  timeZone: null,
  company: null,
  recordUrl: null,
  custom: {},
}

/** Names of the fields there are. */
export const contactFields = Object.keys(nothingKnown) as ReadonlyArray<keyof ContactFields>

const addressesAtMost = 50

/** What a field becomes, or why not. */
type Checked<A> = { readonly value: A } | { readonly issue: string }

const isText = (value: unknown, atMost: number): value is string => typeof value === 'string' && value.length <= atMost

/** A text that may be unknown; what is empty is unknown. */
const optional = (
  field: string,
  value: unknown,
  may: string,
  read: (text: string) => string | undefined,
): Checked<string | null> => {
  if (value === null) return { value: null }
  const text = isText(value, 2_000) ? value.trim() : undefined
  if (text === '') return { value: null }
  const meant = text === undefined ? undefined : read(text)
  return meant === undefined ? { issue: issue(field, value, `${may}, or null`) } : { value: meant }
}

const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>",;]+@[^\s@<>",;.]+(\.[^\s@<>",;.]+)*$/u.test(text)

/**
 * A telephone number without what people put into it to read it: `+33 (0)1 23 45` becomes `+3312345`. Null when it is
 * none: at most 15 digits, as E.164 has it. A number without its country stays without.
 *
 * @example
 * ```ts
 * import { phoneNumber } from '@guichet/engine/domain'
 *
 * console.log(phoneNumber('0033 6 12.34-56 78'), phoneNumber('06 12 34'), phoneNumber('call me'))
 * ```
 *
 * ```text
 * +33612345678 061234 null
 * ```
 */
export const phoneNumber = (text: string): string | null => {
  const bare = text.trim().replace(/[\s./\-\u00a0]/g, '')
  const number = bare.startsWith('00') ? `+${bare.slice(2)}` : bare
  const digits = (number.startsWith('+') ? number.replace('(0)', '') : number).replace(/[()]/g, '')
  return /^\+?\d{3,15}$/.test(digits) ? digits : null
}

const list = (
  field: string,
  value: unknown,
  may: string,
  read: (text: string) => string | null,
): Checked<ReadonlyArray<string>> => {
  if (!Array.isArray(value) || value.length > addressesAtMost) {
    return { issue: issue(field, value, `a list of at most ${addressesAtMost}, each ${may}`) }
  }
  const found = new Map<string, string>()
  for (const one of value as ReadonlyArray<unknown>) {
    const meant = isText(one, 1_000) ? read(one.trim()) : null
    if (meant === null) return { issue: issue(field, one, may) }
    const same = meant.toLowerCase()
    if (!found.has(same)) found.set(same, meant)
  }
  return { value: [...found.values()] }
}

const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/]\S*$/i.test(text)
const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined)
const upper = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text.toUpperCase() : undefined)

const check = (
  field: Exclude<keyof ContactFields, 'custom'>,
  value: unknown,
  facts: Pick<ContactFacts, 'companies' | 'isTimeZone'>,
): Checked<unknown> => {
  switch (field) {
    case 'name':
    case 'firstName':
      return optional(field, value, 'a name of at most 200 characters', (text) =>
        text.length <= 200 ? text : undefined,
      )
    case 'avatar':
    case 'recordUrl':
      return optional(field, value, 'an address that begins with https:// or http://', (text) =>
        isWebAddress(text) ? text : undefined,
      )
    case 'kind':
      return contactKinds.some((kind) => kind === value)
        ? { value }
        : { issue: issue(field, value, `one of ${contactKinds.join(', ')}`) }
    case 'emails':
      return list(field, value, 'an address such as zoe@example.org', (text) => (isEmail(text) ? text : null))
    case 'phones':
      return list(field, value, 'a number of 3 to 15 digits such as +33612345678', phoneNumber)
    case 'language':
      return optional(
        field,
        value,
        'a language such as fr or pt-BR (BCP 47)',
        matching(/^[a-z]{2,8}(-[a-z\d]{1,8})*$/i),
      )
    case 'currency':
      return optional(field, value, 'a currency such as EUR (ISO 4217)', upper(/^[a-z]{3}$/i))
    case 'country':
      return optional(field, value, 'a country such as FR (ISO 3166-1 alpha-2)', upper(/^[a-z]{2}$/i))
    case 'timeZone':
      return optional(field, value, 'a time zone such as Europe/Paris (IANA)', (text) =>
        facts.isTimeZone(text) ? text : undefined,
      )
    case 'company':
      return optional(field, value, 'the id of a company that exists', (text) =>
        facts.companies.has(text) ? text : undefined,
      )
  }
}

const nowhere: Pick<ContactFacts, 'companies' | 'isTimeZone'> = { companies: new Set(), isTimeZone: () => false }

/** What such a field says, as it is kept; null where it says nothing, or what no contact can have. */
export const fieldText = (field: 'name' | 'language' | 'avatar', value: unknown): string | null => {
  const checked = check(field, value, nowhere)
  return 'value' in checked && typeof checked.value === 'string' ? checked.value : null
}

/** Whether two values of a field say the same. */
export const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [mine, theirs] = [Object.entries(one), Object.entries(other)]
  return (
    mine.length === theirs.length &&
    mine.every(([key, value]) => same(value, (other as Readonly<Record<string, unknown>>)[key]))
  )
}

export type CheckedFields =
  | { readonly _tag: 'Fields'; readonly fields: Partial<ContactFields> }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

const isField = (name: string): name is keyof ContactFields => (contactFields as ReadonlyArray<string>).includes(name)

/** What a change makes of the fields: only those that become something else than they were. */
export const checkFields = (contact: ContactFields, change: ContactChange, facts: ContactFacts): CheckedFields => {
  const issues: Array<string> = []
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue
    if (!isField(name)) {
      issues.push(`${name}: a contact has no such field; there are ${contactFields.join(', ')}`)
    } else if (name === 'custom') {
      const given: unknown = value
      if (typeof given !== 'object' || given === null || Array.isArray(given)) {
        issues.push(issue(name, value, 'a record of values by the id of their attribute'))
        continue
      }
      const custom = given as NonNullable<ContactChange['custom']>
      issues.push(...attributeIssues(custom, 'contact', facts.definitions))
      fields[name] = changeAttributes(contact.custom, custom)
    } else {
      const checked = check(name, value, facts)
      if ('issue' in checked) issues.push(checked.issue)
      else fields[name] = checked.value
    }
  }
  if (issues.length > 0) return { _tag: 'Refused', refusal: { _tag: 'Invalid', what: 'contact', issues } }
  for (const name of contactFields) if (name in fields && same(fields[name], contact[name])) delete fields[name]
  return { _tag: 'Fields', fields: fields as Partial<ContactFields> }
}

/**
 * Somebody new.
 *
 * @example
 * ```ts
 * import { newContact } from '@guichet/engine/domain'
 *
 * const zoe = newContact('zoe', { name: 'Zoe', provisional: true }, facts.now)
 * console.log(zoe.name, zoe.kind, zoe.provisional, zoe.emails)
 * ```
 *
 * ```text
 * Zoe visitor true []
 * ```
 */
export const newContact = (
  id: string,
  known: Partial<ContactFields> & Partial<Pick<Contact, 'provisional' | 'attributes'>>,
  now: number,
): Contact => ({
  id,
  ...nothingKnown,
  provisional: false,
  ignored: false,
  attributes: {},
  ...known,
  remarks: [],
  mergedInto: null,
  merged: [],
  formerAddresses: [],
  createdAt: now,
  lastActivity: now,
})
