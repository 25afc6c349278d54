import {
  type AttributeDefinition,
  type Form,
  type FormField,
  type Part,
  checkAnswer,
  checkAnswers,
  checkForm,
  checkParts,
  savedFields,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { label, form } from './rich-part-samples.ts'
import { by, fromCustomer, receive, start, step } from './shop.ts'

const who: Form = {
  id: 'who',
  title: 'Who are you?',
  fields: [
    { name: 'email', label: 'Your email', kind: 'email', required: true, saveTo: { _tag: 'Field', field: 'email' } },
    { name: 'size', label: 'Size', kind: 'choice', required: false, choices: ['S', 'L'] },
    { name: 'count', label: 'How many', kind: 'number', required: false },
    { name: 'day', label: 'When', kind: 'date', required: false },
    { name: 'phone', label: 'Phone', kind: 'phone', required: false },
    { name: 'gift', label: 'A gift', kind: 'yesNo', required: false },
  ],
}

describe('a form', () => {
  it.each<[string, Partial<Record<keyof FormField, unknown>>]>([
    ['no name', { name: ' ' }],
    ['no label', { label: '' }],
    ['a kind that there is not', { kind: 'colour' }],
    ['nothing to choose', { kind: 'choice' }],
    ['the same choice twice', { kind: 'choice', choices: ['A', 'A'] }],
    ['choices of a text', { kind: 'text', choices: ['A'] }],
    ['an email that is a number', { kind: 'number', saveTo: { _tag: 'Field', field: 'email' } }],
    ['a place to save that there is not', { saveTo: { _tag: 'Field', field: 'shoeSize' } }],
    ['required by a word', { required: 'yes' }],
  ])('cannot be asked with %s', (_, given) => {
    const one = { name: 'a', label: 'A', kind: 'text', required: true, ...given } as FormField
    const refusal = checkForm({ id: 'f', title: 'F', fields: [one] })
    expect(refusal).toMatchObject({ _tag: 'Invalid', what: 'form' })
    expect(
      checkForm({ id: 'f', title: 'F', fields: [{ name: 'a', label: 'A', kind: 'text', required: true }] }),
    ).toBeNull()
  })

  it('cannot be asked with two fields of one name, with none, or with a hundred', () => {
    const a = { name: 'a', label: 'A', kind: 'text', required: true } as const
    for (const fields of [[a, a], [], Array.from({ length: 100 }, (_, n) => ({ ...a, name: `a${n}` }))]) {
      expect(checkForm({ id: 'f', title: 'F', fields })).toMatchObject({ _tag: 'Invalid', what: 'form' })
    }
  })

  it('cannot save what an attribute does not hold', () => {
    const definitions = new Map<string, AttributeDefinition>([
      ['size', { id: 'size', name: 'Size', on: 'contact', kind: 'choice', choices: ['S', 'M'] }],
      ['vip', { id: 'vip', name: 'VIP', on: 'contact', kind: 'boolean' }],
    ])
    const asking = (attribute: string, one: Partial<FormField>): ReadonlyArray<Part> => {
      const saveTo = { _tag: 'Custom', attribute } as const
      const asked = { name: 'a', label: 'A', kind: 'text', required: true, saveTo, ...one } as FormField
      return [{ _tag: 'Form', form: { id: 'f', title: 'F', fields: [asked] } }]
    }
    const choices = { kind: 'choice', choices: ['S', 'M'] } as const
    expect(checkParts(asking('size', choices), definitions)).toBeNull()
    expect(checkParts(asking('vip', { kind: 'yesNo' }), definitions)).toBeNull()
    for (const wrong of [
      asking('size', { kind: 'choice', choices: ['S', 'XL'] }),
      asking('size', {}),
      asking('vip', {}),
      asking('shoes', {}),
    ]) {
      expect(checkParts(wrong, definitions)).toMatchObject({ _tag: 'Invalid', what: 'form' })
    }
  })

  it('is refused by the decider, with what to change, before it is sent', () => {
    const { state } = step(undefined, receive('Hello'), fromCustomer({ start }))
    const broken = { ...who, fields: [...who.fields, ...who.fields] }
    const { refusal } = step(state, { _tag: 'Reply', parts: [{ _tag: 'Form', form: broken }] }, by('ana'))
    expect(refusal).toMatchObject({
      _tag: 'Invalid',
      what: 'form',
      issues: expect.arrayContaining(['email: a name of its own']),
    })
  })
})

describe('an answer to a form', () => {
  it('is taken when every field has what it asks for', () => {
    const full = {
      email: 'zoe@example.org',
      size: 'S',
      count: 2.5,
      day: '2026-02-28',
      phone: '+33 6 12 34 56 78',
      gift: false,
    }
    expect(checkAnswer(who, full)).toBeNull()
    expect(checkAnswer(who, { email: 'zoe@example.org', size: '' })).toBeNull()
  })

  it.each<[string, Record<string, string | number | boolean>]>([
    ['nothing', {}],
    ['white space where something is required', { email: '  ' }],
    ['no email', { email: 'zoe' }],
    ['an unknown choice', { email: 'a@b.cd', size: 'XL' }],
    ['a text for a number', { email: 'a@b.cd', count: '2' }],
    ['a number that is none', { email: 'a@b.cd', count: Number.POSITIVE_INFINITY }],
    ['a day that there is not', { email: 'a@b.cd', day: '2026-02-30' }],
    ['no telephone number', { email: 'a@b.cd', phone: '(((((' }],
    ['a word for yes', { email: 'a@b.cd', gift: 'yes' }],
    ['something that nobody asked for', { email: 'a@b.cd', admin: true }],
    ['the name of what every object has', { email: 'a@b.cd', toString: 'x' }],
  ])('is refused with the name of the field: %s', (_, values) => {
    const refusal = checkAnswer(who, values)
    expect(refusal).toMatchObject({ _tag: 'Invalid', what: 'answer' })
    const named = refusal?._tag === 'Invalid' ? refusal.issues.map((issue) => issue.split(':')[0]) : []
    expect(named).toEqual([Object.keys(values).find((name) => name !== 'email') ?? 'email'])
  })

  it('is judged whatever it is, with an issue for each field and never by an exception', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.boolean())
    fc.assert(
      fc.property(form, fc.dictionary(label, value), fc.array(value, { maxLength: 5 }), (asked, other, given) => {
        const values = { ...other, ...Object.fromEntries(asked.fields.map(({ name }, at) => [name, given[at] ?? ''])) }
        const refusal = checkAnswer(asked, values)
        if (refusal === null) return
        const issues = refusal._tag === 'Invalid' ? refusal.issues : []
        expect(issues.length).toBeGreaterThan(0)
        for (const issue of issues) {
          expect(Object.keys(values).some((name) => issue.startsWith(`${name}: `))).toBe(true)
        }
      }),
    )
  })

  const choices = [{ id: 'y', label: 'Yes' }]
  const asked = { forms: new Map([['who', who]]), choices }

  it('answers what was asked, and nothing else', () => {
    expect(checkAnswers([{ _tag: 'FormAnswer', form: 'who', values: { email: 'a@b.cd' } }], asked)).toBeNull()
    expect(checkAnswers([{ _tag: 'Chosen', choice: 'y', label: 'Yes' }], asked)).toBeNull()
    for (const wrong of [
      { _tag: 'FormAnswer', form: 'other', values: { email: 'a@b.cd' } },
      { _tag: 'FormAnswer', form: 'who', values: {} },
      { _tag: 'Chosen', choice: 'n', label: 'No' },
      { _tag: 'Chosen', choice: 'y', label: 'Send me the money' },
    ] as const) {
      expect(checkAnswers([wrong], asked)).toMatchObject({ _tag: 'Invalid', what: 'answer' })
      expect(checkAnswers([wrong], undefined)).toMatchObject({ _tag: 'Invalid', what: 'answer' })
    }
  })

  it('is kept with the labels that its fields had, which nobody else can give them', () => {
    const given = fromCustomer({ start })
    const labels = { email: 'Your password', other: 'Nothing' }
    const answer = { _tag: 'FormAnswer', form: 'who', values: { email: 'a@b.cd' }, labels } as const
    const message = { address: 'claire@example.org', parts: [answer], matched: 'contact' }
    const asks = who.fields.find(({ name }) => name === 'email')?.label ?? ''
    const { entries, state } = step(undefined, { _tag: 'Receive', message }, { ...given, asked })
    expect(entries[0]?.what).toMatchObject({ message: { parts: [{ ...answer, labels: { email: asks } }] } })
    expect(state?.lastMessage?.preview).toBe(`${asks}: a@b.cd`)
  })

  it('is refused by the decider unless it was asked for, and cannot become another one by an edit', () => {
    const given = fromCustomer({ start })
    const chosen = { _tag: 'Chosen', choice: 'y', label: 'Yes' } as const
    const message = { address: 'claire@example.org', parts: [chosen], matched: 'contact' }
    const command = { _tag: 'Receive', message } as const
    expect(step(undefined, command, given).refusal).toMatchObject({ _tag: 'Invalid', what: 'answer' })
    const taken = step(undefined, command, { ...given, asked })
    expect(taken.refusal).toBeNull()
    const target = { direction: 'in', author: given.actor, deleted: false, files: [], rich: [chosen] } as const
    const edit = { _tag: 'EditMessage', message: 1, parts: [{ ...chosen, label: 'No' }] } as const
    expect(step(taken.state, edit, { ...given, target }).refusal).toMatchObject({ _tag: 'Invalid', what: 'answer' })
  })
})

it('every field that an answer can be kept in is one that a form may name', () => {
  for (const name of savedFields) {
    const kind = name === 'email' || name === 'phone' ? name : 'text'
    const fields = [{ name, label: name, kind, required: true, saveTo: { _tag: 'Field', field: name } }] as const
    expect(checkForm({ id: 'f', title: '', fields })).toBeNull()
  }
})
