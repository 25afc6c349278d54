import {
  type Agent,
  type Contact,
  type ContactChange,
  type ContactCommand,
  type Refusal,
  attributeIssue,
  contactFields,
  decideContact,
  newContact,
  permissionsOf,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facts, now } from './arbitrary.ts'

const zoe = newContact('zoe', { name: 'Zoe' }, now)

const after = (contact: Contact | undefined, command: ContactCommand, agent: Agent | null = null): Contact => {
  const decision = decideContact(contact, command, { ...facts, agent })
  if (decision._tag === 'Refused') throw new Error(JSON.stringify(decision.refusal))
  return decision.contact
}

const refusal = (contact: Contact | undefined, command: ContactCommand, agent: Agent | null = null): Refusal | null => {
  const decision = decideContact(contact, command, { ...facts, agent })
  return decision._tag === 'Refused' ? decision.refusal : null
}

const issuesOf = (fields: unknown): ReadonlyArray<string> => {
  const refused = refusal(zoe, { _tag: 'Edit', fields: fields as ContactChange })
  return refused?._tag === 'Invalid' ? refused.issues : []
}

describe('editing a contact', () => {
  test('keeps what was not named, and writes down what people mean', () => {
    const edited = after(zoe, {
      _tag: 'Edit',
      fields: {
        emails: [' zoe@example.org', 'ZOE@example.org', 'z@example.org'],
        phones: ['0033 (0)6 12.34-56', '+33 612 34 56', '061 234'],
        language: 'pt-BR',
        currency: 'eur',
        country: 'fr',
        timeZone: 'Europe/Paris',
        company: 'initech',
        recordUrl: 'https://crm.example/42',
        custom: { plan: 'pro', since: '2024-02-29', age: 41 },
      },
    })
    expect(edited).toMatchObject({
      name: 'Zoe',
      emails: ['zoe@example.org', 'z@example.org'],
      phones: ['+336123456', '061234'],
      currency: 'EUR',
      country: 'FR',
      custom: { plan: 'pro', since: '2024-02-29', age: 41 },
    })
    expect(after(edited, { _tag: 'Edit', fields: { custom: { age: null } } }).custom).toEqual({
      plan: 'pro',
      since: '2024-02-29',
    })
    expect(after(edited, { _tag: 'Edit', fields: { name: '  ' } }).name).toBe(null)
  })

  test.each<[string, unknown, string]>([
    ['an unknown field', { nickname: 'Z' }, 'nickname: a contact has no such field'],
    ['an id', { id: 'other' }, 'id: a contact has no such field'],
    ['a kind', { kind: 'friend' }, 'kind: "friend" is not one of visitor, lead, client, partner'],
    ['an email', { emails: ['zoe'] }, 'emails: "zoe" is not an address'],
    ['emails', { emails: 'zoe@example.org' }, 'emails: "zoe@example.org" is not a list'],
    ['a phone', { phones: ['12'] }, 'phones: "12" is not a number of 3 to 15 digits'],
    ['a language', { language: 'fr_FR' }, 'language: "fr_FR" is not a language such as fr or pt-BR (BCP 47), or null'],
    ['a currency', { currency: 'euro' }, 'currency: "euro" is not a currency such as EUR (ISO 4217), or null'],
    ['a country', { country: 'FRA' }, 'country: "FRA" is not a country such as FR'],
    ['a zone', { timeZone: 'Paris' }, 'timeZone: "Paris" is not a time zone such as Europe/Paris (IANA), or null'],
    ['a company', { company: 'acme' }, 'company: "acme" is not the id of a company that exists, or null'],
    ['a link', { recordUrl: 'javascript:alert(1)' }, 'recordUrl: "javascript:alert(1)" is not an address'],
    ['a name', { name: 7 }, 'name: 7 is not a name'],
    ['a choice', { custom: { plan: 'gold' } }, 'plan: "gold" is not one of free, pro'],
    ['a day', { custom: { since: '2023-02-29' } }, 'since: "2023-02-29" is not a day such as 2026-01-31'],
    ['a number', { custom: { age: '41' } }, 'age: "41" is not a number'],
    ['another attribute', { custom: { order: 'x' } }, 'order: there is no such attribute of a contact'],
    ['a list of attributes', { custom: [] }, 'custom: a list is not a record'],
  ])('refuses %s that does not fit and says what would', (_, fields, said) => {
    expect(issuesOf(fields)).toEqual([expect.stringContaining(said)])
  })

  test('law: nothing that anybody hands over throws, and what is accepted is accepted again without a change', () => {
    const anything = fc.dictionary(fc.constantFrom(...contactFields, 'nonsense'), fc.anything(), { maxKeys: 4 })
    fc.assert(
      fc.property(anything, (fields) => {
        const decision = decideContact(zoe, { _tag: 'Edit', fields: fields as ContactChange }, facts)
        if (decision._tag === 'Refused') return
        const again = decideContact(decision.contact, { _tag: 'Edit', fields: fields as ContactChange }, facts)
        expect(again).toEqual({ _tag: 'Refused', refusal: { _tag: 'NothingToDo' } })
      }),
      { numRuns: 500 },
    )
  })

  test('the journal says which fields, never what they held', () => {
    const decision = decideContact(zoe, { _tag: 'Edit', fields: { name: 'Secret', country: 'FR' } }, facts)
    expect(decision._tag === 'Accepted' && decision.what).toEqual({
      _tag: 'ContactEdited',
      fields: ['name', 'country'],
    })
  })
})

describe('a provisional contact', () => {
  const visitor = newContact('v', { provisional: true }, now)

  test('is added with what is known, and is not provisional again', () => {
    const added = after({ ...visitor, ignored: true }, { _tag: 'Add', fields: { name: 'Zoe' } })
    expect(added).toMatchObject({ provisional: false, ignored: false, name: 'Zoe' })
    expect(refusal(added, { _tag: 'Add', fields: {} })).toEqual({ _tag: 'NothingToDo' })
  })

  test('is ignored once; somebody who was added is not', () => {
    const ignored = after(visitor, { _tag: 'Ignore' })
    expect(ignored).toMatchObject({ provisional: true, ignored: true })
    expect(refusal(ignored, { _tag: 'Ignore' })).toEqual({ _tag: 'NothingToDo' })
    expect(refusal(zoe, { _tag: 'Ignore' })).toEqual({ _tag: 'NothingToDo' })
  })
})

describe('remarks', () => {
  const ana: Agent = { id: 'ana', name: 'Ana', role: 'agent', queues: [] }
  const remarked = after(zoe, { _tag: 'Remark', id: 'r1', text: ' prefers mornings ' }, ana)

  test('say who, when and what', () => {
    expect(remarked.remarks).toEqual([{ id: 'r1', by: 'ana', at: now, text: 'prefers mornings' }])
    expect(refusal(zoe, { _tag: 'Remark', id: 'r2', text: ' ' }, ana)).toEqual({ _tag: 'Empty' })
  })

  test('are taken back by whoever wrote them, and by who may edit contacts', () => {
    const remove = { _tag: 'RemoveRemark', remark: 'r1' } as const
    expect(after(remarked, remove, ana).remarks).toEqual([])
    expect(after(remarked, remove, { ...ana, id: 'mia', role: 'manager' }).remarks).toEqual([])
    expect(refusal(remarked, remove, { ...ana, id: 'ben' })).toEqual({ _tag: 'Forbidden', action: 'editContacts' })
  })
})

test('a contact that went into another one takes no commands', () => {
  const gone = { ...zoe, mergedInto: 'other' }
  for (const command of [
    { _tag: 'Edit', fields: { name: 'Z' } },
    { _tag: 'Ignore' },
    { _tag: 'Remark', id: 'r', text: 'x' },
    { _tag: 'Erase' },
  ] as const) {
    expect(refusal(gone, command)).toEqual({ _tag: 'NotFound' })
    expect(refusal(undefined, command)).toEqual({ _tag: 'NotFound' })
  }
})

test('what goes beyond remarks takes a permission', () => {
  const ana: Agent = { id: 'ana', name: 'Ana', role: 'agent', queues: [] }
  const edit = { _tag: 'Edit', fields: { name: 'Z' } } as const
  expect(refusal(zoe, edit, ana)).toEqual({ _tag: 'Forbidden', action: 'editContacts' })
  expect(refusal(zoe, { _tag: 'Erase' }, { ...ana, permissions: ['editContacts'] })).toEqual({
    _tag: 'Forbidden',
    action: 'eraseContacts',
  })
  expect(after(zoe, edit, { ...ana, permissions: permissionsOf('owner') }).name).toBe('Z')
})

test('what is left of an erased contact says nothing', () => {
  const full = after(zoe, { _tag: 'Edit', fields: { emails: ['zoe@example.org'], custom: { plan: 'pro' } } })
  const erased = after({ ...full, attributes: { ip: '192.0.2.7' } }, { _tag: 'Erase' })
  expect(erased).toEqual(newContact('zoe', {}, now))
})

test('days are those of the calendar', () => {
  const day = { id: 'd', name: 'D', on: 'contact', kind: 'date' } as const
  for (const good of ['2024-02-29', '2000-02-29', '2026-12-31']) expect(attributeIssue(day, good)).toBe(null)
  for (const bad of ['2023-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-1-1', '26-01-01', 20260101]) {
    expect(attributeIssue(day, bad)).not.toBe(null)
  }
})
