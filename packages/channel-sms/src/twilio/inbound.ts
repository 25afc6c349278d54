import type { InboundEvent, WireRequest } from '@guichet/engine/ports'
import { referenceOf } from '../channel/url.ts'
import type { ConsentWord } from '../consent/keywords.ts'
import { fieldsOf, numbered, said } from '../inbound/fields.ts'
import { shortInstantOf } from '../inbound/instant.ts'
import type { RemoteMedia } from '../inbound/media.ts'
import { fromNobody, received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { isOurs } from '../number/number.ts'
import { withOptOuts } from '../send/verdict.ts'
import { twilioErrors } from './errors.ts'
import type { TwilioSettings } from './settings.ts'
import { twilioStatuses } from './statuses.ts'
import { richParts } from './whatsapp.ts'

const idOf = (form: URLSearchParams): string | undefined =>
  said(form, 'MessageSid') ?? said(form, 'SmsSid') ?? said(form, 'SmsMessageSid')

/** A message comes in with `received` (or without a status, from old applications); everything else is a report. */
const isReport = (form: URLSearchParams): boolean => {
  const status = (said(form, 'MessageStatus') ?? said(form, 'SmsStatus') ?? 'received').toLowerCase()
  return status !== 'received' && status !== 'receiving'
}

/** The names of our side in a request. */
const ourSides = (form: URLSearchParams): ReadonlyArray<string> =>
  [said(form, 'MessagingServiceSid'), said(form, isReport(form) ? 'From' : 'To')].filter((one) => one !== undefined)

/** Whose messages a request is about: a messaging service, a number. */
export const twilioAccountsOf = (request: WireRequest): ReadonlyArray<string> => {
  const form = fieldsOf(request)
  return form === undefined ? [] : ourSides(form)
}

const isAccount = (
  form: URLSearchParams,
  { accountSid, messagingServiceSid, sender, country }: TwilioSettings,
): boolean =>
  (said(form, 'AccountSid') ?? accountSid) === accountSid &&
  isOurs(ourSides(form), { sender, country, also: messagingServiceSid })

/** `NumMedia` only says how many there are. */
const mediaOf = (form: URLSearchParams): ReadonlyArray<RemoteMedia> =>
  numbered(form, 'MediaUrl').map(([index, url]) => ({ url, mime: said(form, `MediaContentType${index}`) }))

/** What of a message nobody here acts on, and somebody may want to read. */
const kept = [
  'MessagingServiceSid',
  'NumSegments',
  'To',
  'WaId',
  'ExternalUserId',
  'Forwarded',
  'FrequentlyForwarded',
  'OriginalRepliedMessageSender',
  'ReferralCtwaClid',
  'InteractiveData',
  'FlowData',
  'ChannelMetadata',
] as const

const optOuts: ReadonlyMap<string, ConsentWord> = new Map([
  ['STOP', 'stop'],
  ['START', 'start'],
  ['HELP', 'help'],
])

const messageOf = (
  form: URLSearchParams,
  settings: TwilioSettings,
  request: WireRequest,
): ReadonlyArray<InboundEvent> => {
  const from = said(form, 'From')
  if (from === undefined || from.trim() === '') return fromNobody(request)
  const parts = richParts(form)
  const text = form.get('Body') ?? ''
  // The text of a button is the text of the message as well.
  const again = parts.some((part) => part._tag === 'Chosen' && part.label === text)
  return received(
    {
      id: idOf(form),
      from,
      text: again ? '' : text,
      media: mediaOf(form),
      parts,
      name: said(form, 'ProfileName'),
      quotes: said(form, 'OriginalRepliedMessageSid'),
      consent: optOuts.get((said(form, 'OptOutType') ?? '').toUpperCase()),
      meta: Object.fromEntries(
        kept.flatMap((name) => {
          const value = said(form, name)
          return value === undefined ? [] : [[name, value]]
        }),
      ),
    },
    settings,
    request,
  )
}

/** What a webhook of Twilio means. */
export const parseTwilio = (request: WireRequest, settings: TwilioSettings): ReadonlyArray<InboundEvent> => {
  const form = fieldsOf(request)
  if (form === undefined) return [{ _tag: 'Unreadable', reason: 'neither a form nor JSON', raw: request.body }]
  const sides = ourSides(form)
  if (sides.length === 0) return [{ _tag: 'Ignored', reason: 'about no message' }]
  if (!isAccount(form, settings)) return [{ _tag: 'Ignored', reason: `another account: ${sides.join(', ')}` }]
  if (!isReport(form)) return messageOf(form, settings, request)
  return reported(
    {
      id: idOf(form),
      reference: referenceOf(request),
      status: (said(form, 'MessageStatus') ?? said(form, 'SmsStatus') ?? '').toLowerCase(),
      to: said(form, 'To'),
      at: shortInstantOf(said(form, 'RawDlrDoneDate')),
      code: said(form, 'ErrorCode'),
      reason: said(form, 'ErrorMessage') ?? said(form, 'ChannelStatusMessage'),
    },
    { statuses: twilioStatuses, codes: withOptOuts(twilioErrors, settings.optOutCodes) },
    settings,
  )
}
