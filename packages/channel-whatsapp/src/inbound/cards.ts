import { idAt, listAt, numberAt, textAt } from '@guichet/channel-kit'
import type { InboundPart } from '@guichet/engine/ports'
import { cut, labelAtMost, sensible, textAtMost } from './sensible.ts'
import { vcardValues } from './vcard.ts'

const entriesAtMost = 20

const short = (all: ReadonlyArray<string | undefined>): ReadonlyArray<string> =>
  all.flatMap((one) => cut(one, labelAtMost) ?? []).slice(0, entriesAtMost)

/** What the fields of a card say, or else its vCard: an answer to the question for a number may have no more. */
const texts = (fields: ReadonlyArray<string | undefined>, vcard: string, property: string): ReadonlyArray<string> => {
  const written = short(fields)
  return written.length > 0 ? written : short(vcardValues(vcard, property))
}

/** One card for each contact that was passed on; undefined when one of them says nothing that a card can show. */
export const contactCards = (message: unknown): ReadonlyArray<InboundPart> | undefined => {
  const contacts = listAt(message, 'contacts')
  const cards = contacts.flatMap((card) => {
    const vcard = textAt(card, 'vcard') ?? ''
    const numbers = listAt(card, 'phones').map((one) => idAt(one, 'phone') ?? idAt(one, 'wa_id'))
    const phones = texts(numbers, vcard, 'TEL')
    const addresses = listAt(card, 'emails').map((one) => idAt(one, 'email'))
    const emails = texts(addresses, vcard, 'EMAIL')
    const given = [textAt(card, 'name', 'first_name'), textAt(card, 'name', 'last_name')].filter(Boolean).join(' ')
    const company = cut(textAt(card, 'org', 'company'), labelAtMost)
    const [name] = short([
      textAt(card, 'name', 'formatted_name'),
      given,
      ...vcardValues(vcard, 'FN'),
      company,
      ...phones,
      ...emails,
    ])
    if (name === undefined) return []
    return sensible({ _tag: 'ContactCard', name, emails, phones, ...(company === undefined ? {} : { company }) })
  })
  return cards.length === 0 || cards.length < contacts.length ? undefined : cards
}

/** A place, with the name and the address that it was shared with. */
export const locationPart = (message: unknown): ReadonlyArray<InboundPart> | undefined => {
  const latitude = numberAt(message, 'location', 'latitude')
  const longitude = numberAt(message, 'location', 'longitude')
  if (latitude === undefined || longitude === undefined) return undefined
  const label = cut(textAt(message, 'location', 'name'), labelAtMost)
  const address = cut(textAt(message, 'location', 'address'), textAtMost)
  const found = sensible({
    _tag: 'Location',
    latitude,
    longitude,
    ...(label === undefined ? {} : { label }),
    ...(address === undefined ? {} : { address }),
  })
  return found.length === 0 ? undefined : found
}
