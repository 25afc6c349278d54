import { moneyText } from '@guichet/engine/domain'
import type { RichPart } from '@guichet/engine/ports'
import { linkPiece } from './buttons.ts'
import { placed } from './place.ts'
import { templatePiece } from './template.ts'
import type { Piece } from './wire.ts'
import { captionAtMost, oneLine, tidy } from './words.ts'

/** Parts beyond words and files that WhatsApp shows itself; choices stand apart, since they need words above them. */
export const shownParts = [
  'Choices',
  'Product',
  'PaymentLink',
  'ContactCard',
  'Location',
  'ProviderTemplate',
] as const satisfies ReadonlyArray<RichPart['_tag']>

const lines = (...all: ReadonlyArray<string | undefined>): string =>
  tidy(all.filter((line) => line !== undefined && line !== '').join('\n'))

/** The message that a part is; undefined when it has to be written out. */
export const richPiece = (part: RichPart): Piece | undefined => {
  switch (part._tag) {
    case 'Location':
      return { content: { type: 'location', location: placed(part) } }
    case 'ContactCard': {
      const name = oneLine(part.name)
      if (name === '') return undefined
      const card = {
        name: { formatted_name: name, first_name: name },
        ...(part.phones.length === 0 ? {} : { phones: part.phones.map((phone) => ({ phone: oneLine(phone) })) }),
        ...(part.emails.length === 0 ? {} : { emails: part.emails.map((email) => ({ email: oneLine(email) })) }),
        ...(part.company === undefined ? {} : { org: { company: oneLine(part.company) } }),
      }
      return { content: { type: 'contacts', contacts: [card] } }
    }
    case 'ProviderTemplate':
      return templatePiece(part)
    case 'PaymentLink':
      return linkPiece(part.title, lines(`${part.title}: ${moneyText(part.price)}`), part.url, captionAtMost)
    case 'Product': {
      const { title, description, price, url } = part
      if (url === undefined) return undefined
      return linkPiece(title, lines(title, description, price && moneyText(price)), url, captionAtMost)
    }
    default:
      return undefined
  }
}
