import type { Money, RichPart } from '@guichet/engine/domain'
import { language } from '../../shared/preferences.ts'
import { t } from './t.ts'

/** An amount comes in the smallest unit of its currency; how many of them make one, the browser knows. */
export const money = ({ amount, currency }: Money): string => {
  const format = new Intl.NumberFormat(language.value, { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** A part as one line, where there is no room for more. */
export const lineOf = (part: RichPart): string => {
  switch (part._tag) {
    case 'Form':
      return `${t().part_Form} : ${part.form.title}`
    case 'FormAnswer':
      return t().part_FormAnswer
    case 'Choices':
      return part.choices.map(({ label }) => label).join(' / ')
    case 'Chosen':
      return part.label
    case 'Product':
    case 'PaymentLink':
      return [part.title, part.price === undefined ? null : money(part.price)].filter(Boolean).join(', ')
    case 'CompanyDetails':
    case 'ContactCard':
      return part.name
    case 'Location':
      return part.label ?? part.address ?? `${part.latitude}, ${part.longitude}`
    case 'ProviderTemplate':
      return part.text
    case 'Order':
      return part.items.map(({ id, quantity }) => `${quantity} × ${id}`).join(', ')
    case 'Referral':
      return part.title ?? part.source
    case 'Unsupported':
      return `${t().part_Unsupported} (${part.kind})`
  }
}
