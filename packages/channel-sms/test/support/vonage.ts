import { createHash } from 'node:crypto'
import type { WireRequest } from '@guichet/engine/ports'
import { vonage } from '../../src/index.ts'
import { vonageMessagesErrors, vonageSendErrors } from '../../src/vonage/errors.ts'
import { iso, now, ours, type Owner, post, type Provider } from './provider.ts'
import { type Answer, json, type Seen } from './server.ts'
import { sha256, token } from './token.ts'

const apiKey = 'a1b2c3d4'
const apiSecret = 'the secret of the API'
const secret = 'the secret of signatures'
const secretOf = (of: Owner): string => (of === 'ours' ? secret : 'the secret of another account')
const digits = (number: string): string => number.replace('+', '')
const jsonType = { 'content-type': 'application/json' }

let count = 0

const smsRefusal = (code: string): Answer =>
  json(200, { 'message-count': '1', messages: [{ status: code, 'error-text': `status ${code}` }] })

const acceptingSms = (id: string, to: unknown = ''): Answer =>
  json(200, {
    'message-count': '1',
    messages: [{ to, 'message-id': id, status: '0', network: '310260' }],
  })

const handleSms = ({ method, path, body }: Seen): Answer => {
  if (method !== 'POST' || path !== '/sms/json') return json(404, {})
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>
  if (message['api_key'] !== apiKey || message['api_secret'] !== apiSecret) return smsRefusal('4')
  if (message['from'] === undefined || message['to'] === undefined || !message['text']) return smsRefusal('2')
  if (!/^\d{7,15}$/.test(String(message['to']))) return smsRefusal('3')
  if (String(message['client-ref'] ?? '').length > 100) return smsRefusal('3')
  count += 1
  return acceptingSms(`0A0000000123ABC${count}`, message['to'])
}

const signFields = (request: WireRequest, of: Owner): WireRequest => {
  const fields = JSON.parse(new TextDecoder().decode(request.body)) as Record<string, string>
  const text = Object.keys(fields)
    .sort()
    .map((name) => `&${name}=${String(fields[name]).replace(/[&=]/g, '_')}`)
    .join('')
  const sig = createHash('md5')
    .update(text + secretOf(of))
    .digest('hex')
  return { ...request, body: new TextEncoder().encode(JSON.stringify({ ...fields, sig })) }
}

const fields = { timestamp: String(Math.floor(now / 1000)), nonce: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab' }

/** The older SMS API. */
export const vonageSmsProvider: Provider = {
  name: 'Vonage (SMS API)',
  channel: vonage({ now: () => now }),
  settings: (apiUrl, of = 'ours') => ({
    apiKey,
    apiSecret,
    signatureSecrets: ['the next one', secretOf(of)],
    sender: ours,
    api: 'sms',
    apiUrl,
  }),
  digits: true,
  handle: handleSms,
  accepting: (id) => acceptingSms(id),
  refusal: smsRefusal,
  verdicts: vonageSendErrors,
  failure: '9',
  // What cannot be read has nothing that could be signed.
  sign: (request, of = 'ours') => {
    try {
      return signFields(request, of)
    } catch {
      return request
    }
  },
  incoming: ({ id, from, text, at, to = ours }) =>
    post(
      JSON.stringify({
        msisdn: digits(from),
        to: digits(to),
        messageId: id,
        text,
        type: 'text',
        keyword: text.split(' ')[0]?.toUpperCase(),
        'message-timestamp': iso(at).replace('T', ' ').replace('Z', ''),
        ...fields,
      }),
      jsonType,
    ),
  report: ({ id, to, from = ours, status, code, sent }) =>
    post(
      JSON.stringify({
        msisdn: digits(to),
        to: digits(from),
        'network-code': '310260',
        messageId: id,
        price: '0.03330000',
        status: status === 'sent' ? 'accepted' : status,
        scts: '2511221159',
        'err-code': code ?? '0',
        'api-key': apiKey,
        'client-ref': sent === undefined ? '' : (JSON.parse(sent.body) as Record<string, string>)['client-ref'],
        ...fields,
      }),
      jsonType,
    ),
  said: ({ body }) => {
    const message = JSON.parse(body) as { to: string; text: string }
    return { to: `+${message.to}`, text: message.text }
  },
}

const refusal = (code: string): Answer =>
  json(code === '1000' ? 429 : 422, {
    type: `https://developer.vonage.com/api-errors/messages#${code}`,
    title: 'Refused',
    detail: `error ${code}`,
    instance: 'bf0ca0bf927b3b52e3cb03217e1a1ddf',
  })

const accepting = (id: string): Answer => json(202, { message_uuid: id })

const handle = ({ method, path, headers, body }: Seen): Answer => {
  if (method !== 'POST' || path !== '/v1/messages') return json(404, {})
  if (headers['authorization'] !== `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`) {
    return json(401, { type: 'https://developer.vonage.com/api-errors#unauthorized', title: 'Unauthorized' })
  }
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>
  if (message['channel'] !== 'sms' || message['message_type'] !== 'text' || !message['text']) return refusal('1010')
  if (!/^\d{7,15}$/.test(String(message['to'])) || message['from'] === undefined) return refusal('1020')
  if (String(message['client_ref'] ?? '').length > 100) return refusal('1020')
  count += 1
  return accepting(`aaaaaaaa-bbbb-cccc-dddd-${String(count).padStart(12, '0')}`)
}

const sign = (request: WireRequest, of: Owner = 'ours'): WireRequest => {
  const claims = {
    iat: Math.floor(now / 1000),
    jti: '1',
    iss: 'Vonage',
    payload_hash: sha256(request.body),
    api_key: apiKey,
  }
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token(claims, secretOf(of))}` } }
}

/** The Messages API. */
export const vonageMessagesProvider: Provider = {
  name: 'Vonage (Messages API)',
  channel: vonage({ now: () => now }),
  settings: (apiUrl, of = 'ours') => ({
    apiKey,
    apiSecret,
    signatureSecrets: ['the next one', secretOf(of)],
    sender: ours,
    apiUrl,
  }),
  digits: true,
  handle,
  accepting,
  refusal,
  verdicts: vonageMessagesErrors,
  failure: '1300',
  sign,
  incoming: ({ id, from, text, at, to = ours }) =>
    post(
      JSON.stringify({
        channel: 'sms',
        message_uuid: id,
        to: digits(to),
        from: digits(from),
        timestamp: iso(at),
        message_type: 'text',
        text,
        context_status: 'none',
        sms: { num_messages: '1', keyword: 'WHERE' },
        usage: { currency: 'EUR', price: '0.0333' },
      }),
      jsonType,
    ),
  report: ({ id, to, from = ours, status, code, sent }) =>
    post(
      JSON.stringify({
        message_uuid: id,
        to: digits(to),
        from: digits(from),
        timestamp: '2025-11-22T11:59:59Z',
        status: status === 'sent' ? 'submitted' : status === 'failed' ? 'undeliverable' : status,
        channel: 'sms',
        ...(sent === undefined ? {} : { client_ref: (JSON.parse(sent.body) as Record<string, string>)['client_ref'] }),
        ...(code === undefined
          ? {}
          : {
              error: {
                type: `https://developer.vonage.com/api-errors/messages#${code}`,
                title: 'Failed',
                detail: code,
              },
            }),
      }),
      jsonType,
    ),
  said: ({ body }) => {
    const message = JSON.parse(body) as { to: string; text: string }
    return { to: `+${message.to}`, text: message.text }
  },
}
