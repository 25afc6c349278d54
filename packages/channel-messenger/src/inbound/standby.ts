import type { InboundEvent } from '@guichet/engine/ports'

/**
 * What we only listen to: another application has the conversation. What the customer says is kept, and that nothing
 * may be sent stands behind it, when there is a conversation that it can be said of.
 */
export const inStandby = (events: ReadonlyArray<InboundEvent>): ReadonlyArray<InboundEvent> =>
  events.flatMap(
    (event): ReadonlyArray<InboundEvent> =>
      event._tag === 'MessageReceived'
        ? [event, { _tag: 'ControlChanged', address: event.from.address, ours: false }]
        : [event],
  )
