import { healthLevels } from '../../domain/account-health.ts'
import { partIssues } from '../../domain/message/part-issues.ts'
import { rejectedBecause } from '../../domain/message/rejected.ts'
import type { Evidence, InboundEvent, InboundPart, Sender } from '../../ports/channel.ts'

/**
 * A plugin is not held to our types by its compiler: what it hands over is looked at before anything is decided by it,
 * because a store would refuse it later, together with everything that stands beside it in the same commit.
 */

type Fields = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const isText = (value: unknown): value is string => typeof value === 'string'

const texts = (of: object, ...names: ReadonlyArray<string>): boolean =>
  names.every((name) => {
    const value = (of as Fields)[name]
    return value === undefined || isText(value)
  })

const numbers = (of: object, ...names: ReadonlyArray<string>): boolean =>
  names.every((name) => {
    const value = (of as Fields)[name]
    return value === undefined || Number.isFinite(value)
  })

const isPart = (part: InboundPart): boolean => {
  if (!isRecord(part)) return false
  switch (part._tag) {
    case 'Text':
      return isText(part.text)
    case 'Html':
      return isText(part.html)
    case 'File': {
      const { file } = part
      return (
        isRecord(file) &&
        isText(file.name) &&
        isText(file.mime) &&
        file.bytes instanceof Uint8Array &&
        texts(file, 'contentId')
      )
    }
    case 'RemoteFile': {
      const { file } = part
      return (
        isRecord(file) &&
        isText(file.name) &&
        isText(file.mime) &&
        numbers(file, 'size') &&
        texts(file, 'sha256') &&
        file.remote !== undefined
      )
    }
    default: {
      const issues = part._tag === 'Form' ? null : partIssues(part)
      return issues?.length === 0
    }
  }
}

const areParts = (parts: ReadonlyArray<InboundPart>): boolean => Array.isArray(parts) && parts.every(isPart)

/** A store finds people by their addresses: no index holds one of any length. */
const longestAddress = 512

const isAddress = (value: unknown): boolean => isText(value) && value.trim() !== '' && value.length <= longestAddress

const isSender = (from: Sender): boolean =>
  isRecord(from) &&
  isText(from.address) &&
  from.address.length <= longestAddress &&
  texts(from, 'name', 'email', 'phone', 'language', 'ip') &&
  (from.attributes === undefined || (isRecord(from.attributes) && Object.values(from.attributes).every(isText)))

const isEvidence = (one: Evidence): boolean =>
  isRecord(one) && isText(one.by === 'externalId' ? one.externalId : one.conversation)

const isReport = (event: { readonly error?: unknown; readonly status: string }): boolean =>
  ['sent', 'delivered', 'read', 'failed'].includes(event.status) &&
  numbers(event, 'at') &&
  (event.error === undefined ||
    (isRecord(event.error) && isText(event.error['code']) && isText(event.error['message'])))

/** Whether an event is what its type says it is, as far as anything here depends on it. */
export const makesSense = (event: InboundEvent): boolean => {
  if (!isRecord(event as unknown)) return false
  switch (event._tag) {
    case 'MessageReceived':
      return (
        isSender(event.from) &&
        areParts(event.parts) &&
        texts(event, 'externalId', 'subject', 'automatic', 'quotes') &&
        numbers(event, 'sentAt') &&
        (event.evidence === undefined || (Array.isArray(event.evidence) && event.evidence.every(isEvidence)))
      )
    case 'DeliveryReported':
      return (
        isText(event.externalId) &&
        texts(event, 'reference') &&
        isReport(event) &&
        (event.because === undefined || rejectedBecause.includes(event.because))
      )
    case 'ReadUpTo':
      return isText(event.address) && Number.isFinite(event.seq) && isReport(event)
    case 'ReadBefore':
      return (
        isAddress(event.address) &&
        Number.isFinite(event.upTo) &&
        (event.status === 'delivered' || event.status === 'read')
      )
    case 'MessageEchoed':
      return (
        isText(event.externalId) &&
        isAddress(event.to) &&
        areParts(event.parts) &&
        texts(event, 'reference', 'quotes') &&
        numbers(event, 'sentAt')
      )
    case 'ConsentChanged':
      return (
        isAddress(event.address) &&
        typeof event.given === 'boolean' &&
        (event.scope === 'all' || event.scope === 'marketing') &&
        isText(event.by) &&
        numbers(event, 'at') &&
        texts(event, 'externalId')
      )
    case 'AddressChanged':
      return isAddress(event.from) && isAddress(event.to) && texts(event, 'name', 'phone') && numbers(event, 'at')
    case 'ControlChanged':
      return isAddress(event.address) && typeof event.ours === 'boolean' && texts(event, 'by')
    case 'HealthReported':
      return (
        healthLevels.includes(event.level) &&
        isText(event.code) &&
        isText(event.message) &&
        texts(event, 'about') &&
        numbers(event, 'at')
      )
    case 'MessageEdited':
      return isText(event.externalId) && areParts(event.parts) && numbers(event, 'revision')
    case 'MessageDeleted':
      return isText(event.externalId)
    case 'Reacted':
      return (
        isText(event.externalId) &&
        isText(event.from) &&
        (event.emoji === null || isText(event.emoji)) &&
        numbers(event, 'at')
      )
    case 'Ended':
      return isText(event.address)
    case 'Ignored':
      return isText(event.reason)
    case 'Unreadable':
      return isText(event.reason) && event.raw instanceof Uint8Array
    default:
      return false
  }
}
