import { field } from '@guichet/channel-kit'
import type { InboundEvent, WireRequest } from '@guichet/engine/ports'
import { type Element, readEnvelope, unreadable } from './envelope.ts'
import { readEvent } from './event.ts'
import type { Place } from './place.ts'
import { inStandby } from './standby.ts'

const ignored = (reason: string): InboundEvent => ({ _tag: 'Ignored', reason: reason.slice(0, 200) })

const understand = (element: Element, place: Place): ReadonlyArray<InboundEvent> => {
  const { account, list, value } = element
  if (account !== place.own) return [ignored(`another account: ${account}`)]
  // Conversations come as `messaging`; what the dashboard sends for a try, and comments below posts, come as changes.
  if (list === 'changes') return [ignored(`a change of ${String(field(value, 'field'))}, or a test from the dashboard`)]
  const events = readEvent(value, place)
  if (events === undefined) return [unreadable('an event that lacks what its kind needs', element.alone())]
  return list === 'standby' ? inStandby(events) : events
}

/** What a notification of Meta says, in its order. It is total: whatever the bytes are, the answer is a list. */
export const parseNotification = (request: WireRequest, place: Place): ReadonlyArray<InboundEvent> => {
  const envelope = readEnvelope(request)
  if ('_tag' in envelope) return [envelope]
  if (envelope.object !== place.object) return [ignored(`another product: ${envelope.object}`)]
  if (envelope.elements.length === 0) return [ignored('a notification without events')]
  return envelope.elements.flatMap((element) => ('_tag' in element ? [element] : understand(element, place)))
}
