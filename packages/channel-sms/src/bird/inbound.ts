import type { InboundEvent, WireRequest } from '@guichet/engine/ports'
import { queryOf } from '../channel/url.ts'
import { fieldsOf, said } from '../inbound/fields.ts'
import { utcInstantOf } from '../inbound/instant.ts'
import { fromNobody, received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { isOurs } from '../number/number.ts'
import { withOptOuts } from '../send/verdict.ts'
import { birdReasons } from './errors.ts'
import type { BirdSettings } from './settings.ts'
import { birdStatuses } from './statuses.ts'

/** What a request says: its body, else its address. Reports come by GET. */
const read = (request: WireRequest): URLSearchParams | undefined => {
  const form = fieldsOf(request)
  return form !== undefined && [...form.keys()].length === 0 ? queryOf(request) : form
}

/** Reports name the customer alone: it is by its address that one finds the account. */
const sidesOf = (form: URLSearchParams): ReadonlyArray<string> => {
  const side = said(form, said(form, 'status') === undefined ? 'recipient' : 'originator')
  return side === undefined ? [] : [side]
}

/** Whose messages a request is about: a number. Reports do not say. */
export const birdAccountsOf = (request: WireRequest): ReadonlyArray<string> => {
  const form = read(request)
  return form === undefined ? [] : sidesOf(form)
}

const reading = ({ country }: BirdSettings) => ({ country, international: true })

const reportOf = (form: URLSearchParams, settings: BirdSettings): ReadonlyArray<InboundEvent> => {
  const reason = said(form, 'statusReason')
  return reported(
    {
      id: said(form, 'id'),
      reference: said(form, 'reference'),
      status: (said(form, 'status') ?? '').toLowerCase(),
      to: said(form, 'recipient'),
      at: utcInstantOf(said(form, 'statusDatetime')),
      code: said(form, 'statusErrorCode') ?? reason,
      reason,
    },
    { statuses: birdStatuses, codes: withOptOuts(birdReasons, settings.optOutCodes) },
    reading(settings),
  )
}

/** What a webhook of Bird means. */
export const parseBird = (request: WireRequest, settings: BirdSettings): ReadonlyArray<InboundEvent> => {
  const form = read(request)
  if (form === undefined) return [{ _tag: 'Unreadable', reason: 'not JSON', raw: request.body }]
  const sides = sidesOf(form)
  if (sides.length > 0 && !isOurs(sides, settings, true)) {
    return [{ _tag: 'Ignored', reason: `another account: ${sides.join(', ')}` }]
  }
  if (said(form, 'status') !== undefined) return reportOf(form, settings)
  if (sides.length === 0) return [{ _tag: 'Ignored', reason: 'about no message' }]
  const from = said(form, 'originator')
  if (from === undefined || from.trim() === '') return fromNobody(request)
  return received(
    {
      id: said(form, 'id') ?? said(form, 'message_id'),
      from,
      text: form.get('body') ?? form.get('payload') ?? '',
      sentAt: utcInstantOf(said(form, 'createdDatetime')),
    },
    reading(settings),
    request,
  )
}
