import { type Conditions, type RoutingFacts, type Rule, route } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const facts: RoutingFacts = {
  account: 'help',
  channel: 'email',
  language: 'fr-CA',
  contactKind: 'client',
  attributes: { plan: 'gold', seats: 12, vip: true },
  formerOwner: 'ana',
  source: 'https://shop.example/pricing?from=ad',
  text: 'Re: Réservation n° 12\nJe voudrais être REMBOURSÉ, merci.',
  isOpen: (hours) => hours === 'office',
}
const fallback = { queue: 'support' }

const rule = (when: Conditions, id = 'r1'): Rule => ({ id, name: id, when, to: { queue: `queue-${id}` } })
const holds = (when: Conditions, more: Partial<RoutingFacts> = {}): boolean =>
  route([rule(when)], { ...facts, ...more }, fallback).rule === 'r1'

describe('routing', () => {
  it('goes by the first rule that matches', () => {
    const rules = [rule({ account: ['sales'] }, 'r1'), rule({ channel: ['email'] }, 'r2'), rule({}, 'r3')]
    expect(route(rules, facts, fallback)).toMatchObject({ queue: 'queue-r2', rule: 'r2' })
  })

  it('goes to the queue of the account when none matches', () => {
    expect(route([], facts, fallback)).toEqual({ queue: 'support', rule: null, priority: 'normal', because: [] })
    expect(route([rule({ channel: ['sms'] })], facts, fallback).rule).toBeNull()
  })

  it('says why, and how much it matters', () => {
    const when: Conditions = {
      channel: ['sms', 'email'],
      language: ['fr'],
      attributes: { plan: ['silver', 'gold'], vip: [true] },
      hours: { id: 'office', open: true },
      source: ['https://shop.example/'],
      words: ['facture', 'remboursé'],
    }
    expect(route([{ ...rule(when), to: { queue: 'vip', priority: 'high' } }], facts, fallback)).toEqual({
      queue: 'vip',
      rule: 'r1',
      priority: 'high',
      because: [
        'channel=email',
        'language=fr',
        'attributes.plan=gold',
        'attributes.vip=true',
        'hours=office open',
        'source=https://shop.example/',
        'words=remboursé',
      ],
    })
  })

  it('holds a rule only when all of its conditions hold', () => {
    expect(holds({ account: ['help'], channel: ['email'] })).toBe(true)
    expect(holds({ account: ['help'], channel: ['sms'] })).toBe(false)
    expect(holds({})).toBe(true)
  })

  it('compares languages by their primary subtag, unless the rule names more', () => {
    expect(holds({ language: ['FR'] })).toBe(true)
    expect(holds({ language: ['fr-CA'] })).toBe(true)
    expect(holds({ language: ['fr-FR'] })).toBe(false)
    expect(holds({ language: ['fr-CA'] }, { language: 'fr' })).toBe(false)
    expect(holds({ language: ['f'] })).toBe(false)
    expect(holds({ language: ['fr'] }, { language: 'fra' })).toBe(false)
    expect(holds({ language: ['fr'] }, { language: null })).toBe(false)
  })

  it('finds words and phrases whole, regardless of case and accents', () => {
    expect(holds({ words: ['reservation'] })).toBe(true)
    expect(holds({ words: ['être remboursé'] })).toBe(true)
    expect(holds({ words: ['Merci'] })).toBe(true)
    expect(holds({ words: ['rembours'] })).toBe(false)
    expect(holds({ words: ['servation'] })).toBe(false)
    expect(holds({ words: ['merci remboursé'] })).toBe(false)
    expect(holds({ words: ['12'] })).toBe(true)
    expect(holds({ words: ['!?'] })).toBe(false)
  })

  it('finds words anywhere in scripts that put no space between them', () => {
    expect(holds({ words: ['退款'] }, { text: '我想要退款谢谢' })).toBe(true)
    expect(holds({ words: ['返品'] }, { text: '商品を返品したいです' })).toBe(true)
    expect(holds({ words: ['退货'] }, { text: '我想要退款谢谢' })).toBe(false)
  })

  it('compares attributes by value and type', () => {
    expect(holds({ attributes: { seats: [12] } })).toBe(true)
    expect(holds({ attributes: { seats: ['12'] } })).toBe(false)
    expect(holds({ attributes: { plan: ['gold'], vip: [false] } })).toBe(false)
    expect(holds({ attributes: { toString: ['gold'] } })).toBe(false)
  })

  it('knows inside from outside of business hours, and takes unknown ones for closed', () => {
    expect(holds({ hours: { id: 'office', open: true } })).toBe(true)
    expect(holds({ hours: { id: 'office', open: false } })).toBe(false)
    expect(holds({ hours: { id: 'nobody', open: false } })).toBe(true)
  })

  it('fulfils no condition with what is not known', () => {
    expect(holds({ formerOwner: ['ana'] })).toBe(true)
    expect(holds({ formerOwner: ['ana'] }, { formerOwner: null })).toBe(false)
    expect(holds({ source: ['https://shop.example/pricing'] })).toBe(true)
    expect(holds({ source: ['https://shop.example/pricing'] }, { source: null })).toBe(false)
    expect(holds({ contactKind: ['visitor', 'client'] })).toBe(true)
    expect(holds({ contactKind: ['visitor'] })).toBe(false)
  })

  it('cannot be asked about tags: the type forbids it', () => {
    // @ts-expect-error tags are for filing
    const tagged: Rule = rule({ tags: ['gold'] })
    // @ts-expect-error and are no fact of routing
    const withTags: RoutingFacts = { ...facts, tags: ['gold'] }
    expect(route([tagged], withTags, fallback).because).toEqual([])
  })

  it('has one answer for everything, and only rules and the fallback are in it', () => {
    const condition: fc.Arbitrary<Conditions> = fc.record(
      {
        channel: fc.subarray(['email', 'sms']),
        language: fc.subarray(['fr', 'en', 'fr-CA']),
        hours: fc.record({ id: fc.constantFrom('office', 'night'), open: fc.boolean() }),
        words: fc.array(fc.string(), { maxLength: 3 }),
        source: fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    )
    const said = fc.record({ text: fc.string({ unit: 'grapheme' }), source: fc.option(fc.string()) })
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 6 }), said, (conditions, more) => {
        const rules = conditions.map((when, at) => rule(when, `r${at}`))
        const routed = route(rules, { ...facts, ...more }, fallback)
        const at = rules.findIndex(({ id }) => id === routed.rule)
        expect(routed.queue).toBe(at < 0 ? 'support' : `queue-r${at}`)
        // What stands before the first that matched would not have matched alone, and what stands after is not asked.
        for (const before of at < 0 ? rules : rules.slice(0, at)) {
          expect(route([before], { ...facts, ...more }, fallback).rule).toBeNull()
        }
        if (at >= 0) expect(route(rules.slice(at), { ...facts, ...more }, fallback)).toEqual(routed)
      }),
      { numRuns: 500 },
    )
  })
})
