import { partIssues } from '@guichet/engine/domain'
import type { InboundEvent, InboundPart } from '@guichet/engine/ports'
import { assert } from '../assert.ts'

const isText = (value: unknown): boolean => typeof value === 'string'
const isTime = (value: unknown): boolean => value === undefined || Number.isFinite(value)
const isOptionalText = (value: unknown): boolean => value === undefined || isText(value)

const checkPart = (part: InboundPart): void => {
  switch (part._tag) {
    case 'Text':
      return assert(isText(part.text), 'a text part must have a text')
    case 'Html':
      return assert(isText(part.html), 'an HTML part must have HTML')
    case 'File':
      assert(part.file.bytes instanceof Uint8Array, 'a file must have its bytes')
      return assert(isText(part.file.name) && isText(part.file.mime), 'a file must have a name and a media type')
    default: {
      const issues = partIssues(part)
      assert(issues !== null, `a customer sends no such part: ${JSON.stringify(part)}`)
      return assert(issues.length === 0, `${part._tag}: ${issues.join('; ')}`)
    }
  }
}

/** Throws unless an event is one of those the engine knows, with what it needs to act on it. */
export const checkEvent = (event: InboundEvent): void => {
  switch (event._tag) {
    case 'MessageReceived':
      assert(isText(event.from.address) && event.from.address !== '', 'a message must come from an address')
      assert(isOptionalText(event.externalId) && isOptionalText(event.subject), 'ids and subjects are texts')
      assert(isTime(event.sentAt), 'the time of a message must be a number')
      event.parts.forEach(checkPart)
      return
    case 'DeliveryReported':
      assert(isText(event.externalId) && event.externalId !== '', 'a report must name the message it is about')
      assert(['sent', 'delivered', 'read', 'failed'].includes(event.status), `unknown status: ${event.status}`)
      return assert(isTime(event.at), 'the time of a report must be a number')
    case 'ReadUpTo':
      assert(isText(event.address) && event.address !== '', 'a read mark must name an address')
      return assert(Number.isSafeInteger(event.seq) && isTime(event.at), 'a read mark must name a seq')
    case 'MessageEdited':
      assert(isText(event.externalId) && event.externalId !== '', 'an edit must name its message')
      event.parts.forEach(checkPart)
      return
    case 'MessageDeleted':
      return assert(isText(event.externalId) && event.externalId !== '', 'a deletion must name its message')
    case 'Reacted':
      assert(isText(event.externalId) && event.externalId !== '', 'a reaction must name its message')
      return assert(
        isText(event.from) && (event.emoji === null || isText(event.emoji)),
        'a reaction is of somebody, and a sign or null',
      )
    case 'Ended':
      return assert(isText(event.address) && event.address !== '', 'an end must name an address')
    case 'Ignored':
      return assert(isText(event.reason) && event.reason !== '', 'what is ignored must say why')
    case 'Unreadable':
      assert(isText(event.reason) && event.reason !== '', 'what cannot be read must say why')
      return assert(event.raw instanceof Uint8Array, 'what cannot be read must keep its bytes')
    default:
      throw new Error(`unknown event: ${JSON.stringify(event satisfies never)}`)
  }
}
