import { createHmac } from 'node:crypto'
import type { WireRequest } from '@guichet/engine/ports'
import { twilio } from '../../src/index.ts'
import { twilioErrors } from '../../src/twilio/errors.ts'
import { customer, now, ours, picture, type Owner, post, type Provider, publicUrl } from './provider.ts'
import { type Answer, json, type Seen } from './server.ts'
import { requestIssues } from './twilio-api.ts'

const accountSid = 'AC0123456789abcdef0123456789abcdef'
const token = 'the token of the account'

const refusal = (code: string): Answer => {
  const status = code === '20429' ? 429 : code === '20003' ? 401 : code === '20500' ? 500 : 400
  return json(status, { code: Number(code), message: `error ${code}`, more_info: 'https://www.twilio.com', status })
}

let count = 0

/** A message as Twilio shows it. */
export const created = (form: URLSearchParams): Readonly<Record<string, unknown>> => {
  count += 1
  const sid = `SM${String(count).padStart(32, '0')}`
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`
  const taken = new Date(now).toUTCString().replace('GMT', '+0000')
  return {
    sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    messaging_service_sid: form.get('MessagingServiceSid'),
    to: form.get('To'),
    from: form.get('From'),
    body: form.get('Body') ?? '',
    status: form.has('MessagingServiceSid') ? 'accepted' : 'queued',
    direction: 'outbound-api',
    num_segments: form.has('MessagingServiceSid') ? '0' : '1',
    num_media: String(form.getAll('MediaUrl').length),
    error_code: null,
    error_message: null,
    price: null,
    price_unit: 'USD',
    date_created: taken,
    date_updated: taken,
    date_sent: null,
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  }
}

const handle = ({ method, path, headers, body }: Seen): Answer => {
  if (headers['authorization'] !== `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`) {
    return refusal('20003')
  }
  if (method === 'GET' && path.startsWith('/media/')) {
    return { status: 200, headers: { 'content-type': 'image/png' }, body: picture }
  }
  if (method !== 'POST' || path !== `/2010-04-01/Accounts/${accountSid}/Messages.json`)
    return json(404, { code: 20404 })
  const form = new URLSearchParams(body)
  if (requestIssues(form).length > 0) return refusal('20001')
  if (!/^\+[1-9]\d{1,14}$/.test(form.get('To') ?? '')) return refusal('21211')
  if (!form.has('From') && !form.has('MessagingServiceSid')) return refusal('21603')
  const text = form.get('Body') ?? ''
  if (text === '' && !form.has('MediaUrl')) return refusal('21619')
  if (text.length > 1600) return refusal('21617')
  if (form.getAll('MediaUrl').length > 10) return refusal('21623')
  if (!URL.canParse(form.get('StatusCallback') ?? '')) return refusal('21609')
  return json(201, created(form))
}

const tokenOf = (of: Owner): string => (of === 'ours' ? token : 'the token of another account')

const sign = (request: WireRequest, of: Owner = 'ours'): WireRequest => {
  const form = new URLSearchParams(new TextDecoder().decode(request.body))
  const fields = [...new Set(form.keys())].sort().map((name) => name + (form.get(name) ?? ''))
  const signature = createHmac('sha1', tokenOf(of))
    .update(request.url + fields.join(''))
    .digest('base64')
  return { ...request, headers: { ...request.headers, 'x-twilio-signature': signature } }
}

const hook = (fields: Readonly<Record<string, string>>, url?: string): WireRequest =>
  post(new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded' }, url)

export const twilioProvider: Provider = {
  name: 'Twilio',
  channel: twilio(),
  withFiles: twilio({ publicLink: ({ blob }) => `https://files.example.com/${blob}` }),
  settings: (apiUrl, of = 'ours') => ({
    accountSid,
    authTokens: [tokenOf(of), 'the next token'],
    sender: ours,
    publicUrl,
    apiUrl,
  }),
  mediaPath: '/media/ME1',
  handle,
  accepting: (sid) => json(201, { ...created(new URLSearchParams()), sid }),
  refusal,
  verdicts: twilioErrors,
  failure: '30005',
  timeless: true,
  sign,
  incoming: ({ id, from, text, to = ours, media = [] }) =>
    hook({
      MessageSid: id,
      SmsSid: id,
      SmsMessageSid: id,
      AccountSid: accountSid,
      From: from,
      To: to,
      Body: text,
      NumMedia: String(media.length),
      NumSegments: '1',
      SmsStatus: 'received',
      ApiVersion: '2010-04-01',
      ...Object.fromEntries(
        media.flatMap((url, index) => [
          [`MediaUrl${index}`, url],
          [`MediaContentType${index}`, 'image/png'],
        ]),
      ),
    }),
  report: ({ id, to, from = ours, status, code, sent }) =>
    hook(
      {
        MessageSid: id,
        MessageStatus: status === 'failed' ? 'undelivered' : status,
        AccountSid: accountSid,
        From: from,
        To: to,
        ...(code === undefined ? {} : { ErrorCode: code }),
      },
      sent === undefined ? undefined : (new URLSearchParams(sent.body).get('StatusCallback') ?? undefined),
    ),
  optedOut: '21610',
  said: ({ body }) => {
    const form = new URLSearchParams(body)
    return { to: form.get('To') ?? customer, text: form.get('Body') ?? '' }
  },
}
