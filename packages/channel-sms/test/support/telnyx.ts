import { createPrivateKey, createPublicKey, sign as signed } from 'node:crypto'
import type { WireRequest } from '@guichet/engine/ports'
import { telnyx } from '../../src/index.ts'
import { telnyxErrors } from '../../src/telnyx/errors.ts'
import { iso, now, ours, picture, type Owner, post, type Provider, publicUrl } from './provider.ts'
import { type Answer, json, type Seen } from './server.ts'

const apiKey = 'KEY0123'

/** A key of our own, made of a fixed seed (RFC 8410, 7). */
const privateKeyOf = (of: Owner) =>
  createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.alloc(32, of === 'ours' ? 7 : 8),
    ]),
    format: 'der',
    type: 'pkcs8',
  })
const publicKeyOf = (of: Owner): string =>
  createPublicKey(privateKeyOf(of)).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')

const refusal = (code: string): Answer =>
  json(code === '10011' ? 429 : code === '10009' ? 401 : 422, {
    errors: [{ code, title: `error ${code}`, detail: `error ${code}` }],
  })

let count = 0

const accepting = (id: string, message: Readonly<Record<string, unknown>> = {}): Answer =>
  json(200, {
    data: {
      record_type: 'message',
      direction: 'outbound',
      id,
      type: message['media_urls'] === undefined ? 'SMS' : 'MMS',
      to: [{ phone_number: message['to'], status: 'queued' }],
      text: message['text'],
      errors: [],
    },
  })

const handle = ({ method, path, headers, body }: Seen): Answer => {
  if (method === 'GET' && path.startsWith('/media/')) {
    return { status: 200, headers: { 'content-type': 'image/png' }, body: picture }
  }
  if (headers['authorization'] !== `Bearer ${apiKey}`) return refusal('10009')
  if (method !== 'POST' || path !== '/v2/messages') return json(404, { errors: [{ code: '10005' }] })
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>
  if (!/^\+[1-9]\d{1,14}$/.test(String(message['to']))) return refusal('40310')
  if (message['from'] === undefined && message['messaging_profile_id'] === undefined) return refusal('40305')
  if (message['text'] === undefined && message['media_urls'] === undefined) return refusal('40316')
  count += 1
  return accepting(`40385f64-5717-4562-b3fc-${String(count).padStart(12, '0')}`, message)
}

const sign = (request: WireRequest, of: Owner = 'ours'): WireRequest => {
  const at = String(Math.floor(now / 1000))
  const text = Buffer.concat([Buffer.from(`${at}|`), request.body])
  const signature = signed(null, text, privateKeyOf(of)).toString('base64')
  return {
    ...request,
    headers: { ...request.headers, 'telnyx-timestamp': at, 'telnyx-signature-ed25519': signature },
  }
}

const hook = (event: string, payload: unknown, url?: string): WireRequest =>
  post(
    JSON.stringify({
      data: {
        event_type: event,
        id: 'b301ed3f-1490-491f-995f-6e64e69674d4',
        occurred_at: '2025-11-22T11:59:58.100+00:00',
        payload,
        record_type: 'event',
      },
      meta: { attempt: 1, delivered_to: publicUrl },
    }),
    { 'content-type': 'application/json' },
    url,
  )

export const telnyxProvider: Provider = {
  name: 'Telnyx',
  channel: telnyx({ now: () => now }),
  withFiles: telnyx({ now: () => now, publicLink: ({ blob }) => `https://files.example.com/${blob}` }),
  settings: (apiUrl, of = 'ours') => ({
    apiKey,
    publicKeys: [publicKeyOf(of)],
    sender: ours,
    publicUrl,
    apiUrl,
    mediaHosts: [apiUrl],
  }),
  mediaPath: '/media/1.png',
  handle,
  accepting: (id) => accepting(id),
  refusal,
  verdicts: telnyxErrors,
  failure: '40008',
  sign,
  incoming: ({ id, from, text, at, to = ours, media = [] }) =>
    hook('message.received', {
      id,
      direction: 'inbound',
      type: media.length === 0 ? 'SMS' : 'MMS',
      from: { phone_number: from, carrier: 'T-Mobile', line_type: 'Wireless' },
      to: [{ phone_number: to, status: 'webhook_delivered' }],
      cc: [],
      text,
      media: media.map((url) => ({ url, content_type: 'image/png', size: picture.byteLength })),
      encoding: 'GSM-7',
      parts: 1,
      messaging_profile_id: '4000f1f2-0000-0000-0000-000000000001',
      received_at: iso(at),
    }),
  report: ({ id, to, from = ours, status, code, sent }) =>
    hook(
      status === 'sent' ? 'message.sent' : 'message.finalized',
      {
        id,
        direction: 'outbound',
        from: { phone_number: from },
        to: [{ phone_number: to, status: status === 'failed' ? 'delivery_failed' : status }],
        errors: code === undefined ? [] : [{ code, title: `error ${code}` }],
      },
      sent === undefined ? undefined : String((JSON.parse(sent.body) as { webhook_url?: string }).webhook_url),
    ),
  optedOut: '40300',
  said: ({ body }) => {
    const message = JSON.parse(body) as { to: string; text?: string }
    return { to: message.to, text: message.text ?? '' }
  },
}
