import { listAt, numberAt, readJson, textAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'

const statuses = ['sent', 'delivered', 'read', 'failed'] as const

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const understand = (event: unknown): InboundEvent => {
  const id = textAt(event, 'id')
  const from = textAt(event, 'from')
  const text = textAt(event, 'text')
  const status = statuses.find((one) => one === textAt(event, 'status'))
  if (id !== undefined && id !== '' && status !== undefined) return { _tag: 'DeliveryReported', externalId: id, status }
  if (from === undefined || from === '' || text === undefined) {
    return { _tag: 'Unreadable', reason: 'neither a message nor a report', raw: bytesOf(event) }
  }
  const sentAt = numberAt(event, 'at')
  return {
    _tag: 'MessageReceived',
    from: { address: from },
    parts: [{ _tag: 'Text', text }],
    ...(id === undefined ? {} : { externalId: id }),
    ...(sentAt === undefined ? {} : { sentAt }),
  }
}

/** `{ "events": [{ "id", "from", "text", "at" } | { "id", "status" }] }`: whatever else arrives is set aside whole. */
export const eventsOf = (body: Uint8Array): ReadonlyArray<InboundEvent> => {
  const read = readJson(body)
  const events = read.ok ? listAt(read.value, 'events') : []
  if (events.length > 0) return events.map(understand)
  return [{ _tag: 'Unreadable', reason: read.ok ? 'no events' : read.reason, raw: body.slice() }]
}
