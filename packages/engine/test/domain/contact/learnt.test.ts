import { type Told, learnt } from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contacts } from './arbitrary.ts'

const told: fc.Arbitrary<Told> = fc.record(
  {
    name: fc.constantFrom('Zoe', 'zoe_1998'),
    language: fc.constantFrom('fr', 'de'),
    phone: fc.constantFrom('+331', '+339'),
    attributes: fc.dictionary(fc.constantFrom('page', 'browser'), fc.constantFrom('one', 'two'), { maxKeys: 2 }),
  },
  { requiredKeys: [] },
)

describe('law: what a channel says of somebody', () => {
  it('fills gaps, adds a telephone, and overwrites nothing that people have written down', () => {
    fc.assert(
      fc.property(contacts(1), told, ([contact], said) => {
        if (contact === undefined) throw new Error('one contact')
        const { name, language, phones, attributes, ...rest } = learnt(contact, said)
        const { name: _, language: __, phones: had, attributes: ___, ...untouched } = contact
        expect(name).toBe(contact.name ?? said.name ?? null)
        expect(language).toBe(contact.language ?? said.language ?? null)
        expect(phones).toEqual([...new Set([...had, ...(said.phone === undefined ? [] : [said.phone])])])
        expect(attributes).toEqual({ ...contact.attributes, ...said.attributes })
        expect(rest).toEqual(untouched)
      }),
    )
  })

  it('is nothing new when it is said again', () => {
    fc.assert(
      fc.property(contacts(1), told, ([contact], said) => {
        if (contact === undefined) throw new Error('one contact')
        const once = learnt(contact, said)
        expect(learnt(once, said)).toBe(once)
      }),
    )
  })
})
