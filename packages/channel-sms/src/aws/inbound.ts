import { field, idAt, readJson, textAt, timeAt } from '@guichet/channel-kit'
import type { InboundEvent, Json, WireRequest } from '@guichet/engine/ports'
import { instantOf } from '../inbound/instant.ts'
import { fromNobody, received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { isOurs } from '../number/number.ts'
import { verdicts } from '../send/verdict.ts'
import { type Notification, notificationOf } from './notification.ts'
import type { AwsSettings } from './settings.ts'
import { awsStatuses } from './statuses.ts'

/** What a topic carries is JSON in a text. */
const messageIn = ({ body }: Notification): Json | undefined => {
  const read = readJson(Buffer.from(textAt(body, 'Message') ?? ''))
  return read.ok ? read.value : undefined
}

const isReport = (message: Json | undefined): boolean => textAt(message, 'eventType') !== undefined

const sidesOf = (message: Json | undefined): ReadonlyArray<string> => {
  const side = textAt(message, isReport(message) ? 'originationPhoneNumber' : 'destinationNumber')
  return side === undefined || side === '' ? [] : [side]
}

/** Whose messages a request is about: a number, and the topic that it comes by. */
export const awsAccountsOf = ({ body }: WireRequest): ReadonlyArray<string> => {
  const notification = notificationOf(body)
  return notification === undefined ? [] : [...sidesOf(messageIn(notification)), notification.topic]
}

const reportOf = (message: Json, settings: AwsSettings): ReadonlyArray<InboundEvent> => {
  const kind = textAt(message, 'eventType') ?? ''
  const reason = textAt(message, 'messageStatusDescription')
  return reported(
    {
      id: idAt(message, 'messageId'),
      reference: textAt(message, 'context', 'reference'),
      status: kind.toLowerCase(),
      to: textAt(message, 'destinationPhoneNumber'),
      at: timeAt(message, 'eventTimestamp'),
      code: kind,
      reason,
    },
    { statuses: awsStatuses, codes: verdicts({ optedOut: settings.optOutCodes ?? [] }) },
    settings,
  )
}

/** What SNS brings. */
export const parseAws = (request: WireRequest, settings: AwsSettings): ReadonlyArray<InboundEvent> => {
  const notification = notificationOf(request.body)
  if (notification === undefined) return [{ _tag: 'Unreadable', reason: 'not of SNS', raw: request.body }]
  const { kind, topic, body } = notification
  if (!settings.topics.includes(topic)) return [{ _tag: 'Ignored', reason: `another account: ${topic}` }]
  if (kind === 'UnsubscribeConfirmation') {
    const message = 'Nothing comes by this topic any more: subscribe to it again.'
    return [{ _tag: 'HealthReported', level: 'restricted', about: topic, code: kind, message }]
  }
  if (kind !== 'Notification') return [{ _tag: 'Ignored', reason: `of SNS: ${kind}` }]
  const message = messageIn(notification)
  const sides = sidesOf(message)
  if (message === undefined || sides.length === 0) return [{ _tag: 'Ignored', reason: 'about no message' }]
  if (!isOurs(sides, settings)) return [{ _tag: 'Ignored', reason: `another account: ${sides.join(', ')}` }]
  if (isReport(message)) return reportOf(message, settings)
  const from = textAt(message, 'originationNumber')
  if (from === undefined || from.trim() === '') return fromNobody(request)
  const text = field(message, 'messageBody')
  return received(
    {
      id: idAt(message, 'inboundMessageId'),
      from,
      text: typeof text === 'string' ? text : '',
      quotes: idAt(message, 'previousPublishedMessageId'),
      sentAt: instantOf(textAt(body, 'Timestamp')),
    },
    settings,
    request,
  )
}
