import type { RichPart } from '@guichet/engine/ports'
import * as fc from 'fast-check'

const label = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.constantFrom('<b>&amp;', 'مرحبا', 'a"b\'c'))
  .filter((one) => one.trim() !== '')
const url = fc.constantFrom('https://shop.example/chair?a=1&b=2', 'http://pay.example/%22', 'https://example.org')
const price = fc.record({ amount: fc.nat(10_000_000), currency: fc.constantFrom('EUR', 'JPY', 'KWD') })
const labels = fc.array(label, { maxLength: 3 })

const field = fc.tuple(label, fc.constantFrom('text', 'longText', 'email', 'number', 'date', 'yesNo'), fc.boolean())

/** Anything that can be offered or asked; each makes sense in itself. */
export const offered: fc.Arbitrary<RichPart> = fc.oneof(
  fc.tuple(label, label, fc.array(field, { minLength: 1, maxLength: 4 })).map(
    ([id, title, fields]): RichPart => ({
      _tag: 'Form',
      form: {
        id,
        title,
        fields: fields.map(([text, kind, required], n) => ({ name: `f${n}`, label: text, kind, required })),
      },
    }),
  ),
  fc
    .array(label, { minLength: 1, maxLength: 5 })
    .map((all): RichPart => ({ _tag: 'Choices', choices: all.map((text, n) => ({ id: `c${n}`, label: text })) })),
  fc.record({ _tag: fc.constant('Product' as const), title: label, description: label, price, url }),
  fc.record({ _tag: fc.constant('Product' as const), title: label }),
  fc.record({ _tag: fc.constant('PaymentLink' as const), title: label, price, url }),
  fc.record({ _tag: fc.constant('CompanyDetails' as const), name: label, lines: labels, url }),
  fc.record({ _tag: fc.constant('ContactCard' as const), name: label, emails: labels, phones: labels, company: label }),
  fc.record({
    _tag: fc.constant('Location' as const),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    label,
  }),
  fc.record({
    _tag: fc.constant('ProviderTemplate' as const),
    name: label,
    language: label,
    values: labels,
    text: label,
  }),
)
