import { type Rule, checkRules } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const known = {
  queues: new Set(['support', 'billing']),
  accounts: new Set(['help']),
  hours: new Map([['office', {}]]),
}
const good: Rule = { id: 'r1', name: 'Refunds', when: { words: ['refund'] }, to: { queue: 'billing' } }
const everything: Rule = {
  id: 'r2',
  name: 'All at once',
  when: {
    account: ['help'],
    channel: ['email'],
    language: ['fr', 'pt-BR'],
    contactKind: ['client', 'partner'],
    attributes: { plan: ['gold'], seats: [12, 13], vip: [true] },
    formerOwner: ['ana'],
    hours: { id: 'office', open: false },
    source: ['https://shop.example/'],
    words: ['refund', 'money back'],
  },
  to: { queue: 'support', priority: 'urgent' },
}

const issuesOf = (raw: unknown): ReadonlyArray<string> => {
  const checked = checkRules(raw, known)
  if (checked.ok) return []
  return checked.refusal._tag === 'Invalid' ? checked.refusal.issues : [checked.refusal._tag]
}
const issuesWhen = (when: unknown): ReadonlyArray<string> => issuesOf([{ ...good, when }])

describe('checked rules', () => {
  it('come back as they are when nothing is wrong, with a list of their own', () => {
    const raw = [good, everything]
    const checked = checkRules(raw, known)
    expect(checked).toEqual({ ok: true, rules: raw })
    expect(checked.ok && checked.rules[0]).not.toBe(good)
    expect(checkRules([], known)).toEqual({ ok: true, rules: [] })
    expect(issuesWhen({})).toEqual([])
  })

  it('refuse tags, and say that tags cannot route', () => {
    const why = 'is not known: tags are for filing and cannot route; use attributes or words'
    expect(issuesWhen({ tags: ['gold'] })).toEqual([`rules[0].when.tags ${why}`])
    expect(issuesOf([{ ...good, tags: ['gold'] }])).toEqual([`rules[0].tags ${why}`])
  })

  it('refuse unknown fields by name, and say which there are', () => {
    expect(issuesWhen({ lang: ['fr'] })).toEqual([
      'rules[0].when.lang is not known: remove it, or use one of account, channel, language, contactKind, attributes, formerOwner, hours, source, words',
    ])
    expect(issuesOf([{ ...good, to: { queue: 'billing', agent: 'ana' } }])).toEqual([
      'rules[0].to.agent is not known: remove it, or use one of queue, priority',
    ])
  })

  it.each<[string, unknown, string]>([
    ['a word for a list', { channel: 'email' }, 'rules[0].when.channel must be a list with at least one value'],
    ['an empty list', { words: [] }, 'rules[0].when.words must be a list with at least one value'],
    ['a blank word', { words: [' '] }, 'rules[0].when.words[0] must be a text that is not empty'],
    [
      'a word without letters',
      { words: ['!!'] },
      'rules[0].when.words[0] must have a letter or a digit: "!!" is found nowhere',
    ],
    [
      'no language',
      { language: ['french please'] },
      'rules[0].when.language[0] must be a language tag such as fr or pt-BR, not "french please"',
    ],
    [
      'no kind',
      { contactKind: ['vip'] },
      'rules[0].when.contactKind[0] must be one of visitor, lead, client, partner, not "vip"',
    ],
    [
      'a bare value',
      { attributes: { plan: 'gold' } },
      'rules[0].when.attributes.plan must be a list with at least one value',
    ],
    [
      'no attribute',
      { attributes: {} },
      'rules[0].when.attributes must be an object that names at least one attribute, each with a list of values',
    ],
    [
      'a value of no kind',
      { attributes: { plan: [null] } },
      'rules[0].when.attributes.plan[0] must be a text, a number, true or false, not null',
    ],
    [
      'neither open nor closed',
      { hours: { id: 'office' } },
      'rules[0].when.hours.open must be true (inside the hours) or false (outside)',
    ],
    [
      'hours that do not exist',
      { hours: { id: 'night', open: true } },
      'rules[0].when.hours.id "night" does not exist: create these hours first',
    ],
    [
      'no conditions at all',
      undefined,
      `rules[0].when must be an object with ${'account, channel, language, contactKind, attributes, formerOwner, hours, source, words'}`,
    ],
  ])('refuse %s', (_, when, issue) => {
    expect(issuesWhen(when)).toEqual([issue])
  })

  it('name everything that is wrong at once', () => {
    expect(issuesOf([{ id: '', name: 7, when: { channel: [] }, to: { queue: 'billing', priority: 'asap' } }])).toEqual([
      'rules[0].to.priority must be one of low, normal, high, urgent, not "asap"',
      'rules[0].id must be a text that is not empty',
      'rules[0].name must be a text that is not empty',
      'rules[0].when.channel must be a list with at least one value',
    ])
  })

  it('refuse an id that stands twice', () => {
    expect(issuesOf([good, everything, { ...good, name: 'Again' }])).toEqual([
      'rules[2].id "r1" is that of rules[0]: give each rule an id of its own',
    ])
  })

  it('name the queue or the account that does not exist', () => {
    expect(checkRules([{ ...good, to: { queue: 'sales' } }], known)).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownQueue', queue: 'sales' },
    })
    expect(checkRules([{ ...good, when: { account: ['help', 'shop'] } }], known)).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownAccount', account: 'shop' },
    })
  })

  it('answer whatever they are given', () => {
    expect(issuesOf({ rules: [] })).toEqual(['rules must be a list'])
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (raw) => {
        const list = checkRules([raw], known)
        const condition = checkRules(
          [{ ...good, when: { attributes: raw, hours: raw, words: [raw], contactKind: [raw] } }],
          known,
        )
        const aim = checkRules([{ ...good, to: { queue: raw, priority: raw } }], known)
        expect(list.ok || condition.ok || aim.ok).toBe(false)
      }),
    )
  })
})
