import { createHmac } from 'node:crypto'
import type { WireRequest } from '@guichet/engine/ports'
import { plivo } from '../../src/index.ts'
import { ours, picture, type Owner, post, type Provider, publicUrl } from './provider.ts'
import { type Answer, json, type Seen } from './server.ts'

const authId = 'MAXXXXXXXXXXXXXXXXXX'
const token = 'the token of the account'
const digits = (number: string): string => number.replace('+', '')

const refused = (status: number, error: string): Answer => json(status, { api_id: '1', error })

let count = 0

const accepting = (id: string): Answer => json(202, { message: 'message(s) queued', message_uuid: [id], api_id: '1' })

const handle = ({ method, path, headers, body }: Seen): Answer => {
  if (method === 'GET' && path.startsWith('/media/')) {
    return { status: 200, headers: { 'content-type': 'image/png' }, body: picture }
  }
  if (headers['authorization'] !== `Basic ${Buffer.from(`${authId}:${token}`).toString('base64')}`)
    return refused(401, 'no')
  if (method !== 'POST' || path !== `/v1/Account/${authId}/Message/`) return refused(404, 'not found')
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>
  if (!message['src'] || !message['dst']) return refused(400, 'src and dst are required')
  if (!message['text'] && !message['media_urls']) return refused(400, 'text is required')
  if (!URL.canParse(String(message['url']))) return refused(400, 'url is not valid')
  count += 1
  return accepting(`db3ce55a-7f1d-11e1-8ea7-${String(count).padStart(12, '0')}`)
}

const sorted = (form: URLSearchParams): ReadonlyArray<readonly [string, string]> =>
  [...form].sort(([a], [b]) => (a < b ? -1 : 1))

const tokenOf = (of: Owner): string => (of === 'ours' ? token : 'the token of another account')

const sign = (request: WireRequest, of: Owner = 'ours'): WireRequest => {
  const nonce = '12345678901234567890'
  const [path = '', query = ''] = request.url.split('?')
  const asked = sorted(new URLSearchParams(query)).map(([name, value]) => `${name}=${value}`)
  const fields = sorted(new URLSearchParams(new TextDecoder().decode(request.body))).map(
    ([name, value]) => name + value,
  )
  const text = `${path}?${asked.join('&')}.${fields.join('')}.${nonce}`
  const signature = createHmac('sha256', tokenOf(of)).update(text).digest('base64')
  return {
    ...request,
    headers: {
      ...request.headers,
      'x-plivo-signature-v3': `bm9uZQ==,${signature}`,
      'x-plivo-signature-v3-nonce': nonce,
    },
  }
}

const hook = (fields: Readonly<Record<string, string>>, url?: string): WireRequest =>
  post(new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded' }, url)

export const plivoProvider: Provider = {
  name: 'Plivo',
  channel: plivo(),
  withFiles: plivo({ publicLink: ({ blob }) => `https://files.example.com/${blob}` }),
  settings: (apiUrl, of = 'ours') => ({
    authId,
    authTokens: [tokenOf(of), 'the next token'],
    sender: ours,
    publicUrl,
    apiUrl,
  }),
  mediaPath: '/media/1',
  mediaFile: { name: 'file-1', mime: 'application/octet-stream' },
  digits: true,
  handle,
  accepting,
  refusal: (code) => refused(400, code),
  verdicts: {},
  failure: '50',
  timeless: true,
  sign,
  incoming: ({ id, from, text, to = ours, media = [] }) =>
    hook({
      MessageUUID: id,
      From: digits(from),
      To: digits(to),
      Text: text,
      Type: media.length === 0 ? 'sms' : 'mms',
      TotalAmount: '0',
      TotalRate: '0',
      Units: '1',
      ...Object.fromEntries(media.map((url, index) => [`Media${index}`, url])),
    }),
  report: ({ id, to, from = ours, status, code, sent }) =>
    hook(
      {
        MessageUUID: id,
        Status: status === 'failed' ? 'undelivered' : status,
        From: digits(from),
        To: digits(to),
        ErrorCode: code ?? '000',
        Units: '1',
      },
      sent === undefined ? undefined : (JSON.parse(sent.body) as { url: string }).url,
    ),
  optedOut: '200',
  said: ({ body }) => {
    const message = JSON.parse(body) as { dst: string; text: string }
    return { to: message.dst, text: message.text }
  },
}
