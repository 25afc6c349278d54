import { field, idAt, numberAt, readJson, textAt } from '@guichet/channel-kit'
import { partIssues } from '@guichet/engine/domain'
import type { InboundEvent, InboundPart, Json, WireRequest } from '@guichet/engine/ports'
import { instantOf } from '../inbound/instant.ts'
import { consentChanged, received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { numberOf, sameNumber } from '../number/number.ts'
import { sinchReasons } from './errors.ts'
import type { SinchSettings } from './settings.ts'
import { sinchStatuses } from './statuses.ts'

const reading = ({ country }: SinchSettings) => ({ country, international: true })

/** The application, and the number that a message went to. */
const sidesOf = (body: Json): ReadonlyArray<string> =>
  [idAt(body, 'app_id'), idAt(body, 'message', 'sender_id')].filter((one) => one !== undefined)

/** Whose messages a request is about: an application, a number. */
export const sinchAccountsOf = ({ body }: WireRequest): ReadonlyArray<string> => {
  const read = readJson(body)
  return read.ok ? sidesOf(read.value) : []
}

const location = (content: unknown): ReadonlyArray<InboundPart> => {
  const place = field(content, 'location_message')
  const latitude = numberAt(place, 'coordinates', 'latitude')
  const longitude = numberAt(place, 'coordinates', 'longitude')
  if (latitude === undefined || longitude === undefined) return []
  const label = textAt(place, 'label') ?? textAt(place, 'title')
  const part = { _tag: 'Location', latitude, longitude, ...(label === undefined ? {} : { label }) } as const
  return [(partIssues(part) ?? []).length === 0 ? part : { _tag: 'Unsupported', kind: 'location_message' }]
}

const contentOf = (
  content: unknown,
): { readonly text: string; readonly url?: string; readonly parts: ReadonlyArray<InboundPart> } => {
  const text = textAt(content, 'text_message', 'text') ?? textAt(content, 'media_card_message', 'caption') ?? ''
  const url = textAt(content, 'media_message', 'url') ?? textAt(content, 'media_card_message', 'url')
  const parts = location(content)
  if (text !== '' || url !== undefined || parts.length > 0)
    return { text, parts, ...(url === undefined ? {} : { url }) }
  const kind = Object.keys(typeof content === 'object' && content !== null ? content : {}).find((name) =>
    /^\w+_message$/.test(name),
  )
  return { text, parts: kind === undefined ? [] : [{ _tag: 'Unsupported', kind: kind.slice(0, 100) }] }
}

const messageOf = (body: Json, settings: SinchSettings): ReadonlyArray<InboundEvent> => {
  const message = field(body, 'message')
  const from = idAt(message, 'channel_identity', 'identity')
  if (from === undefined || from.trim() === '') return [{ _tag: 'Ignored', reason: 'a message from nobody' }]
  const { text, url, parts } = contentOf(field(message, 'contact_message'))
  return received(
    {
      id: idAt(message, 'id'),
      from,
      text,
      parts,
      media: url === undefined ? [] : [{ url }],
      sentAt: instantOf(textAt(body, 'event_time') ?? textAt(message, 'accept_time')),
    },
    reading(settings),
  )
}

const reportOf = (body: Json, settings: SinchSettings): ReadonlyArray<InboundEvent> => {
  const report = field(body, 'message_delivery_report')
  return reported(
    {
      id: idAt(report, 'message_id'),
      reference: textAt(report, 'metadata') ?? textAt(body, 'message_metadata'),
      status: (textAt(report, 'status') ?? '').toLowerCase(),
      to: idAt(report, 'channel_identity', 'identity'),
      at: instantOf(textAt(body, 'event_time')),
      code: textAt(report, 'reason', 'code'),
      reason: textAt(report, 'reason', 'description'),
    },
    sinchStatuses,
    sinchReasons,
    reading(settings),
  )
}

/** What a customer has told Sinch itself. */
const consentOf = (body: Json, given: boolean, settings: SinchSettings): ReadonlyArray<InboundEvent> => {
  const notice = field(body, given ? 'opt_in_notification' : 'opt_out_notification')
  const identity = idAt(notice, 'identity')
  const done = given ? 'OPT_IN_SUCCEEDED' : 'OPT_OUT_SUCCEEDED'
  const status = textAt(notice, 'status') ?? done
  if (identity === undefined || identity.trim() === '' || status !== done) {
    return [{ _tag: 'Ignored', reason: `consent: ${status}` }]
  }
  const { address } = numberOf(identity, reading(settings))
  return [consentChanged(address, given, status, instantOf(textAt(body, 'event_time')))]
}

/** What a webhook of Sinch means. */
export const parseSinch = (request: WireRequest, settings: SinchSettings): ReadonlyArray<InboundEvent> => {
  const read = readJson(request.body)
  if (!read.ok) return [{ _tag: 'Unreadable', reason: read.reason, raw: request.body }]
  const body = read.value
  const to = idAt(body, 'message', 'sender_id')
  const other =
    idAt(body, 'app_id') !== settings.appId || (to !== undefined && !sameNumber(to, settings.sender, reading(settings)))
  if (other) return [{ _tag: 'Ignored', reason: `another account: ${sidesOf(body).join(', ')}` }]
  if (field(body, 'message', 'contact_message') !== undefined) return messageOf(body, settings)
  if (field(body, 'message_delivery_report') !== undefined) return reportOf(body, settings)
  if (field(body, 'opt_out_notification') !== undefined) return consentOf(body, false, settings)
  if (field(body, 'opt_in_notification') !== undefined) return consentOf(body, true, settings)
  return [{ _tag: 'Ignored', reason: 'about no message' }]
}
