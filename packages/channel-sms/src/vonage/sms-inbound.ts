import { timeAt } from '@guichet/channel-kit'
import type { InboundEvent, WireRequest } from '@guichet/engine/ports'
import { said } from '../inbound/fields.ts'
import { shortInstantOf, utcInstantOf } from '../inbound/instant.ts'
import { fromNobody, received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import type { NumberReading } from '../number/number.ts'
import { verdicts } from '../send/verdict.ts'
import type { VonageSettings } from './settings.ts'
import { vonageStatuses } from './statuses.ts'

/** When Vonage began to bring this: to the second, as a date or as a number of seconds. */
const pushedAt = (form: URLSearchParams): number | undefined =>
  utcInstantOf(said(form, 'message-timestamp')) ?? timeAt(said(form, 'timestamp'))

/** Parts of a long message come one by one, and are kept as they come: nobody knows whether the others will. */
const partMeta = (form: URLSearchParams): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['concat-ref', 'concat-total', 'concat-part', 'keyword', 'udh', 'data'].flatMap((name) => {
      const value = said(form, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )

const idOf = (form: URLSearchParams): string | undefined => said(form, 'messageId') ?? said(form, 'message-id')

const receipt = (
  form: URLSearchParams,
  settings: VonageSettings,
  reading: NumberReading,
): ReadonlyArray<InboundEvent> => {
  const code = said(form, 'err-code')
  return reported(
    {
      id: idOf(form),
      reference: said(form, 'client-ref'),
      status: (said(form, 'status') ?? '').toLowerCase(),
      to: said(form, 'msisdn'),
      at: shortInstantOf(said(form, 'scts')) ?? pushedAt(form),
      ...(code === undefined || code === '0' ? {} : { code }),
    },
    { statuses: vonageStatuses, codes: verdicts({ optedOut: settings.optOutCodes ?? [] }) },
    reading,
  )
}

/** What the SMS API brings: a message, or a receipt. */
export const ofFields = (
  form: URLSearchParams,
  settings: VonageSettings,
  reading: NumberReading,
  request: WireRequest,
): ReadonlyArray<InboundEvent> => {
  if (said(form, 'status') !== undefined) return receipt(form, settings, reading)
  const from = said(form, 'msisdn')
  if (from === undefined || from.trim() === '') return fromNobody(request)
  return received(
    {
      id: idOf(form),
      from,
      text: form.get('text') ?? '',
      parts: said(form, 'type') === 'binary' ? [{ _tag: 'Unsupported', kind: 'binary' }] : [],
      sentAt: pushedAt(form),
      meta: partMeta(form),
    },
    reading,
    request,
  )
}
