import {
  type Form,
  type FormField,
  type Part,
  type RichPart,
  type TemplateButton,
  type TemplateHeader,
  type TemplateValue,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'

export const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((one) => one.trim() !== '')
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

export const form: fc.Arbitrary<Form> = fc.record({
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

export const offered: fc.Arbitrary<RichPart> = fc
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

export const part: fc.Arbitrary<Part> = fc.oneof(
  offered,
  fc.string({ maxLength: 30 }).map((one): Part => ({ _tag: 'Text', text: one })),
)
