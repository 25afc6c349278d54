import { idAt, listAt, numberAt, textAt } from '@guichet/channel-kit'
import type { InboundPart } from '@guichet/engine/ports'
import { cut, labelAtMost, sensible, textAtMost } from './sensible.ts'

const entriesAtMost = 20

const texts = (card: unknown, list: string, name: string): ReadonlyArray<string> =>
  listAt(card, list)
    .flatMap((one) => cut(idAt(one, name), labelAtMost) ?? [])
    .slice(0, entriesAtMost)

/** One card for each contact that was passed on; undefined when one of them says nothing that a card can show. */
export const contactCards = (message: unknown): ReadonlyArray<InboundPart> | undefined => {
  const contacts = listAt(message, 'contacts')
  const cards = contacts.flatMap((card) => {
    const phones = listAt(card, 'phones')
      .flatMap((one) => cut(idAt(one, 'phone') ?? idAt(one, 'wa_id'), labelAtMost) ?? [])
      .slice(0, entriesAtMost)
    const emails = texts(card, 'emails', 'email')
    const given = [textAt(card, 'name', 'first_name'), textAt(card, 'name', 'last_name')].filter(Boolean).join(' ')
    const company = cut(textAt(card, 'org', 'company'), labelAtMost)
    const name = cut(textAt(card, 'name', 'formatted_name') ?? given, labelAtMost) ?? company ?? phones[0] ?? emails[0]
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
