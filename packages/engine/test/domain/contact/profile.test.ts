import { type Contact, type Profile, newContact, withProfile } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const word = fc.oneof(
  fc.string(),
  fc.constantFrom('Zoé', 'fr', 'pt-BR', 'https://example.org/z.jpg', '  ', 'x'.repeat(300)),
)
const known = fc.option(fc.constantFrom('Zoé', 'known'))
const attributes = fc.dictionary(fc.constantFrom('place', 'page', '__proto__', 'constructor'), fc.string(), {
  maxKeys: 3,
})
const contact = fc
  .record({
    name: known,
    language: fc.option(fc.constant('de')),
    avatar: fc.option(fc.constant('https://a.b')),
    attributes,
  })
  .map((fields): Contact => newContact('zoe', fields, 0))
const profile: fc.Arbitrary<Profile> = fc.record(
  { name: word, language: word, avatar: word, attributes },
  { requiredKeys: [] },
)

describe('a profile', () => {
  it('changes nothing that is known, and nothing but what it speaks of', () => {
    fc.assert(
      fc.property(contact, profile, (before, said) => {
        const after = withProfile(before, said)
        for (const field of Object.keys(before) as ReadonlyArray<keyof Contact>) {
          if (field === 'attributes') continue
          if (before[field] !== null) expect(after[field]).toBe(before[field])
          else if (after[field] !== null) expect(['name', 'language', 'avatar']).toContain(field)
        }
        expect(after.attributes).toMatchObject(before.attributes)
      }),
    )
  })

  it('that is heard twice is the same as one that is heard once', () => {
    fc.assert(
      fc.property(contact, profile, (before, said) => {
        const after = withProfile(before, said)
        expect(withProfile(after, said)).toBe(after)
      }),
    )
  })

  it('fills gaps with what a contact can have, and leaves the rest out', () => {
    const zoe = newContact('zoe', {}, 0)
    const said = { name: ' Zoé ', language: 'fr', avatar: 'https://example.org/z.jpg', attributes: { place: 'Lyon' } }
    expect(withProfile(zoe, said)).toMatchObject({ ...said, name: 'Zoé' })
    expect(withProfile(zoe, { name: 'x'.repeat(300), language: 'the French one', avatar: 'javascript:x' })).toBe(zoe)
  })
})
