import { hmac } from '@guichet/channel-kit'

const version = '2010-04-01'

/** A form as Twilio signs it: the address and the sorted fields. Source: Twilio, "Webhooks security". */
export const signedForm = (
  authToken: string,
  url: string,
  form: Readonly<Record<string, string>>,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } => {
  const fields = Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = url + fields.map(([name, value]) => name + value).join('')
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': hmac('sha1', authToken, text, 'base64'),
    },
    body: new URLSearchParams(form).toString(),
  }
}

/** A message of a customer. */
export interface IncomingMessage {
  readonly accountSid: string
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly text: string
  readonly media: ReadonlyArray<{ readonly url: string; readonly mime: string }>
  /** What Twilio has made of it. */
  readonly optOut?: string
}

export const incomingForm = (message: IncomingMessage): Readonly<Record<string, string>> => {
  const { accountSid, sid, from, to, text, media, optOut } = message
  const files = media.flatMap(
    ({ url, mime }, at): ReadonlyArray<readonly [string, string]> => [
      [`MediaUrl${at}`, url],
      [`MediaContentType${at}`, mime],
    ],
  )
  return {
    AccountSid: accountSid,
    ApiVersion: version,
    Body: text,
    From: from,
    MessageSid: sid,
    NumMedia: String(media.length),
    NumSegments: '1',
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: 'received',
    To: to,
    ...(optOut === undefined ? {} : { OptOutType: optOut }),
    ...Object.fromEntries(files),
  }
}

/** What is reported of a message of the account, to the address that it named. */
export const statusForm = (report: {
  readonly accountSid: string
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly status: 'sent' | 'delivered' | 'undelivered' | 'failed'
  readonly code?: number
}): Readonly<Record<string, string>> => ({
  AccountSid: report.accountSid,
  ApiVersion: version,
  From: report.from,
  MessageSid: report.sid,
  MessageStatus: report.status,
  SmsSid: report.sid,
  SmsStatus: report.status,
  To: report.to,
  ...(report.code === undefined ? {} : { ErrorCode: String(report.code) }),
})
