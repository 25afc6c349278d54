import {
  type AttributeDefinition,
  type Form,
  type FormField,
  type Part,
  type RichPart,
  type TemplateButton,
  type TemplateHeader,
  type TemplateValue,
  allWordsOf,
  checkAnswer,
  checkAnswers,
  checkForm,
  checkParts,
  plainOf,
  previewOf,
  richParts,
  savedFields,
  saysSomething,
  textOf,
  tooMuch,
  writtenOut,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { by, channel, fromCustomer, receive, start, step, text } from './shop.ts'

const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((one) => one.trim() !== '')
const url = fc.webUrl({ validSchemes: ['https', 'http'] }).filter((one) => !/["'<>\s]/.test(one))
const price = fc.record({ amount: fc.nat(1_000_000), currency: fc.constantFrom('EUR', 'JPY', 'KWD') })
const optional = <A>(value: fc.Arbitrary<A>) => fc.option(value, { nil: undefined })
/** As a screen sends it: what was left empty is not there. */
const tidy = <A>(value: A): A => JSON.parse(JSON.stringify(value)) as A

const field: fc.Arbitrary<FormField> = fc
  .record({
    name: label,
    label,
    kind: fc.constantFrom('text', 'longText', 'email', 'phone', 'number', 'date', 'choice', 'yesNo'),
    required: fc.boolean(),
  })
  .chain((one) =>
    one.kind === 'choice'
      ? fc.uniqueArray(label, { minLength: 1, maxLength: 4 }).map((choices) => ({ ...one, choices }))
      : fc.constant(one),
  )

const form: fc.Arbitrary<Form> = fc.record({
  id: label,
  title: label,
  fields: fc.uniqueArray(field, { minLength: 1, maxLength: 5, selector: ({ name }) => name }),
})

const templateValue: fc.Arbitrary<TemplateValue> = fc.oneof(
  label,
  fc.record({ text: label, name: optional(label) }).map((one) => ({ _tag: 'Text', ...one }) as TemplateValue),
  fc.record({ text: label, price }).map((one): TemplateValue => ({ _tag: 'Currency', ...one })),
  label.map((one): TemplateValue => ({ _tag: 'DateTime', text: one })),
)

const templateHeader: fc.Arbitrary<TemplateHeader> = fc.oneof(
  label.map((one): TemplateHeader => ({ _tag: 'Text', text: one })),
  fc
    .record({ kind: fc.constantFrom('image', 'video', 'document'), url, filename: optional(label) })
    .map((one) => ({ _tag: 'Media', ...one }) as TemplateHeader),
  fc
    .record({ latitude: fc.integer({ min: -90, max: 90 }), longitude: fc.integer({ min: -180, max: 180 }), label })
    .map((one): TemplateHeader => ({ _tag: 'Location', ...one })),
)

const templateButton: fc.Arbitrary<TemplateButton> = fc.oneof(
  fc.record({ index: fc.nat(9), payload: label }).map((one): TemplateButton => ({ _tag: 'QuickReply', ...one })),
  fc.record({ index: fc.nat(9), suffix: label }).map((one): TemplateButton => ({ _tag: 'Url', ...one })),
  fc.record({ index: fc.nat(9), code: label }).map((one): TemplateButton => ({ _tag: 'CopyCode', ...one })),
  fc.record({ index: fc.nat(9), token: optional(label) }).map((one) => ({ _tag: 'Flow', ...one }) as TemplateButton),
  fc
    .record({ index: fc.nat(9), product: optional(label) })
    .map((one) => ({ _tag: 'Catalog', ...one }) as TemplateButton),
)

const offered: fc.Arbitrary<RichPart> = fc
  .oneof(
    form.map((one): RichPart => ({ _tag: 'Form', form: one })),
    fc
      .uniqueArray(fc.record({ id: label, label }), { minLength: 1, maxLength: 20, selector: ({ id }) => id })
      .map((choices): RichPart => ({ _tag: 'Choices', choices })),
    fc
      .record({ title: label, description: optional(label), price: optional(price), url: optional(url) })
      .map((one) => ({ _tag: 'Product', ...one }) as RichPart),
    fc.record({ title: label, price, url }).map((one): RichPart => ({ _tag: 'PaymentLink', ...one })),
    fc
      .record({ name: label, lines: fc.array(label, { maxLength: 3 }), url: optional(url) })
      .map((one) => ({ _tag: 'CompanyDetails', ...one }) as RichPart),
    fc
      .record({ name: label, emails: fc.array(label, { maxLength: 2 }), phones: fc.array(label, { maxLength: 2 }) })
      .map((one): RichPart => ({ _tag: 'ContactCard', ...one })),
    fc
      .record({
        latitude: fc.double({ min: -90, max: 90, noNaN: true }),
        longitude: fc.double({ min: -180, max: 180, noNaN: true }),
        label: optional(label),
      })
      .map((one) => ({ _tag: 'Location', ...one }) as RichPart),
    fc
      .record({
        name: label,
        language: label,
        values: fc.array(templateValue, { maxLength: 2 }),
        text: label,
        header: optional(templateHeader),
        buttons: optional(fc.uniqueArray(templateButton, { maxLength: 3, selector: ({ index }) => index })),
      })
      .map((one) => ({ _tag: 'ProviderTemplate', ...one }) as RichPart),
    fc
      .record({ id: label, quantity: fc.nat(99), price: optional(price) })
      .map((item) => ({ _tag: 'Order', items: [item] }) as RichPart),
    fc
      .record({ source: label, title: optional(label), url: optional(url) })
      .map((one) => ({ _tag: 'Referral', ...one }) as RichPart),
    fc.record({ kind: label, note: optional(label) }).map((one) => ({ _tag: 'Unsupported', ...one }) as RichPart),
  )
  .map(tidy)

const part: fc.Arbitrary<Part> = fc.oneof(
  offered,
  fc.string({ maxLength: 30 }).map((one): Part => ({ _tag: 'Text', text: one })),
)

const approved = { _tag: 'ProviderTemplate', name: 'again', language: 'en', values: [], text: 'May we write?' } as const

describe('parts beyond words and files', () => {
  it('are accepted when they make sense, and then they say something on every channel', () => {
    fc.assert(
      fc.property(offered, (one) => {
        expect(checkParts([one])).toBeNull()
        expect(plainOf(one).trim()).not.toBe('')
        expect(saysSomething([one])).toBe(true)
        expect(previewOf([one]).trim()).not.toBe('')
      }),
    )
  })

  it('are checked whatever is handed over instead of them, and never by an exception', () => {
    const tag = fc.constantFrom(...richParts, 'Video', '__proto__')
    const name = fc.constantFrom(
      'form',
      'choices',
      'price',
      'url',
      'title',
      'latitude',
      'emails',
      'lines',
      'id',
      'fields',
      'items',
      'kind',
      '_tag',
      'values',
      'header',
      'buttons',
      'index',
    )
    const junk = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(null, undefined, 0, -1, 1.5, Number.NaN, '', ' ', 'x', true, 'x'.repeat(3_000)),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value'), { maxKeys: 3 }),
      ),
    })).value
    const made = fc.tuple(tag, fc.dictionary(name, junk)).map(([_tag, fields]) => ({ ...fields, _tag }))
    fc.assert(
      fc.property(fc.oneof(made, junk), (one) => {
        const refusal = checkParts([one as Part])
        if (refusal === null) return
        expect(refusal._tag).toBe('Invalid')
        expect(refusal._tag === 'Invalid' && refusal.issues.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it.each<[string, unknown, string]>([
    ['half a cent', { _tag: 'Product', title: 'A', price: { amount: 1.5, currency: 'EUR' } }, 'price.amount'],
    [
      'a debt',
      { _tag: 'PaymentLink', title: 'A', price: { amount: -1, currency: 'EUR' }, url: 'https://a.example' },
      'price.amount',
    ],
    [
      'a currency nobody knows',
      { _tag: 'Product', title: 'A', price: { amount: 1, currency: 'euro' } },
      'price.currency',
    ],
    ['a script for a link', { _tag: 'Product', title: 'A', url: 'javascript:alert(1)' }, 'url'],
    ['a file for a link', { _tag: 'CompanyDetails', name: 'A', lines: [], url: 'file:///etc/passwd' }, 'url'],
    ['no link to pay by', { _tag: 'PaymentLink', title: 'A', price: { amount: 1, currency: 'EUR' } }, 'url'],
    ['a place beyond the pole', { _tag: 'Location', latitude: 91, longitude: 0 }, 'latitude'],
    ['a place that is no number', { _tag: 'Location', latitude: 1, longitude: Number.NaN }, 'longitude'],
    ['a choice without a label', { _tag: 'Choices', choices: [{ id: 'a', label: ' ' }] }, 'choices[0].label'],
    [
      'a choice that is there twice',
      {
        _tag: 'Choices',
        choices: [
          { id: 'a', label: 'A' },
          { id: 'a', label: 'B' },
        ],
      },
      'choices[1].id',
    ],
    ['nothing to choose', { _tag: 'Choices', choices: [] }, 'choices'],
    ['a card of nobody', { _tag: 'ContactCard', name: '', emails: [], phones: [] }, 'name'],
    ['a value that is none', { ...approved, values: [7] }, 'values'],
    ['a price without an amount', { ...approved, values: [{ _tag: 'Currency', text: '5' }] }, 'values'],
    ['a header that nobody knows', { ...approved, header: { _tag: 'Hologram' } }, 'header._tag'],
    [
      'a script above the words',
      { ...approved, header: { _tag: 'Media', kind: 'image', url: 'data:x' } },
      'header.url',
    ],
    ['a button beyond the tenth', { ...approved, buttons: [{ _tag: 'Flow', index: 10 }] }, 'buttons[0].index'],
    [
      'a button that is there twice',
      {
        ...approved,
        buttons: [
          { _tag: 'Flow', index: 0 },
          { _tag: 'Url', index: 0, suffix: 'a' },
        ],
      },
      'buttons[1].index',
    ],
    ['an answer of our own', { _tag: 'FormAnswer', form: 'who', values: {} }, 'only customers'],
    ['something else', { _tag: 'Video' }, 'no such part'],
  ])('say what to change: %s', (_, given, place) => {
    const refusal = checkParts([{ _tag: 'Text', text: 'Hello' }, given as Part])
    expect(refusal).toMatchObject({ _tag: 'Invalid', what: 'parts' })
    expect(JSON.stringify(refusal)).toContain('parts[1]')
    expect(JSON.stringify(refusal)).toContain(place)
  })

  it('are written out in their places where the channel does not show them, and left where it does', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 4 }),
        fc.subarray(['Form', 'Choices', 'Product', 'Location'] as const),
        (parts, shown) => {
          const out = writtenOut(parts, shown)
          expect(out).toHaveLength(parts.length)
          for (const [at, one] of out.entries()) {
            const before = parts[at] as Part
            const stays = before._tag === 'Text' || (shown as ReadonlyArray<string>).includes(before._tag)
            if (stays) expect(one).toBe(before)
            else expect(one).toEqual({ _tag: 'Text', text: plainOf(before as RichPart) })
          }
          expect(writtenOut(out, shown)).toBe(out)
        },
      ),
    )
  })

  it('say what a template shows above its words', () => {
    const bill = { url: 'https://acme.example/bill.pdf', filename: 'bill.pdf' }
    expect(plainOf({ ...approved, header: { _tag: 'Media', kind: 'document', ...bill } })).toBe(
      `May we write?\nbill.pdf\n${bill.url}`,
    )
    expect(plainOf({ ...approved, header: { _tag: 'Location', latitude: 1, longitude: 2, label: 'The shop' } })).toBe(
      'May we write?\nThe shop\n1, 2\ngeo:1,2',
    )
    expect(plainOf({ ...approved, header: { _tag: 'Text', text: 'Zoe' } })).toBe('May we write?')
  })

  it('are found by what they say: all words begin with the text', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const words = allWordsOf(parts)
        expect(words.startsWith(textOf(parts))).toBe(true)
        for (const one of parts) expect(words).toContain(one._tag === 'Text' ? one.text : plainOf(one as RichPart))
      }),
    )
  })
})

describe('the length of a message', () => {
  const location: Part = { _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'The shop' }
  const written = plainOf(location).length

  it('counts what leaves: parts that the channel does not show are written out', () => {
    const max = 5 + 1 + written
    const parts = [...text('Here:'), location]
    expect(tooMuch(parts, { ...channel, maxTextLength: max })).toBeNull()
    expect(tooMuch(parts, { ...channel, maxTextLength: max - 1 })).toEqual({
      _tag: 'TextTooLong',
      length: max,
      max: max - 1,
    })
    expect(tooMuch(parts, { ...channel, maxTextLength: 5, parts: ['Location'] })).toBeNull()
  })

  it('a reply with an offer that leaves too much is refused as a long text is', () => {
    const { state } = step(undefined, receive('Where?'), fromCustomer({ start }))
    const reply = { _tag: 'Reply', parts: [location] } as const
    const narrow = { ...channel, maxTextLength: 10 }
    expect(step(state, reply, by('ana', { channel: narrow })).refusal).toMatchObject({ _tag: 'TextTooLong', max: 10 })
    expect(step(state, reply, by('ana', { channel: { ...narrow, parts: ['Location'] } })).refusal).toBeNull()
  })
})

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

describe('a reply that calls for colleagues', () => {
  it('names each once, is among what mentions them, and reaches the customer as it stands', () => {
    const { state } = step(undefined, receive('Hello'), fromCustomer({ start }))
    const reply = { _tag: 'Reply', parts: text('@Ben knows'), mentions: ['ben', 'ben'] } as const
    const done = step(state, reply, by('ana'))
    expect(done.entries[0]?.what).toMatchObject({
      message: { mentions: ['ben'], parts: [{ _tag: 'Text', text: '@Ben knows' }] },
    })
    expect(done.state?.mentioned).toEqual(['ben'])
  })

  it('is refused when one of them is not there', () => {
    const { state } = step(undefined, receive('Hello'), fromCustomer({ start }))
    const reply = { _tag: 'Reply', parts: text('@Eve?'), mentions: ['ben', 'eve'] } as const
    expect(step(state, reply, by('ana')).refusal).toEqual({ _tag: 'UnknownAgent', agent: 'eve' })
  })
})

describe('new words for a message', () => {
  it('leave what it offers as it was', () => {
    const { state } = step(undefined, receive('Hello'), fromCustomer({ start }))
    const offer = { _tag: 'Choices', choices: [{ id: 'y', label: 'Yes' }] } as const
    const target = {
      direction: 'out',
      author: { kind: 'agent', id: 'ana' },
      deleted: false,
      files: [],
      rich: [offer],
    } as const
    const { entries } = step(state, { _tag: 'EditMessage', message: 2, parts: text('Better') }, by('ana', { target }))
    expect(entries[0]?.what).toMatchObject({ _tag: 'MessageEdited', parts: [{ _tag: 'Text', text: 'Better' }, offer] })
  })
})

it('every field that an answer can be kept in is one that a form may name', () => {
  for (const name of savedFields) {
    const kind = name === 'email' || name === 'phone' ? name : 'text'
    const fields = [{ name, label: name, kind, required: true, saveTo: { _tag: 'Field', field: name } }] as const
    expect(checkForm({ id: 'f', title: '', fields })).toBeNull()
  }
})
