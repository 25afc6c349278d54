import {
  type Contact,
  type ContactFields,
  type MergeDecision,
  type Refusal,
  contactFields,
  decideContact,
  mergeContacts,
  newContact,
  standsFor,
  undoMerge,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contacts, facts, now } from './arbitrary.ts'

type Family = Map<string, Contact>

const familyOf = (all: ReadonlyArray<Contact>): Family => new Map(all.map((contact) => [contact.id, contact]))

const put = (family: Family, decision: MergeDecision): boolean => {
  if (decision._tag === 'Refused') return false
  for (const { contact } of decision.changed) family.set(contact.id, contact)
  return true
}

const refusalOf = (decision: MergeDecision): Refusal | undefined =>
  decision._tag === 'Refused' ? decision.refusal : undefined

const nobodyVerified = { now, agent: null, mine: [], theirs: [] }

const merge = (family: Family, from: string, into: string): boolean => {
  const [one, other] = [family.get(into), family.get(from)]
  return one !== undefined && other !== undefined && put(family, mergeContacts(one, other, nobodyVerified))
}

/** Fields without their order: what was given back and comes from another one stands at the end. */
const said = (contact: Contact | undefined): unknown =>
  contact &&
  Object.fromEntries(
    contactFields.map((field) => {
      const value = contact[field]
      return [field, Array.isArray(value) ? [...value].sort() : value]
    }),
  )

const known = (contact: Contact | undefined): Partial<ContactFields> =>
  Object.fromEntries(contact === undefined ? [] : contactFields.map((field) => [field, contact[field]]))

/** What a contact would be if only those merges had ever been made that are left. */
const composed = (own: ReadonlyMap<string, Contact>, family: Family, id: string): Contact => {
  const alone: Family = new Map()
  const build = (of: string): void => {
    const contact = own.get(of)
    if (contact === undefined) return
    alone.set(of, contact)
    for (const { contact: child } of family.get(of)?.merged ?? []) {
      build(child)
      merge(alone, child, of)
    }
  }
  build(id)
  return alone.get(id) as Contact
}

describe('merging contacts', () => {
  test('law: a merge and its undoing give back what was', () => {
    fc.assert(
      fc.property(contacts(2), ([one, other]) => {
        const family = familyOf([one as Contact, other as Contact])
        expect(merge(family, 'c1', 'c0')).toBe(true)
        expect(put(family, undoMerge(family, 'c1', null))).toBe(true)
        expect([...family.values()]).toEqual([one, other])
      }),
    )
  })

  test('law: whatever is merged and undone in whatever order, what is left is as if only that had been merged', () => {
    const act = fc.record({
      undo: fc.boolean(),
      from: fc.integer({ min: 0, max: 4 }),
      into: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(contacts(5), fc.array(act, { maxLength: 14 }), (all, acts) => {
        const own = familyOf(all)
        const family = familyOf(all)
        for (const { undo, from, into } of acts) {
          if (undo) put(family, undoMerge(family, `c${from}`, null))
          else merge(family, `c${from}`, `c${into}`)
        }
        for (const contact of family.values()) {
          expect(said(contact)).toEqual(said(composed(own, family, contact.id)))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('law: chains of redirects never loop, and end at a contact that stands for itself', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.boolean())
    fc.assert(
      fc.property(contacts(6), fc.array(pair, { maxLength: 20 }), (all, pairs) => {
        const family = familyOf(all)
        for (const [from, into, undo] of pairs) {
          if (undo) put(family, undoMerge(family, `c${from}`, null))
          else merge(family, `c${from}`, `c${into}`)
          for (const id of family.keys()) {
            let steps = 0
            const end = standsFor(id, (one) => {
              steps += 1
              if (steps > family.size) throw new Error('the redirects loop')
              return family.get(one)
            })
            expect(end?.mergedInto).toBe(null)
          }
        }
      }),
    )
  })

  test('what an agent changes after a merge stays when it is undone', () => {
    const family = familyOf([
      newContact('zoe', {}, now),
      newContact('v1', { name: 'Z.', emails: ['z@x.org', 'zoe@x.org'], custom: { plan: 'free' } }, now),
    ])
    merge(family, 'v1', 'zoe')
    const fields = { name: 'Zoe', emails: ['zoe@x.org'], custom: { plan: 'pro' } }
    const edited = decideContact(family.get('zoe'), { _tag: 'Edit', fields }, facts)
    if (edited._tag === 'Refused') throw new Error(JSON.stringify(edited.refusal))
    // And what she takes out and puts back again is hers.
    const again = decideContact(edited.contact, { _tag: 'Edit', fields: { emails: ['zoe@x.org', 'z@x.org'] } }, facts)
    if (again._tag === 'Refused') throw new Error(JSON.stringify(again.refusal))
    family.set('zoe', again.contact)
    put(family, undoMerge(family, 'v1', null))
    expect(known(family.get('zoe'))).toMatchObject({ name: 'Zoe', emails: ['z@x.org'], custom: { plan: 'pro' } })
    expect(family.get('v1')).toMatchObject({ name: 'Z.', mergedInto: null })
  })

  test('what two of them had is kept by the one that stays', () => {
    const family = familyOf([
      newContact('zoe', {}, now),
      newContact('v1', { name: 'Z.', phones: ['+331'] }, now),
      newContact('v2', { name: 'Zoe', phones: ['+331'] }, now),
    ])
    merge(family, 'v1', 'zoe')
    merge(family, 'v2', 'zoe')
    expect(family.get('zoe')).toMatchObject({ name: 'Z.', phones: ['+331'] })
    put(family, undoMerge(family, 'v1', null))
    expect(family.get('zoe')).toMatchObject({ name: 'Zoe', phones: ['+331'] })
    put(family, undoMerge(family, 'v2', null))
    expect(family.get('zoe')).toMatchObject({ name: null, phones: [] })
  })

  test('refuses what is the same, what has gone, what conflicts and what nobody allows', () => {
    const family = familyOf(['a', 'b', 'c'].map((id) => newContact(id, {}, now)))
    const of = (id: string): Contact => family.get(id) as Contact
    expect(refusalOf(mergeContacts(of('a'), of('a'), nobodyVerified))).toEqual({ _tag: 'Same' })
    const identity = (contact: string, address: string, verified: boolean, account = 'mail') => ({
      account,
      address,
      contact,
      conversation: null,
      verified,
    })
    const between = (mine: boolean, theirs: boolean, account = 'mail') =>
      mergeContacts(of('a'), of('b'), {
        ...nobodyVerified,
        mine: [identity('a', 'a@x.org', mine)],
        theirs: [identity('b', 'b@x.org', theirs, account)],
      })
    expect(refusalOf(between(true, true))).toEqual({
      _tag: 'IdentitiesConflict',
      account: 'mail',
      addresses: ['a@x.org', 'b@x.org'],
    })
    for (const fine of [between(true, false), between(false, true), between(true, true, 'chat')]) {
      expect(fine._tag).toBe('Accepted')
    }
    merge(family, 'b', 'a')
    expect(refusalOf(mergeContacts(of('c'), of('b'), nobodyVerified))).toEqual({ _tag: 'InUse', by: 'contact a' })
    expect(refusalOf(mergeContacts(of('a'), of('b'), nobodyVerified))).toEqual({ _tag: 'Same' })
    expect(refusalOf(undoMerge(family, 'c', null))).toEqual({ _tag: 'NotFound' })
    const ana = { id: 'ana', name: 'Ana', role: 'agent' as const, queues: [] }
    expect(refusalOf(undoMerge(family, 'b', ana))).toEqual({ _tag: 'Forbidden', action: 'editContacts' })
  })
})
