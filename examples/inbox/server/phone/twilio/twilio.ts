import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { blank, type NewMessage, type PhoneFile, type PhoneMessage } from '../message.ts'
import type { Provider, Surroundings } from '../provider.ts'
import { answers, optOutType } from './consent.ts'
import { postSigned } from './webhook.ts'

const longest = 1600
const mostFiles = 10

/** Numbers of this ending exist nowhere: a way to see what a failure looks like. */
const nobody = /0000$/

const sidOf = (kind: 'SM' | 'MM'): string => `${kind}${randomUUID().replaceAll('-', '')}`

const refuse = (c: Context, status: ContentfulStatusCode, code: number, message: string): Response =>
  c.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status)

/** Why a form is not taken. Source: Twilio, "Error and warning dictionary". */
const problemOf = (form: URLSearchParams, ours: string): readonly [code: number, message: string] | undefined => {
  const [to, from, body] = [form.get('To'), form.get('From'), form.get('Body') ?? '']
  const files = form.getAll('MediaUrl').length
  if (to === null || to === '') return [21604, "A 'To' phone number is required."]
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return [21211, `The 'To' number ${to} is not a valid phone number.`]
  if (from === null || from === '') return [21603, "A 'From' phone number is required."]
  if (from !== ours) return [21606, `The 'From' phone number ${from} is not a valid, SMS-capable inbound phone number.`]
  if (body === '' && files === 0) return [21602, 'Message body is required.']
  if ([...body].length > longest)
    return [21617, `The concatenated message body exceeds the ${longest} character limit.`]
  if (files > mostFiles) return [21623, `Number of media files exceeds allowed limit of ${mostFiles}.`]
  return undefined
}

/** Twilio: SMS and MMS for one number. */
export const twilioProvider = ({ store, subscriptions, clock, url, works, later }: Surroundings): Provider => {
  const { accountSid, authToken, number } = subscriptions.twilio
  const account = `/2010-04-01/Accounts/${accountSid}`
  const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const webhook = () => `${url()}/webhooks/sms`

  const report = (message: NewMessage, status: string, code?: number): Promise<void> =>
    message.reference === null
      ? Promise.resolve()
      : postSigned(authToken, message.reference, {
          AccountSid: accountSid,
          ApiVersion: '2010-04-01',
          From: number,
          MessageSid: message.externalId,
          MessageStatus: status,
          SmsSid: message.externalId,
          SmsStatus: status,
          To: message.phone,
          ...(code === undefined ? {} : { ErrorCode: String(code) }),
        })

  /** What Twilio fetches to send it as MMS. */
  const fetched = async (address: string): Promise<PhoneFile> => {
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${address} answered ${response.status}`)
    const mime = response.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream'
    const name = decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? 'file')
    return store.keepFile({ name, mime }, new Uint8Array(await response.arrayBuffer()))
  }

  const carry = async (message: NewMessage, media: ReadonlyArray<string>): Promise<void> => {
    if (nobody.test(message.phone)) return report(message, 'undelivered', 30005)
    const files = await Promise.all(media.map(fetched))
    const there = store.add({ ...message, files })
    await report(there, 'sent')
    await report(there, 'delivered')
  }

  const routes = new Hono()
    .use(`${account}/*`, async (c, next) => {
      if (c.req.header('authorization') !== expected) return refuse(c, 401, 20003, 'Authenticate')
      return next()
    })
    .post(`${account}/Messages.json`, async (c) => {
      if (!works()) return refuse(c, 503, 20503, 'Service Unavailable')
      const form = new URLSearchParams(await c.req.text())
      const problem = problemOf(form, number)
      if (problem !== undefined) return refuse(c, 400, ...problem)
      const [to, body, media] = [form.get('To') ?? '', form.get('Body') ?? '', form.getAll('MediaUrl')]
      if (store.isStopped(to)) return refuse(c, 400, 21610, 'Attempt to send to unsubscribed recipient')
      const sid = sidOf(media.length > 0 ? 'MM' : 'SM')
      later(() =>
        carry(
          {
            ...blank,
            line: 'sms',
            phone: to,
            direction: 'received',
            externalId: sid,
            at: clock.now(),
            text: body,
            status: 'delivered',
            reference: form.get('StatusCallback'),
          },
          media,
        ),
      )
      return c.json(
        {
          sid,
          account_sid: accountSid,
          api_version: '2010-04-01',
          to,
          from: number,
          body,
          status: 'queued',
          direction: 'outbound-api',
          num_segments: '1',
          num_media: String(media.length),
          error_code: null,
          error_message: null,
          price: null,
          uri: `${account}/Messages/${sid}.json`,
        },
        201,
      )
    })
    .get(`${account}/Messages/:message/Media/:file`, (c) => {
      const found = store.file(c.req.param('file'))
      if (found === undefined) return refuse(c, 404, 20404, 'The requested resource was not found')
      return c.body(new Uint8Array(found.bytes), 200, { 'content-type': found.file.mime })
    })

  const tell = ({ externalId, phone, text, files }: PhoneMessage, optOut: string | undefined): Promise<void> => {
    const media = files.flatMap(
      ({ id, mime }, at): ReadonlyArray<readonly [string, string]> => [
        [`MediaUrl${at}`, `${url()}${account}/Messages/${externalId}/Media/${id}`],
        [`MediaContentType${at}`, mime],
      ],
    )
    return postSigned(authToken, webhook(), {
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      Body: text,
      From: phone,
      MessageSid: externalId,
      NumMedia: String(files.length),
      NumSegments: '1',
      SmsMessageSid: externalId,
      SmsSid: externalId,
      SmsStatus: 'received',
      To: number,
      ...(optOut === undefined ? {} : { OptOutType: optOut }),
      ...Object.fromEntries(media),
    })
  }

  return {
    routes,
    newId: ({ files }) => sidOf(files.length > 0 ? 'MM' : 'SM'),
    wrote: async (message, by) => {
      const word = optOutType(message.text)
      await tell(message, word)
      if (word === undefined) return
      if (word !== 'HELP') store.setStopped(by.phone, word === 'STOP')
      store.add({
        ...blank,
        line: 'sms',
        phone: by.phone,
        direction: 'received',
        externalId: sidOf('SM'),
        at: clock.now(),
        text: answers[word],
        status: 'delivered',
      })
    },
    // A telephone tells nobody that a text message was seen.
    seen: () => Promise.resolve(),
  }
}
