import type { InboundEvent } from '@guichet/engine/ports'
import { phoneOf } from './address.ts'

/** Somebody who says several things at once is one person once. */
const eachOnce = (events: ReadonlyArray<InboundEvent>): ReadonlyArray<InboundEvent> => {
  const told = new Map<string, string>()
  return events.filter((event) => {
    if (event._tag !== 'AddressChanged') return true
    const isNews = told.get(event.from) !== event.to
    told.set(event.from, event.to)
    // What somebody comes back to is an address of hers again.
    told.delete(event.to)
    return isNews
  })
}

/** Once more when the conversation is there: an agent who dials the other form of a number finds it by that. */
const dialledOtherwise = (events: ReadonlyArray<InboundEvent>): ReadonlyArray<InboundEvent> =>
  events.filter((event) => event._tag === 'AddressChanged' && phoneOf(event.from) === event.to)

/** What a request says of who is one person, no more often than it has to. */
export const knownOnce = (events: ReadonlyArray<InboundEvent>): ReadonlyArray<InboundEvent> => {
  const once = eachOnce(events)
  return [...once, ...dialledOtherwise(once)]
}
