import type { WireRequest } from '@guichet/engine/ports'
import { birdErrors } from '../../src/bird/errors.ts'
import { bird } from '../../src/index.ts'
import { iso, now, ours, type Owner, post, type Provider, publicUrl } from './provider.ts'
import { type Answer, json, type Seen } from './server.ts'
import { sha256, token } from './token.ts'

const accessKey = 'live_0123'
const signingKey = 'the key of signatures'
const digits = (number: string): string => number.replace('+', '')

const refusal = (code: string): Answer =>
  json(code === '2' ? 401 : code === '99' ? 500 : 422, {
    errors: [{ code: Number(code), description: `error ${code}`, parameter: null }],
  })

let count = 0

const accepting = (id: string, message: Readonly<Record<string, unknown>> = {}): Answer =>
  json(201, {
    id,
    direction: 'mt',
    type: 'sms',
    originator: message['originator'],
    body: message['body'],
    reference: message['reference'],
    recipients: { totalCount: 1, items: [{ recipient: 31612345678, status: 'sent' }] },
  })

const handle = ({ method, path, headers, body }: Seen): Answer => {
  if (headers['authorization'] !== `AccessKey ${accessKey}`) return refusal('2')
  if (method !== 'POST' || path !== '/messages') return refusal('20')
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>
  const [to] = message['recipients'] as ReadonlyArray<string>
  if (!message['originator'] || !message['body']) return refusal('9')
  if (!/^\d{7,15}$/.test(to ?? '') || String(message['body']).length > 1377) return refusal('10')
  count += 1
  return accepting(`e8077d803532c0b5937c639b6021693${count}`, message)
}

const keyOf = (of: Owner): string => (of === 'ours' ? signingKey : 'the key of another account')

const sign = (request: WireRequest, of: Owner = 'ours'): WireRequest => {
  const seconds = Math.floor(now / 1000)
  const claims = {
    iss: 'MessageBird',
    iat: seconds,
    nbf: seconds,
    exp: seconds + 60,
    jti: '1',
    url_hash: sha256(request.url),
    ...(request.body.byteLength === 0 ? {} : { payload_hash: sha256(request.body) }),
  }
  return { ...request, headers: { ...request.headers, 'messagebird-signature-jwt': token(claims, keyOf(of)) } }
}

export const birdProvider: Provider = {
  name: 'Bird',
  channel: bird({ now: () => now }),
  settings: (apiUrl, of = 'ours') => ({
    accessKey,
    signingKeys: ['the next one', keyOf(of)],
    sender: ours,
    publicUrl,
    apiUrl,
  }),
  digits: true,
  handle,
  accepting: (id) => accepting(id),
  refusal,
  verdicts: birdErrors,
  failure: 'unknown subscriber',
  sign,
  incoming: ({ id, from, text, at, to = ours }) =>
    post(
      new URLSearchParams({
        id,
        recipient: digits(to),
        originator: digits(from),
        body: text,
        createdDatetime: iso(at),
      }).toString(),
      { 'content-type': 'application/x-www-form-urlencoded' },
    ),
  report: ({ id, to, status, code, sent }) => {
    const asked = sent && (JSON.parse(sent.body) as { reference: string; reportUrl: string })
    const query = new URLSearchParams({
      id,
      reference: asked?.reference ?? '',
      recipient: digits(to),
      status: status === 'failed' ? 'delivery_failed' : status,
      statusDatetime: '2025-11-22T11:59:59+00:00',
      ...(code === undefined ? {} : { statusReason: code }),
    })
    return { method: 'GET', url: `${asked?.reportUrl ?? publicUrl}&${query}`, headers: {}, body: new Uint8Array() }
  },
  optedOut: 'opted out',
  said: ({ body }) => {
    const message = JSON.parse(body) as { recipients: ReadonlyArray<string>; body: string }
    return { to: `+${message.recipients[0]}`, text: message.body }
  },
}
