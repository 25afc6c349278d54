import { createHmac } from 'node:crypto'
import type { WireRequest } from '@guichet/engine/ports'
import { sinch } from '../../src/index.ts'
import { sinchErrors } from '../../src/sinch/errors.ts'
import { iso, now, ours, type Owner, post, type Provider } from './provider.ts'
import { type Answer, json, type Seen } from './server.ts'

const account = { projectId: 'b7b0', appId: '01EB37HMH1M6SV18BSNS3G135H', keyId: 'key', keySecret: 'secret' }
const webhookSecret = 'the secret of webhooks'
const digits = (number: string): string => number.replace('+', '')

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
}

const refusal = (code: string): Answer =>
  json(statuses[code] ?? 400, { error: { code: statuses[code] ?? 400, message: `error ${code}`, status: code } })

let count = 0

const accepting = (id: string): Answer => json(200, { message_id: id, accepted_time: '2025-11-22T11:59:58Z' })

const handle = ({ method, path, headers, body }: Seen): Answer => {
  const { projectId, appId, keyId, keySecret } = account
  if (headers['authorization'] !== `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`) {
    return refusal('UNAUTHENTICATED')
  }
  if (method !== 'POST' || path !== `/v1/projects/${projectId}/messages:send`) return refusal('NOT_FOUND')
  const message = JSON.parse(body) as { app_id: string; message: { text_message: { text: string } } }
  if (message.app_id !== appId) return refusal('NOT_FOUND')
  if (message.message.text_message.text === '') return refusal('INVALID_ARGUMENT')
  count += 1
  return accepting(`01EQBC1A3BEK731GY4YXEN${count}`)
}

const secretOf = (of: Owner): string => (of === 'ours' ? webhookSecret : 'the secret of another account')

const sign = (request: WireRequest, of: Owner = 'ours'): WireRequest => {
  const at = String(Math.floor(now / 1000))
  const nonce = '01FJA8B4A7BM43YGWSG9GBV067'
  const signature = createHmac('sha256', secretOf(of))
    .update(Buffer.concat([request.body, Buffer.from(`.${nonce}.${at}`)]))
    .digest('base64')
  return {
    ...request,
    headers: {
      ...request.headers,
      'x-sinch-webhook-signature': signature,
      'x-sinch-webhook-signature-nonce': nonce,
      'x-sinch-webhook-signature-timestamp': at,
      'x-sinch-webhook-signature-algorithm': 'HmacSHA256',
    },
  }
}

const hook = (fields: Readonly<Record<string, unknown>>): WireRequest =>
  post(
    JSON.stringify({
      app_id: account.appId,
      project_id: account.projectId,
      accepted_time: '2025-11-22T11:59:57Z',
      event_time: '2025-11-22T11:59:58Z',
      ...fields,
    }),
    { 'content-type': 'application/json' },
  )

export const sinchProvider: Provider = {
  name: 'Sinch',
  channel: sinch({ now: () => now }),
  settings: (apiUrl, of = 'ours') => ({
    ...account,
    webhookSecrets: ['the next one', secretOf(of)],
    sender: ours,
    apiUrl,
  }),
  digits: true,
  handle,
  accepting,
  refusal,
  verdicts: sinchErrors,
  failure: 'RECIPIENT_NOT_REACHABLE',
  sign,
  incoming: ({ id, from, text, at, to = ours }) =>
    hook({
      event_time: iso(at),
      message: {
        id,
        direction: 'TO_APP',
        contact_message: { text_message: { text } },
        channel_identity: { channel: 'SMS', identity: digits(from), app_id: '' },
        conversation_id: '01EB37HMH1M6SV18ASNS3G135H',
        contact_id: '01EB37HMH1M6SV18ASNS3G135H',
        accept_time: '2025-11-22T11:59:57Z',
        sender_id: digits(to),
      },
    }),
  report: ({ id, to, status, code, sent }) =>
    hook({
      message_delivery_report: {
        message_id: id,
        conversation_id: '01EB37HMH1M6SV18ASNS3G135H',
        status: status === 'sent' ? 'QUEUED_ON_CHANNEL' : status.toUpperCase(),
        channel_identity: { channel: 'SMS', identity: digits(to), app_id: '' },
        contact_id: '01EB37HMH1M6SV18ASNS3G135H',
        metadata: sent === undefined ? '' : (JSON.parse(sent.body) as { message_metadata: string }).message_metadata,
        ...(code === undefined ? {} : { reason: { code, description: code } }),
      },
    }),
  optedOut: 'RECIPIENT_NOT_OPTED_IN',
  said: ({ body }) => {
    const message = JSON.parse(body) as {
      message: { text_message: { text: string } }
      recipient: { identified_by: { channel_identities: [{ identity: string }] } }
    }
    return {
      to: message.recipient.identified_by.channel_identities[0].identity,
      text: message.message.text_message.text,
    }
  },
}
