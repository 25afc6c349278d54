import { exchange, idAt, listAt, textAt } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import { carriedBy } from '../channel/carried.ts'
import type { SmsWire } from '../channel/render.ts'
import { type Answers, outcomeOf, type Refusal } from '../send/outcome.ts'
import { segmentsOf } from '../text/segments.ts'
import { withOptOuts } from '../send/verdict.ts'
import { vonageMessagesErrors, vonageSendErrors } from './errors.ts'
import { errorCode } from './messages-inbound.ts'
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
const smsAnswers = ({ optOutCodes }: VonageSettings): Answers => ({
  idOf: (json) => {
    const accepted = listAt(json, 'messages').find((one) => idAt(one, 'status') === '0')
    return idAt(accepted, 'message-id')
  },
  refusalOf: (json) =>
    listAt(json, 'messages').some((one) => idAt(one, 'status') === '0') ? undefined : smsRefusals(json)[0],
  verdicts: withOptOuts(vonageSendErrors, optOutCodes),
  partlyRefused: (json) => smsRefusals(json)[0],
})

const messagesAnswers = ({ optOutCodes }: VonageSettings): Answers => ({
  idOf: (json) => idAt(json, 'message_uuid'),
  refusalOf: (json) => {
    const code = errorCode(json)
    return code === undefined ? undefined : { code, reason: textAt(json, 'detail') ?? textAt(json, 'title') ?? code }
  },
  verdicts: withOptOuts(vonageMessagesErrors, optOutCodes),
})

const sendSms = async (
  { to, text }: SmsWire,
  settings: VonageSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> => {
  const { apiKey, apiSecret, sender, apiUrl = 'https://rest.nexmo.com' } = settings
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
  return outcomeOf(await exchange(fetch, { method: 'POST', url, json }, { signal }), smsAnswers(settings))
}

const sendMessage = async (
  { to, text }: SmsWire,
  settings: VonageSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> => {
  const { apiKey, apiSecret, sender, apiUrl = 'https://api.nexmo.com' } = settings
  const { channel, identity } = carriedBy(to)
  const reference = referenceOf(idempotencyKey)
  const json = {
    channel,
    message_type: 'text',
    from: digits(sender),
    to: digits(identity),
    text,
    ...(reference === undefined ? {} : { client_ref: reference }),
  }
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}` }
  const url = `${apiUrl.replace(/\/+$/, '')}/v1/messages`
  return outcomeOf(await exchange(fetch, { method: 'POST', url, headers, json }, { signal }), messagesAnswers(settings))
}

/** Sends one message, by the API that the account is set up with; other channels are of the Messages API alone. */
export const sendVonage = (wire: SmsWire, settings: VonageSettings, context: SendContext): Promise<SendOutcome> =>
  settings.api === 'sms' && carriedBy(wire.to).channel === 'sms'
    ? sendSms(wire, settings, context)
    : sendMessage(wire, settings, context)
