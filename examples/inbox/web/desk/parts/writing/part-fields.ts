import type { RichPart } from '@guichet/engine/domain'
import type { InsertKind } from '../../state/asked.ts'
import { w } from '../../words/writing/w.ts'
import { linesOf } from './form-parts.tsx'

export type FieldName =
  | 'choicesLabel'
  | 'title'
  | 'description'
  | 'price'
  | 'currency'
  | 'url'
  | 'name'
  | 'lines'
  | 'emails'
  | 'phones'
  | 'company'
  | 'place'
  | 'address'
  | 'latitude'
  | 'longitude'

/** What is asked for a part, in this order; `?` may stay empty. */
const asked: Readonly<Record<Exclude<InsertKind, 'Form'>, ReadonlyArray<FieldName | `${FieldName}?`>>> = {
  Choices: ['choicesLabel'],
  Product: ['title', 'description?', 'price?', 'currency', 'url?'],
  PaymentLink: ['title', 'price', 'currency', 'url'],
  CompanyDetails: ['name', 'lines', 'url?'],
  ContactCard: ['name', 'company?', 'emails?', 'phones?'],
  Location: ['place?', 'address?', 'latitude', 'longitude'],
}

export interface PartField {
  readonly name: FieldName
  readonly required: boolean
  readonly lines: boolean
}

export const fieldsOf = (kind: Exclude<InsertKind, 'Form'>): ReadonlyArray<PartField> =>
  asked[kind].map((field) => {
    const name = field.replace('?', '') as FieldName
    const lines = ['choicesLabel', 'lines', 'emails', 'phones', 'description'].includes(name)
    return { name, required: !field.endsWith('?'), lines }
  })

export type Values = Partial<Readonly<Record<FieldName, string>>>

const numberIn = (text: string): number | null => {
  const value = Number(text.replace(/\s/g, '').replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(value) ? null : value
}

/** What is wrong with what was typed, at the field that it is about. */
export const problemsIn = (kind: Exclude<InsertKind, 'Form'>, values: Values): Values => {
  const wrong: Partial<Record<FieldName, string>> = {}
  for (const { name, required } of fieldsOf(kind)) {
    const value = values[name]?.trim() ?? ''
    if (value === '') {
      if (required) wrong[name] = w().needed
    } else if (['price', 'latitude', 'longitude'].includes(name) && numberIn(value) === null) wrong[name] = w().noNumber
    else if (name === 'url' && !/^https?:\/\/\S+\.\S+/.test(value)) wrong[name] = w().noLink
  }
  return wrong
}

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

const money = (values: Values) => {
  const price = numberIn(values.price ?? '')
  const currency = values.currency?.trim().toUpperCase() ?? 'EUR'
  return price === null ? undefined : { amount: Math.round(price * 10 ** digitsOf(currency)), currency }
}

const given = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  value === undefined || value.trim() === '' ? {} : ({ [key]: value.trim() } as { readonly [P in K]: string })

/** The part, once nothing is wrong with its fields. */
export const partFrom = (kind: Exclude<InsertKind, 'Form'>, values: Values): RichPart => {
  const title = values.title?.trim() ?? ''
  const name = values.name?.trim() ?? ''
  switch (kind) {
    case 'Choices':
      return {
        _tag: 'Choices',
        // An id of its own for each question: the same label may be offered again.
        choices: linesOf(values.choicesLabel ?? '').map((label) => ({ id: crypto.randomUUID().slice(0, 8), label })),
      }
    case 'Product': {
      const price = money(values)
      return {
        _tag: 'Product',
        title,
        ...given('description', values.description),
        ...(price === undefined ? {} : { price }),
        ...given('url', values.url),
      }
    }
    case 'PaymentLink':
      return {
        _tag: 'PaymentLink',
        title,
        price: money(values) ?? { amount: 0, currency: 'EUR' },
        url: values.url ?? '',
      }
    case 'CompanyDetails':
      return { _tag: 'CompanyDetails', name, lines: linesOf(values.lines ?? ''), ...given('url', values.url) }
    case 'ContactCard':
      return {
        _tag: 'ContactCard',
        name,
        emails: linesOf(values.emails ?? ''),
        phones: linesOf(values.phones ?? ''),
        ...given('company', values.company),
      }
    case 'Location':
      return {
        _tag: 'Location',
        latitude: numberIn(values.latitude ?? '') ?? 0,
        longitude: numberIn(values.longitude ?? '') ?? 0,
        ...given('label', values.place),
        ...given('address', values.address),
      }
  }
}
