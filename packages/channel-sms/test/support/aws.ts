import { createHash, createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import type { WireRequest } from '@guichet/engine/ports'
import { awsErrors } from '../../src/aws/errors.ts'
import { aws } from '../../src/index.ts'
import { iso, now, ours, type Owner, post, type Provider } from './provider.ts'
import { type Answer, json, type Seen } from './server.ts'

const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
/** What SNS signs with here. */
const keys: Readonly<Record<Owner, ReturnType<typeof keyPair>>> = { ours: keyPair(), another: keyPair() }
const pemOf = (of: Owner): string => keys[of].publicKey.export({ format: 'pem', type: 'spki' }).toString()
export const pem = pemOf('ours')
const pemUrl = (origin: string): string => `${origin}/SimpleNotificationService-0.pem`
export const topic = 'arn:aws:sns:eu-west-1:123456789012:sms'
const account = {
  region: 'eu-west-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

const refusal = (code: string): Answer => {
  const named = /^[A-Z_]+$/.test(code)
  const status = code === 'ThrottlingException' ? 429 : code === 'InternalServerException' ? 500 : 400
  return json(status, {
    __type: `com.amazonaws.pinpointsmsvoicev2#${named ? 'ConflictException' : code}`,
    Message: `error ${code}`,
    ...(named ? { Reason: code } : {}),
  })
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const keyed = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Signature Version 4, as a server looks at it: over the headers that the request names. */
const isSigned = ({ headers, body }: Seen): boolean => {
  const [, credential = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(headers['authorization'] ?? '') ??
    []
  const [id, day = '', region = '', service = '', end = ''] = credential.split('/')
  if (id !== account.accessKeyId || !names.split(';').includes('x-amz-target')) return false
  const canonical = `POST\n/\n\n${names
    .split(';')
    .map((name) => `${name}:${headers[name] ?? ''}\n`)
    .join('')}\n${names}\n${hash(body)}`
  const text = `AWS4-HMAC-SHA256\n${headers['x-amz-date']}\n${day}/${region}/${service}/${end}\n${hash(canonical)}`
  const key = keyed(keyed(keyed(keyed(`AWS4${account.secretAccessKey}`, day), region), service), end)
  return keyed(key, text).toString('hex') === signature
}

let count = 0

const accepting = (id: string): Answer => json(200, { MessageId: id })

const handle = (seen: Seen): Answer => {
  const { method, path, headers, body } = seen
  if (method !== 'POST' || path !== '/') return refusal('ResourceNotFoundException')
  if (!isSigned(seen)) return refusal('InvalidSignatureException')
  if (headers['x-amz-target'] !== 'PinpointSMSVoiceV2.SendTextMessage') return refusal('ValidationException')
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>
  if (!/^\+?[1-9]\d{1,18}$/.test(String(message['DestinationPhoneNumber']))) return refusal('ValidationException')
  const text = String(message['MessageBody'] ?? '')
  if (text === '' || text.length > 1600) return refusal('ValidationException')
  count += 1
  return accepting(`567b6b0f-0b0f-4b0f-8b0f-${String(count).padStart(12, '0')}`)
}

const order = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']

/** Signs as SNS does: version 1 is SHA-1, version 2 SHA-256. */
export const signAs = (
  version: '1' | '2',
  request: WireRequest,
  origin = 'https://sns.eu-west-1.amazonaws.com',
  of: Owner = 'ours',
): WireRequest => {
  const fields = JSON.parse(new TextDecoder().decode(request.body)) as Record<string, string>
  const text = order.flatMap((name) => (fields[name] === undefined ? [] : [`${name}\n${fields[name]}\n`])).join('')
  const signer = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text)
  const signed = {
    ...fields,
    SignatureVersion: version,
    Signature: signer.sign(keys[of].privateKey, 'base64'),
    SigningCertURL: pemUrl(origin),
  }
  return { ...request, body: new TextEncoder().encode(JSON.stringify(signed)) }
}

export const envelope = (fields: Readonly<Record<string, string>>): WireRequest =>
  post(
    JSON.stringify({
      Type: 'Notification',
      MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      TopicArn: topic,
      Timestamp: '2025-11-22T11:59:58.000Z',
      ...fields,
    }),
    { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': fields['Type'] ?? 'Notification' },
  )

/** What SNS asks once an address is subscribed. */
export const subscription = (origin: string, fields: Readonly<Record<string, string>> = {}): WireRequest =>
  envelope({
    Type: 'SubscriptionConfirmation',
    Token: '2336412f37',
    Message: 'You have chosen to subscribe',
    SubscribeURL: `${origin}/?Action=ConfirmSubscription&Token=2336412f37`,
    ...fields,
  })

const notice = (message: unknown, at?: number): WireRequest =>
  envelope({ Message: JSON.stringify(message), Timestamp: iso(at) })

export const awsProvider: Provider = {
  name: 'AWS',
  channel: aws({ now: () => now }),
  settings: (apiUrl, of = 'ours') => ({
    ...account,
    sender: ours,
    topics: [topic],
    certificates: { [pemUrl('https://sns.eu-west-1.amazonaws.com')]: pemOf(of) },
    apiUrl,
  }),
  handle,
  accepting,
  refusal,
  verdicts: awsErrors,
  failure: 'TEXT_INVALID',
  sign: (request, of = 'ours') => {
    try {
      return signAs('2', request, undefined, of)
    } catch {
      return request
    }
  },
  incoming: ({ id, from, text, at, to = ours }) =>
    notice(
      {
        originationNumber: from,
        destinationNumber: to,
        messageKeyword: 'KEYWORD_1',
        messageBody: text,
        inboundMessageId: id,
        previousPublishedMessageId: 'wJalrXUtnFEMI',
      },
      at,
    ),
  report: ({ id, to, from = ours, status, code, sent }) =>
    notice({
      eventType: status === 'failed' ? (code ?? 'TEXT_INVALID') : `TEXT_${status.toUpperCase()}`,
      eventVersion: '1.0',
      eventTimestamp: now,
      isFinal: status !== 'sent',
      originationPhoneNumber: from,
      destinationPhoneNumber: to,
      messageId: id,
      messageStatus: status.toUpperCase(),
      messageStatusDescription: 'as it says',
      context: sent === undefined ? {} : (JSON.parse(sent.body) as { Context: unknown }).Context,
    }),
  said: ({ body }) => {
    const message = JSON.parse(body) as { DestinationPhoneNumber: string; MessageBody: string }
    return { to: message.DestinationPhoneNumber, text: message.MessageBody }
  },
}
