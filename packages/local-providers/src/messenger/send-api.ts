import { randomBytes } from 'node:crypto'
import { hmac } from '@guichet/channel-kit'
import { recordAt, textAt } from '../fields.ts'
import type { Files } from '../files.ts'
import { bears } from '../graph/authorised.ts'
import { stepsOf } from '../graph/path.ts'
import { type GraphProblem, graphRefusal, inTrouble, nothing, tokenExpired, unknownObject } from '../graph/problem.ts'
import { type Answer, type Fate, json } from '../http/answer.ts'
import { type Api, type Asked, formOf, jsonOf } from '../http/api.ts'
import { type ActionBody, actionFailure, type ControlBody, controlFailure } from './beside-rules.ts'
import { recipientOf, type SendBody, sendFailure } from './send-rules.ts'

export type SendApiPlace = 'messages' | 'message_attachments' | 'control' | 'profile' | 'file'

/** A message that breaks no rule. */
export interface TakenMessage {
  readonly mid: string
  readonly to: string
  readonly body: SendBody
}

/** The page or account that is served, and what is known of its conversations. */
export interface SendApiHost {
  readonly product: 'messenger' | 'instagram'
  /** The id of the page or account. */
  readonly node: string
  /** The only token that is known. */
  readonly token: () => string
  /** The secret of the application, where requests have to prove that they know it. */
  readonly proofSecret?: string
  /** What uploads have to say, where a page serves two products. */
  readonly platform?: 'instagram'
  readonly files: Files
  readonly now: () => number
  /** When somebody wrote last, epoch milliseconds; undefined for whom the page does not know. */
  readonly wroteAt: (to: string) => number | undefined
  /** Who somebody is, by the names of the fields of a profile; undefined where the page may not know. */
  readonly profileOf: (id: string) => Readonly<Record<string, string>> | undefined
  /** What is shown beside messages. */
  readonly act: (action: ActionBody) => void
  /** Another application is to have a conversation, or this one; `edge` says how. */
  readonly control?: (edge: string, body: ControlBody) => void
  /** Takes a message; what it returns is said in place of the usual answer. */
  readonly take: (message: TakenMessage) => Fate | undefined | Promise<Fate | undefined>
}

/** As they look: unique, and long. */
export const newMid = (): string => `m_${randomBytes(30).toString('base64url')}`

const invalid = (subcode: number, message: string): GraphProblem => ({ code: 100, subcode, message })

const denied = (asked: Asked, { token, proofSecret }: SendApiHost): GraphProblem | undefined => {
  if (!bears(asked, token())) return tokenExpired
  if (proofSecret === undefined) return undefined
  return asked.url.searchParams.get('appsecret_proof') === hmac('sha256', proofSecret, token(), 'hex')
    ? undefined
    : { code: 100, message: 'Invalid appsecret_proof' }
}

/** The Send API, for one page or account. */
export const sendApi = (host: SendApiHost): Api<SendApiPlace> => {
  const { product, node, platform, files, now, wroteAt, profileOf, act, control, take } = host
  const isHeld = (id: string, type: string): boolean => {
    const file = files.get(id)
    return file !== undefined && (file.as ?? type) === type
  }

  const known = (who: string): boolean => wroteAt(who) !== undefined

  const show = (body: ActionBody): Answer => {
    const failure = actionFailure(body, { product, known })
    if (failure !== undefined) return graphRefusal(failure)
    act(body)
    return json(200, { recipient_id: body.recipient?.id })
  }

  const passOn = (edge: string, body: ControlBody): Answer => {
    const failure = controlFailure(edge, body, known)
    if (failure !== undefined) return graphRefusal(failure)
    control?.(edge, body)
    return json(200, { success: true })
  }

  /** Only the fields that are asked for. */
  const tellOf = (id: string, fields: ReadonlyArray<string>): Answer => {
    const profile = profileOf(id)
    if (profile === undefined) return graphRefusal(unknownObject)
    return json(200, { ...Object.fromEntries(Object.entries(profile).filter(([name]) => fields.includes(name))), id })
  }

  const messages = async (asked: Asked): Promise<Fate> => {
    const body = recordAt(jsonOf(asked)) as SendBody & ActionBody
    if (body.sender_action !== undefined) return show(body)
    const to = recipientOf(body)
    const failure = sendFailure(body, { product, wroteAt, isHeld, now: now() })
    if (failure !== undefined || to === undefined) return graphRefusal(failure ?? invalid(2_018_001, 'Nobody'))
    const mid = newMid()
    return (await take({ mid, to, body })) ?? json(200, { recipient_id: to, message_id: mid })
  }

  const upload = async (asked: Asked): Promise<Answer> => {
    const form = await formOf(asked)
    const [data, said] = [form?.get('filedata'), form?.get('message')]
    if (!(data instanceof File) || typeof said !== 'string' || (form?.get('platform') ?? undefined) !== platform)
      return graphRefusal(invalid(2_018_047, 'Upload attachment failure'))
    const bytes = new Uint8Array(await data.arrayBuffer())
    const as = textAt(JSON.parse(said), 'attachment', 'type') ?? 'file'
    return json(200, { attachment_id: files.keep({ name: data.name, mime: data.type, bytes, as }) })
  }

  const download = (id: string): Answer => {
    const file = files.get(id)
    if (file === undefined) return { status: 404 }
    const headers = {
      'content-type': file.mime,
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    }
    return { status: 200, headers, body: file.bytes }
  }

  return {
    inTrouble,
    nothing,
    placeOf: (method, { pathname, searchParams }) => {
      if (method === 'GET' && pathname.startsWith('/messenger/attachments/')) return 'file'
      const [first, edge = '', ...more] = stepsOf(pathname) ?? []
      if (first === undefined || more.length > 0) return undefined
      if (method === 'GET') return edge === '' && searchParams.has('fields') ? 'profile' : undefined
      if (method !== 'POST' || first !== node) return undefined
      if (edge.endsWith('_thread_control')) return 'control'
      return edge === 'messages' || edge === 'message_attachments' ? edge : undefined
    },
    answer: (place, asked) => {
      const { pathname, searchParams } = asked.url
      const last = pathname.split('/').at(-1) ?? ''
      // Whoever has the address of a file may have it, as with Meta's own.
      if (place === 'file') return download(pathname.split('/')[3] ?? '')
      const refused = denied(asked, host)
      if (refused !== undefined) return graphRefusal(refused)
      switch (place) {
        case 'messages':
          return messages(asked)
        case 'message_attachments':
          return upload(asked)
        case 'control':
          return passOn(last, recordAt(jsonOf(asked)))
        case 'profile':
          return tellOf(last, searchParams.get('fields')?.split(',') ?? [])
      }
    },
  }
}
