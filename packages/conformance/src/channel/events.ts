import { partIssues } from '@guichet/engine/domain'
import type { InboundEvent, InboundPart } from '@guichet/engine/ports'
import { assert } from '../assert.ts'

const isText = (value: unknown): boolean => typeof value === 'string'
const isTime = (value: unknown): boolean => value === undefined || Number.isFinite(value)
const isOptionalText = (value: unknown): boolean => value === undefined || isText(value)

const isNamed = (value: unknown): boolean => isText(value) && value !== ''

const checkPart = (part: InboundPart): void => {
  switch (part._tag) {
    case 'Text':
      return assert(isText(part.text), 'a text part must have a text')
    case 'Html':
      return assert(isText(part.html), 'an HTML part must have HTML')
    case 'File':
      assert(part.file.bytes instanceof Uint8Array, 'a file must have its bytes')
      return assert(isText(part.file.name) && isText(part.file.mime), 'a file must have a name and a media type')
    case 'RemoteFile':
      assert(isText(part.file.name) && isText(part.file.mime), 'a remote file must have a name and a media type')
      return assert(part.file.remote !== undefined, 'a remote file must say what its channel needs to fetch it')
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
      assert(event.reference === undefined || isNamed(event.reference), 'a reference must be an idempotency key')
      return assert(isTime(event.at), 'the time of a report must be a number')
    case 'ReadUpTo':
      assert(isText(event.address) && event.address !== '', 'a read mark must name an address')
      return assert(Number.isSafeInteger(event.seq) && isTime(event.at), 'a read mark must name a seq')
    case 'ReadBefore':
      assert(isNamed(event.address), 'a read mark must name an address')
      assert(['delivered', 'read'].includes(event.status), `unknown status: ${event.status}`)
      return assert(Number.isFinite(event.upTo), 'a read mark must name a time')
    case 'MessageEchoed':
      assert(isNamed(event.externalId) && isNamed(event.to), 'an echo must have an id, and whom it was written to')
      assert(event.reference === undefined || isNamed(event.reference), 'a reference must be an idempotency key')
      assert(isTime(event.sentAt), 'the time of a message must be a number')
      event.parts.forEach(checkPart)
      return
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
    case 'ConsentChanged':
      assert(isNamed(event.address) && isText(event.by), 'consent is of an address, by a word or a code')
      assert(['all', 'marketing'].includes(event.scope), `unknown scope: ${event.scope}`)
      return assert(typeof event.given === 'boolean' && isTime(event.at), 'consent is given or taken back')
    case 'AddressChanged':
      assert(isNamed(event.from) && isNamed(event.to), 'a change of address must name the old one and the new one')
      return assert(isOptionalText(event.name) && isOptionalText(event.phone) && isTime(event.at), 'names are texts')
    case 'ControlChanged':
      assert(isNamed(event.address) && isOptionalText(event.by), 'control is of the conversation with an address')
      return assert(typeof event.ours === 'boolean', 'control is ours or not')
    case 'HealthReported':
      assert(['ok', 'warning', 'restricted', 'down'].includes(event.level), `unknown level: ${event.level}`)
      assert(isText(event.code) && isText(event.message) && isOptionalText(event.about), 'health has a code and words')
      return assert(isTime(event.at), 'the time of a report must be a number')
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
