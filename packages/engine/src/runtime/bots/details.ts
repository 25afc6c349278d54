import type { Contact } from '../../domain/contact/contact.ts'
import type { HandoverField } from '../../domain/conversation/state.ts'
import { checkAnswer } from '../../domain/message/form.ts'
import { type Part, textOf } from '../../domain/message/part.ts'
import { askFor, handoverForm } from './handover-form.ts'

/** What the customer has given of what was asked for. */
export type Details = Partial<Record<HandoverField, string>>

const longest = 200

/** Who answers a question does so at once: what stands further down is a quotation. */
const looksAt = 4_000

/** In running text: what stands between white space or brackets and has an at sign and a dot behind it. */
const emailIn = /[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,100}\.[^\s@<>(),;:".]{1,30}/
/** A number that nobody writes for anything else: a plus or a zero in front, and seven digits or more. */
const phoneIn = /(?:\+|\b0)\d(?:[\s./()-]{0,2}\d){5,14}/

const fromText = (words: string, ask: ReadonlyArray<HandoverField>): Details => {
  const text = words.slice(0, looksAt)
  const email = ask.includes('email') ? emailIn.exec(text)?.[0] : undefined
  const phone = ask.includes('phone') ? phoneIn.exec(text)?.[0] : undefined
  return {
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone: phone.trim() }),
  }
}

/** Each field counts by itself: one that was filled in wrong does not cost the others. */
const fromForm = (
  values: Readonly<Record<string, string | number | boolean>>,
  ask: ReadonlyArray<HandoverField>,
): Details => {
  const given = ask.flatMap((field): ReadonlyArray<readonly [HandoverField, string]> => {
    const value = Object.hasOwn(values, field) ? values[field] : undefined
    const [, form] = askFor([field], null)
    if (typeof value !== 'string' || value.length > longest || form?._tag !== 'Form') return []
    return checkAnswer(form.form, { [field]: value }) === null ? [[field, value.trim()]] : []
  })
  return Object.fromEntries(given)
}

/** What a message says of the details that a handover has asked for. */
export const detailsIn = (parts: ReadonlyArray<Part>, ask: ReadonlyArray<HandoverField>): Details =>
  parts.reduce<Details>(
    (found, part) =>
      part._tag === 'FormAnswer' && part.form === handoverForm ? { ...found, ...fromForm(part.values, ask) } : found,
    fromText(textOf(parts), ask),
  )

const withNew = (all: ReadonlyArray<string>, one: string | undefined): ReadonlyArray<string> =>
  one === undefined || all.some((known) => known.toLowerCase() === one.toLowerCase()) ? all : [...all, one]

/** The contact with what it has told us; the same one when that is nothing new. Gaps are filled, nothing is replaced. */
export const withDetails = (contact: Contact, { name, firstName, email, phone }: Details): Contact => {
  const learnt = {
    ...contact,
    name: contact.name ?? name ?? null,
    firstName: contact.firstName ?? firstName ?? null,
    emails: withNew(contact.emails, email),
    phones: withNew(contact.phones, phone),
  }
  const same =
    learnt.name === contact.name &&
    learnt.firstName === (contact.firstName ?? null) &&
    learnt.emails === contact.emails &&
    learnt.phones === contact.phones
  return same ? contact : learnt
}
