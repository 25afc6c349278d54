import type { Money } from './money.ts'
import type { ProviderTemplate } from './provider-template.ts'
import type { Form, RichPart } from './rich-part.ts'

/** Currencies whose smallest unit is not a hundredth (ISO 4217, column "minor unit"). */
const decimals: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
}

/**
 * An amount as everybody reads it, with a point and the currency's code.
 *
 * @example
 * ```ts
 * import { moneyText } from '@guichet/engine/domain'
 *
 * console.log(moneyText({ amount: 1250, currency: 'EUR' }), '/', moneyText({ amount: 500, currency: 'JPY' }))
 * ```
 *
 * ```text
 * 12.50 EUR / 500 JPY
 * ```
 */
export const moneyText = ({ amount, currency }: Money): string => {
  const places = decimals[currency] ?? 2
  return `${(amount / 10 ** places).toFixed(places)} ${currency}`
}

type Place = Pick<Extract<RichPart, { readonly _tag: 'Location' }>, 'latitude' | 'longitude' | 'label' | 'address'>

const lines = (...all: ReadonlyArray<string | undefined>): string =>
  all.filter((line) => line !== undefined && line !== '').join('\n')

const question = (field: Form['fields'][number]): string => {
  const choices = field.choices === undefined ? '' : ` (${field.choices.join(' / ')})`
  return `- ${field.label}${choices}`
}

/**
 * What a field that was answered is called.
 *
 * @example
 * ```ts
 * import { answerLabel } from '@guichet/engine/domain'
 *
 * const answer = { _tag: 'FormAnswer', form: 'order', values: { no: 7, gift: true }, labels: { no: 'Order number' } } as const
 * console.log(answerLabel(answer, 'no'), '/', answerLabel(answer, 'gift'))
 * ```
 *
 * ```text
 * Order number / gift
 * ```
 */
export const answerLabel = ({ labels }: Extract<RichPart, { readonly _tag: 'FormAnswer' }>, name: string): string =>
  (labels !== undefined && Object.hasOwn(labels, name) ? labels[name] : undefined) ?? name

const answer = (value: string | number | boolean): string =>
  value === true ? '✓' : value === false ? '✗' : String(value)

/**
 * A part beyond words and files, written out for a channel that cannot show it, for search and for print.
 *
 * @example
 * ```ts
 * import { plainOf } from '@guichet/engine/domain'
 *
 * const choices = [
 *   { id: 'y', label: 'Yes' },
 *   { id: 'n', label: 'No' },
 * ]
 * console.log(plainOf({ _tag: 'Choices', choices }).split('\n'))
 * ```
 *
 * ```text
 * [ '1. Yes', '2. No' ]
 * ```
 */
export const plainOf = (part: RichPart): string => {
  switch (part._tag) {
    case 'Form':
      return lines(part.form.title, ...part.form.fields.map(question))
    case 'FormAnswer':
      return Object.entries(part.values)
        .map(([name, value]) => `${answerLabel(part, name)}: ${answer(value)}`)
        .join('\n')
    case 'Choices':
      return part.choices.map(({ label }, index) => `${index + 1}. ${label}`).join('\n')
    case 'Chosen':
      return part.label
    case 'Product':
      return lines(part.title, part.description, part.price && moneyText(part.price), part.url)
    case 'PaymentLink':
      return lines(`${part.title}: ${moneyText(part.price)}`, part.url)
    case 'CompanyDetails':
      return lines(part.name, ...part.lines, part.url)
    case 'ContactCard':
      return lines(part.name, part.company, ...part.emails, ...part.phones)
    case 'Location':
      return lines(...placeLines(part))
    case 'ProviderTemplate':
      return lines(part.text, ...aboveOf(part))
    case 'Order':
      return lines(part.text, ...part.items.map(({ id, quantity, price }) => `${quantity} × ${id}${each(price)}`))
    case 'Referral':
      return lines(part.title ?? part.source, part.text, part.url)
    case 'Unsupported':
      return lines(`[${part.kind}]`, part.note)
  }
}

const placeLines = ({ latitude, longitude, label, address }: Place): ReadonlyArray<string | undefined> => [
  label,
  address,
  `${latitude}, ${longitude}`,
  mapOf(latitude, longitude),
]

/** What a template shows above its words and does not say in them. */
const aboveOf = ({ header }: ProviderTemplate): ReadonlyArray<string | undefined> => {
  switch (header?._tag) {
    case 'Media':
      return [header.filename, header.url]
    case 'Location':
      return placeLines(header)
    default:
      return []
  }
}

const each = (price: Money | undefined): string => (price === undefined ? '' : `, ${moneyText(price)}`)

/** RFC 5870: what telephones and desktops open in the map of their choice. */
const mapOf = (latitude: number, longitude: number): string => `geo:${latitude},${longitude}`
