import { exchange, idAt, listAt, textAt } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import type { SmsWire } from '../channel/render.ts'
import { type Answers, outcomeOf, type Refusal } from '../send/outcome.ts'
import { segmentsOf } from '../text/segments.ts'
import { vonageMessagesErrors, vonageSendErrors } from './errors.ts'
import { errorCode } from './inbound.ts'
import type { VonageSettings } from './settings.ts'

/** Numbers are written without their plus. */
const digits = (number: string): string => number.replace(/^\+/, '')

/** Both APIs give back at most 100 characters. */
const referenceOf = (key: string): string | undefined => (key.length <= 100 ? key : undefined)

const smsRefusals = (json: Json | undefined): ReadonlyArray<Refusal> =>
  listAt(json, 'messages').flatMap((one) => {
    const code = idAt(one, 'status')
    return code === undefined || code === '0' ? [] : [{ code, reason: textAt(one, 'error-text') ?? `status ${code}` }]
  })

/** Every part of a message has an answer of its own. */
const smsAnswers: Answers = {
  idOf: (json) => {
    const accepted = listAt(json, 'messages').find((one) => idAt(one, 'status') === '0')
    return idAt(accepted, 'message-id')
  },
  refusalOf: (json) =>
    listAt(json, 'messages').some((one) => idAt(one, 'status') === '0') ? undefined : smsRefusals(json)[0],
  verdicts: vonageSendErrors,
  partlyRefused: (json) => smsRefusals(json)[0],
}

const messagesAnswers: Answers = {
  idOf: (json) => idAt(json, 'message_uuid'),
  refusalOf: (json) => {
    const code = errorCode(json)
    return code === undefined ? undefined : { code, reason: textAt(json, 'detail') ?? textAt(json, 'title') ?? code }
  },
  verdicts: vonageMessagesErrors,
}

const sendSms = async (
  { to, text }: SmsWire,
  { apiKey, apiSecret, sender, apiUrl = 'https://rest.nexmo.com' }: VonageSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> => {
  const reference = referenceOf(idempotencyKey)
  const json = {
    api_key: apiKey,
    api_secret: apiSecret,
    from: digits(sender),
    to: digits(to),
    text,
    type: segmentsOf(text).encoding === 'GSM-7' ? 'text' : 'unicode',
    ...(reference === undefined ? {} : { 'client-ref': reference }),
    'status-report-req': 1,
  }
  const url = `${apiUrl.replace(/\/+$/, '')}/sms/json`
  return outcomeOf(await exchange(fetch, { method: 'POST', url, json }, { signal }), smsAnswers)
}

const sendMessage = async (
  { to, text }: SmsWire,
  { apiKey, apiSecret, sender, apiUrl = 'https://api.nexmo.com' }: VonageSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> => {
  const reference = referenceOf(idempotencyKey)
  const json = {
    channel: 'sms',
    message_type: 'text',
    from: digits(sender),
    to: digits(to),
    text,
    ...(reference === undefined ? {} : { client_ref: reference }),
  }
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}` }
  const url = `${apiUrl.replace(/\/+$/, '')}/v1/messages`
  return outcomeOf(await exchange(fetch, { method: 'POST', url, headers, json }, { signal }), messagesAnswers)
}

/** Sends one message, by the API that the account is set up with. */
export const sendVonage = (wire: SmsWire, settings: VonageSettings, context: SendContext): Promise<SendOutcome> =>
  settings.api === 'sms' ? sendSms(wire, settings, context) : sendMessage(wire, settings, context)
