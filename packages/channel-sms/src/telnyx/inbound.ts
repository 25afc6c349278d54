import { field, idAt, listAt, numberAt, readJson, textAt } from '@guichet/channel-kit'
import type { InboundEvent, Json, WireRequest } from '@guichet/engine/ports'
import { referenceOf } from '../channel/url.ts'
import { instantOf } from '../inbound/instant.ts'
import { fromNobody, received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { isOurs } from '../number/number.ts'
import { withOptOuts } from '../send/verdict.ts'
import { telnyxErrors } from './errors.ts'
import type { TelnyxSettings } from './settings.ts'
import { telnyxStatuses } from './statuses.ts'

const payloadOf = (body: Json): unknown => field(body, 'data', 'payload')
const kindOf = (body: Json): string => textAt(body, 'data', 'event_type') ?? ''

/** The names of our side: the messaging profile, and numbers. */
const ourSides = (body: Json): ReadonlyArray<string> => {
  const payload = payloadOf(body)
  const numbers =
    kindOf(body) === 'message.received'
      ? [...listAt(payload, 'to'), ...listAt(payload, 'cc')].map((one) => textAt(one, 'phone_number'))
      : [textAt(payload, 'from', 'phone_number')]
  return [idAt(payload, 'messaging_profile_id'), ...numbers].filter(
    (one) => one !== undefined && one !== '',
  ) as Array<string>
}

/** Whose messages a request is about: a messaging profile, numbers. */
export const telnyxAccountsOf = ({ body }: WireRequest): ReadonlyArray<string> => {
  const read = readJson(body)
  return read.ok ? ourSides(read.value) : []
}

const messageOf = (body: Json, settings: TelnyxSettings, request: WireRequest): ReadonlyArray<InboundEvent> => {
  const payload = payloadOf(body)
  const from = textAt(payload, 'from', 'phone_number')
  if (from === undefined || from.trim() === '') return fromNobody(request)
  const subject = textAt(payload, 'subject')
  const profile = idAt(payload, 'messaging_profile_id')
  return received(
    {
      id: idAt(payload, 'id'),
      from,
      text: textAt(payload, 'text') ?? '',
      media: listAt(payload, 'media').flatMap((one) => {
        const url = textAt(one, 'url')
        const size = numberAt(one, 'size')
        return url === undefined
          ? []
          : [
              {
                url,
                mime: textAt(one, 'content_type'),
                size,
                sha256: textAt(one, 'hash_sha256') ?? textAt(one, 'sha256'),
              },
            ]
      }),
      sentAt: instantOf(textAt(payload, 'received_at') ?? textAt(body, 'data', 'occurred_at')),
      meta: {
        ...(profile === undefined ? {} : { messagingProfileId: profile }),
        ...(subject === undefined || subject === '' ? {} : { subject }),
      },
    },
    settings,
    request,
  )
}

const reportOf = (body: Json, request: WireRequest, settings: TelnyxSettings): ReadonlyArray<InboundEvent> => {
  const payload = payloadOf(body)
  const [first] = listAt(payload, 'to')
  const [error] = listAt(payload, 'errors')
  return reported(
    {
      id: idAt(payload, 'id'),
      reference: referenceOf(request),
      status: (textAt(first, 'status') ?? '').toLowerCase(),
      to: textAt(first, 'phone_number'),
      at: instantOf(textAt(payload, 'completed_at') ?? textAt(body, 'data', 'occurred_at')),
      code: idAt(error, 'code'),
      reason: textAt(error, 'detail') ?? textAt(error, 'title'),
    },
    { statuses: telnyxStatuses, codes: withOptOuts(telnyxErrors, settings.optOutCodes) },
    settings,
  )
}

/** What a webhook of Telnyx means. */
export const parseTelnyx = (request: WireRequest, settings: TelnyxSettings): ReadonlyArray<InboundEvent> => {
  const read = readJson(request.body)
  if (!read.ok) return [{ _tag: 'Unreadable', reason: read.reason, raw: request.body }]
  const body = read.value
  const kind = kindOf(body)
  if (kind !== 'message.received' && kind !== 'message.sent' && kind !== 'message.finalized') {
    return [{ _tag: 'Ignored', reason: `event: ${kind}` }]
  }
  const sides = ourSides(body)
  const { sender, country, messagingProfileId } = settings
  const ours = isOurs(sides, { sender, country, also: messagingProfileId })
  if (!ours) return [{ _tag: 'Ignored', reason: `another account: ${sides.join(', ')}` }]
  return kind === 'message.received' ? messageOf(body, settings, request) : reportOf(body, request, settings)
}
