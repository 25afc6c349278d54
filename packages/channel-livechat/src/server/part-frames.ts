import { isRich, moneyText, plainOf } from '@guichet/engine/domain'
import type { FormField, InboundPart, Part, RichPart } from '@guichet/engine/ports'
import type { AnswerFrame, FieldFrame, PartFrame } from '../protocol/parts.ts'

/** Parts beyond words and files that the widget shows, or that its visitors send. */
export const shownParts = [
  'Form',
  'FormAnswer',
  'Choices',
  'Chosen',
  'Product',
  'PaymentLink',
  'CompanyDetails',
  'ContactCard',
  'Location',
] as const satisfies ReadonlyArray<RichPart['_tag']>

const autocompletes = {
  name: 'name',
  firstName: 'given-name',
  email: 'email',
  phone: 'tel',
  language: 'language',
  country: 'country-name',
} as const

/** Where the answer is kept says what a browser may fill in, and is not told. */
const autocompleteOf = ({ kind, saveTo }: FormField): string | undefined => {
  if (saveTo?._tag === 'Field') return autocompletes[saveTo.field]
  return kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : undefined
}

const fieldFrame = (field: FormField): FieldFrame => {
  const { name, label, kind, required, choices } = field
  const autocomplete = autocompleteOf(field)
  return {
    name,
    label,
    kind,
    required,
    ...(choices === undefined ? {} : { choices }),
    ...(autocomplete === undefined ? {} : { autocomplete }),
  }
}

const given = (lines: ReadonlyArray<string | undefined>): ReadonlyArray<string> =>
  lines.filter((line) => line !== undefined && line !== '') as ReadonlyArray<string>

const see = (url: string | undefined) => (url === undefined ? [] : [{ url, as: 'see' as const }])

const frameOf = (part: RichPart): PartFrame => {
  switch (part._tag) {
    case 'Form': {
      const { id, title, fields } = part.form
      return { type: 'form', id, title, fields: fields.map(fieldFrame) }
    }
    case 'FormAnswer':
      return { type: 'answer', form: part.form }
    case 'Choices':
      return { type: 'choices', choices: part.choices.map(({ id, label }) => ({ id, label })) }
    case 'Chosen':
      return { type: 'chosen', id: part.choice, label: part.label }
    case 'Product': {
      const { title, description, price, url } = part
      return {
        type: 'card',
        title,
        lines: given([description]),
        links: see(url),
        ...(price && { price: moneyText(price) }),
      }
    }
    case 'PaymentLink': {
      const { title, price, url } = part
      return { type: 'card', title, price: moneyText(price), lines: [], links: [{ url, as: 'pay' }] }
    }
    case 'CompanyDetails':
      return { type: 'card', title: part.name, lines: part.lines, links: see(part.url) }
    case 'ContactCard': {
      const { name, company, emails, phones } = part
      const links = [
        ...emails.map((text) => ({ text, url: `mailto:${text}` })),
        ...phones.map((text) => ({ text, url: `tel:${text.replace(/[^+\d]/g, '')}` })),
      ]
      return { type: 'card', title: name, lines: given([company]), links }
    }
    case 'Location': {
      const { latitude, longitude, label, address } = part
      const url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
      const [title = `${latitude}, ${longitude}`, ...lines] = given([label, address])
      return { type: 'card', title, lines, links: [{ url, as: 'map' }] }
    }
    case 'ProviderTemplate':
    case 'Order':
    case 'Referral':
    case 'Unsupported':
      return { type: 'card', title: plainOf(part), lines: [], links: [] }
  }
}

/** What a message offers and asks, as the visitor's browser shows it. */
export const framesOf = (parts: ReadonlyArray<Part>): ReadonlyArray<PartFrame> => parts.filter(isRich).map(frameOf)

/** What a visitor answers, as the engine takes it. */
export const answerPart = (frame: AnswerFrame): InboundPart =>
  frame.type === 'answer'
    ? { _tag: 'FormAnswer', form: frame.form, values: frame.values }
    : { _tag: 'Chosen', choice: frame.id, label: frame.label }
