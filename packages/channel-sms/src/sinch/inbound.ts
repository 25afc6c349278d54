import { field, idAt, listAt, numberAt, readJson, textAt } from '@guichet/channel-kit'
import type { InboundEvent, InboundPart, Json, WireRequest } from '@guichet/engine/ports'
import { carriedAddress, isTelephone } from '../channel/carried.ts'
import { instantOf } from '../inbound/instant.ts'
import type { RemoteMedia } from '../inbound/media.ts'
import { consentChanged, fromNobody, type Received, received } from '../inbound/received.ts'
import { soundPart } from '../inbound/sound.ts'
import { reported } from '../inbound/reported.ts'
import { numberOf, sameNumber } from '../number/number.ts'
import { withOptOuts } from '../send/verdict.ts'
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
  return [soundPart({ _tag: 'Location', latitude, longitude }, { label })]
}

/** A button: only what we have put behind it comes back, which is then what it says. */
const chosen = (content: unknown): ReadonlyArray<InboundPart> => {
  const choice = textAt(content, 'choice_response_message', 'postback_data')
  return choice === undefined ? [] : [soundPart({ _tag: 'Chosen', choice, label: choice })]
}

const mediaOf = (content: unknown): ReadonlyArray<RemoteMedia> =>
  [field(content, 'media_message'), field(content, 'media_card_message')].flatMap((one) => {
    const url = textAt(one, 'url')
    return url === undefined || url === '' ? [] : [{ url, name: textAt(one, 'filename_override') }]
  })

/** What a customer put together in a catalogue: what it wrote beside it is its text. */
const products = (content: unknown): ReadonlyArray<InboundPart> =>
  listAt(content, 'product_response_message', 'products').length === 0
    ? []
    : [{ _tag: 'Unsupported', kind: 'product_response_message' }]

const contentOf = (content: unknown): Pick<Received, 'text' | 'media' | 'parts'> => {
  const text =
    textAt(content, 'text_message', 'text') ??
    textAt(content, 'media_card_message', 'caption') ??
    textAt(content, 'product_response_message', 'text') ??
    textAt(content, 'fallback_message', 'raw_message') ??
    ''
  const media = mediaOf(content)
  const parts = [...location(content), ...chosen(content), ...products(content)]
  if (text !== '' || media.length > 0 || parts.length > 0) return { text, media, parts }
  const kind = Object.keys(typeof content === 'object' && content !== null ? content : {}).find((name) =>
    /^\w+_message$/.test(name),
  )
  return { text, parts: kind === undefined ? [] : [{ _tag: 'Unsupported', kind: kind.slice(0, 100) }] }
}

/** Who is meant: by its number, or by what it goes by in another channel of the application. */
const addressAt = (identity: unknown): string | undefined => {
  const given = idAt(identity, 'identity')
  return given === undefined || given.trim() === '' ? undefined : carriedAddress(textAt(identity, 'channel'), given)
}

const messageOf = (body: Json, settings: SinchSettings, request: WireRequest): ReadonlyArray<InboundEvent> => {
  const message = field(body, 'message')
  const from = addressAt(field(message, 'channel_identity'))
  if (from === undefined) return fromNobody(request)
  const content = field(message, 'contact_message')
  return received(
    {
      id: idAt(message, 'id'),
      from,
      ...contentOf(content),
      quotes: idAt(content, 'reply_to', 'message_id') ?? idAt(content, 'choice_response_message', 'message_id'),
      sentAt: instantOf(textAt(body, 'event_time') ?? textAt(message, 'accept_time')),
    },
    reading(settings),
    request,
  )
}

const reportOf = (body: Json, settings: SinchSettings): ReadonlyArray<InboundEvent> => {
  const report = field(body, 'message_delivery_report')
  return reported(
    {
      id: idAt(report, 'message_id'),
      reference: textAt(report, 'metadata') ?? textAt(body, 'message_metadata'),
      status: (textAt(report, 'status') ?? '').toLowerCase(),
      to: addressAt(field(report, 'channel_identity')),
      at: instantOf(textAt(body, 'event_time')),
      code: textAt(report, 'reason', 'code'),
      reason: textAt(report, 'reason', 'description'),
    },
    { statuses: sinchStatuses, codes: withOptOuts(sinchReasons, settings.optOutCodes) },
    reading(settings),
  )
}

/** What a customer has told Sinch itself. */
const consentOf = (body: Json, given: boolean, settings: SinchSettings): ReadonlyArray<InboundEvent> => {
  const notice = field(body, given ? 'opt_in_notification' : 'opt_out_notification')
  const identity = addressAt(notice)
  const done = given ? 'OPT_IN_SUCCEEDED' : 'OPT_OUT_SUCCEEDED'
  const status = textAt(notice, 'status') ?? done
  if (identity === undefined || status !== done) {
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
  // In another channel than that of our number we go by what that channel calls us.
  const to = isTelephone(textAt(body, 'message', 'channel_identity', 'channel'))
    ? idAt(body, 'message', 'sender_id')
    : undefined
  const other =
    idAt(body, 'app_id') !== settings.appId || (to !== undefined && !sameNumber(to, settings.sender, reading(settings)))
  if (other) return [{ _tag: 'Ignored', reason: `another account: ${sidesOf(body).join(', ')}` }]
  const has = (...path: ReadonlyArray<string>): boolean => (field(body, ...path) ?? null) !== null
  if (has('message', 'contact_message')) return messageOf(body, settings, request)
  if (has('message_delivery_report')) return reportOf(body, settings)
  if (has('opt_out_notification')) return consentOf(body, false, settings)
  if (has('opt_in_notification')) return consentOf(body, true, settings)
  return [{ _tag: 'Ignored', reason: 'about no message' }]
}
