import { type Contact, type ContactFacts, type ContactFields, newContact } from '@guichet/engine/domain'
import * as fc from 'fast-check'

export const now = 1_750_000_000_000

/** Few values, so that contacts agree and differ. */
const fields: fc.Arbitrary<Partial<ContactFields>> = fc.record(
  {
    name: fc.constantFrom(null, 'Zoe', 'Zoé', 'Z.'),
    firstName: fc.constantFrom(null, 'Zoe'),
    kind: fc.constantFrom('visitor' as const, 'lead' as const, 'client' as const),
    emails: fc.uniqueArray(fc.constantFrom('a@x.org', 'b@x.org', 'c@x.org'), { maxLength: 3 }),
    phones: fc.uniqueArray(fc.constantFrom('+331', '+332'), { maxLength: 2 }),
    language: fc.constantFrom(null, 'fr', 'en'),
    country: fc.constantFrom(null, 'FR', 'DE'),
    custom: fc.dictionary(fc.constantFrom('plan', 'vip'), fc.constantFrom('one', 'two'), { maxKeys: 2 }),
  },
  { requiredKeys: [] },
)

export const contacts = (count: number): fc.Arbitrary<ReadonlyArray<Contact>> =>
  fc
    .array(fields, { minLength: count, maxLength: count })
    .map((all) => all.map((known, index) => newContact(`c${index}`, known, now)))

export const facts: ContactFacts = {
  now,
  agent: null,
  definitions: new Map([
    ['plan', { id: 'plan', name: 'Plan', on: 'contact', kind: 'choice', choices: ['free', 'pro'] }],
    ['since', { id: 'since', name: 'Since', on: 'contact', kind: 'date' }],
    ['age', { id: 'age', name: 'Age', on: 'contact', kind: 'number' }],
    ['order', { id: 'order', name: 'Order', on: 'conversation', kind: 'text' }],
  ]),
  companies: new Set(['initech']),
  isTimeZone: (name) => name === 'Europe/Paris',
}
