import { randomUUID } from 'node:crypto'
import type { Files } from '../files.ts'
import { type Answer, type Fate, json } from '../http/answer.ts'
import type { Api, Asked } from '../http/api.ts'
import { formProblem } from './form-rules.ts'

export type MessagesApiPlace = 'messages' | 'media'

/** A message that breaks no rule. */
export interface TakenMessage {
  readonly sid: string
  readonly to: string
  readonly text: string
  /** Where its files are. */
  readonly media: ReadonlyArray<string>
  /** Where reports on it go. */
  readonly callback: string | null
}

/** The account that is served. */
export interface MessagesApiHost {
  readonly accountSid: string
  readonly authToken: string
  /** The numbers of the account, as E.164. */
  readonly numbers: ReadonlyArray<string>
  readonly files: Files
  /** Whether this telephone takes nothing more from the account. */
  readonly isStopped: (to: string) => boolean
  /** Takes a message; what it returns is said in place of the usual answer. */
  readonly take: (message: TakenMessage) => Fate | undefined | Promise<Fate | undefined>
}

/** As they look: messages with files begin with `MM`. */
export const newSid = (files: number): string => `${files > 0 ? 'MM' : 'SM'}${randomUUID().replaceAll('-', '')}`

const refusal = (status: number, code: number, message: string): Answer =>
  json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })

/** Twilio's interface for the messages of one account. */
export const messagesApi = (host: MessagesApiHost): Api<MessagesApiPlace> => {
  const { accountSid, authToken, numbers, files, isStopped, take } = host
  const messagesPath = `/2010-04-01/Accounts/${accountSid}/Messages`
  const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`

  const create = async ({ body }: Asked): Promise<Fate> => {
    const form = new URLSearchParams(new TextDecoder().decode(body))
    const problem = formProblem(form, numbers)
    if (problem !== undefined) return refusal(400, problem.code, problem.message)
    const [to, text, media] = [form.get('To') ?? '', form.get('Body') ?? '', form.getAll('MediaUrl')]
    if (isStopped(to)) return refusal(400, 21_610, 'Attempt to send to unsubscribed recipient')
    const sid = newSid(media.length)
    const instead = await take({ sid, to, text, media, callback: form.get('StatusCallback') })
    if (instead !== undefined) return instead
    return json(201, {
      sid,
      account_sid: accountSid,
      api_version: '2010-04-01',
      to,
      from: form.get('From'),
      messaging_service_sid: form.get('MessagingServiceSid'),
      body: text,
      status: 'queued',
      direction: 'outbound-api',
      num_segments: '1',
      num_media: String(media.length),
      error_code: null,
      error_message: null,
      price: null,
      uri: `${messagesPath}/${sid}.json`,
    })
  }

  const download = (id: string): Answer => {
    const file = files.get(id)
    return file === undefined
      ? refusal(404, 20_404, 'The requested resource was not found')
      : { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
  }

  return {
    inTrouble: refusal(503, 20_503, 'Service Unavailable'),
    nothing: refusal(404, 20_404, 'The requested resource was not found'),
    placeOf: (method, { pathname: path }) => {
      if (method === 'POST') return path === `${messagesPath}.json` ? 'messages' : undefined
      return method === 'GET' && path.startsWith(`${messagesPath}/`) && path.includes('/Media/') ? 'media' : undefined
    },
    answer: (place, asked) => {
      if (asked.headers['authorization'] !== expected) return refusal(401, 20_003, 'Authenticate')
      return place === 'messages' ? create(asked) : download(asked.url.pathname.split('/').at(-1) ?? '')
    },
  }
}
