import type { InboundEvent, WireRequest } from '@guichet/engine/ports'
import { referenceOf } from '../channel/url.ts'
import { fieldsOf, numbered, said } from '../inbound/fields.ts'
import { utcInstantOf } from '../inbound/instant.ts'
import { fromNobody, received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { isOurs } from '../number/number.ts'
import { withOptOuts } from '../send/verdict.ts'
import { plivoErrors } from './errors.ts'
import type { PlivoSettings } from './settings.ts'
import { plivoStatuses } from './statuses.ts'

const isReport = (form: URLSearchParams): boolean => said(form, 'Status') !== undefined

const sidesOf = (form: URLSearchParams): ReadonlyArray<string> => {
  const side = said(form, isReport(form) ? 'From' : 'To')
  return side === undefined ? [] : [side]
}

/** Whose messages a request is about: a number. */
export const plivoAccountsOf = (request: WireRequest): ReadonlyArray<string> => {
  const form = fieldsOf(request)
  return form === undefined ? [] : sidesOf(form)
}

/** Media0, Media1 and so on; the kind of a file is only known when it is there. */
const mediaOf = (form: URLSearchParams): ReadonlyArray<{ readonly url: string }> =>
  numbered(form, 'Media').map(([, url]) => ({ url }))

/** What a webhook of Plivo means. */
export const parsePlivo = (request: WireRequest, settings: PlivoSettings): ReadonlyArray<InboundEvent> => {
  const form = fieldsOf(request)
  if (form === undefined) return [{ _tag: 'Unreadable', reason: 'not JSON', raw: request.body }]
  const sides = sidesOf(form)
  if (sides.length === 0) return [{ _tag: 'Ignored', reason: 'about no message' }]
  if (!isOurs(sides, settings, true)) return [{ _tag: 'Ignored', reason: `another account: ${sides.join(', ')}` }]
  const reading = { country: settings.country, international: true }
  if (isReport(form)) {
    const code = said(form, 'ErrorCode')
    return reported(
      {
        // Each part of a long message has an id of its own; the first is the one that the send was answered with.
        id: said(form, 'ParentMessageUUID') ?? said(form, 'MessageUUID'),
        reference: referenceOf(request),
        status: (said(form, 'Status') ?? '').toLowerCase(),
        to: said(form, 'To'),
        at: utcInstantOf(said(form, 'DeliveryReportTime') ?? said(form, 'SentTime')),
        ...(code === undefined || code === '000' || code === '0' ? {} : { code }),
      },
      { statuses: plivoStatuses, codes: withOptOuts(plivoErrors, settings.optOutCodes) },
      reading,
    )
  }
  const from = said(form, 'From')
  if (from === undefined || from.trim() === '') return fromNobody(request)
  const text = form.get('Text') ?? form.get('Body') ?? ''
  return received({ id: said(form, 'MessageUUID'), from, text, media: mediaOf(form) }, reading, request)
}
