import { createHash, randomBytes } from 'node:crypto'
import { recordAt, textAt } from '../fields.ts'
import type { Files } from '../files.ts'
import { bears } from '../graph/authorised.ts'
import { stepsOf } from '../graph/path.ts'
import { type GraphProblem, graphRefusal, inTrouble, nothing, tokenExpired, unknownObject } from '../graph/problem.ts'
import { type Answer, type Fate, json } from '../http/answer.ts'
import { type Api, type Asked, formOf, jsonOf } from '../http/api.ts'
import { isTold, issuesOf } from './message-rules.ts'
import { type MessageTemplate, templateList, templateProblem } from './templates.ts'

export type CloudApiPlace = 'messages' | 'media' | 'templates' | 'lookup' | 'file'

/** A message that breaks no rule. */
export interface TakenMessage {
  readonly id: string
  /** The number without its plus, or an id that hides it. */
  readonly to: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What is told of a message of a customer. */
export interface Told {
  readonly id: string
  /** Somebody types an answer. */
  readonly typing: boolean
  readonly body: Readonly<Record<string, unknown>>
}

/** The number that is served, and what is known of its conversations. */
export interface CloudApiHost {
  readonly phoneNumberId: string
  readonly businessAccountId: string
  /** The only token that is known. */
  readonly token: () => string
  /** Where this API is. */
  readonly origin: () => string
  readonly files: Files
  /** Those of the account; any template may be sent where this is not said. */
  readonly templates?: ReadonlyArray<MessageTemplate>
  /** Whether the customer has written within the day. */
  readonly isOpen: (to: string) => boolean
  /** Hears that a message of a customer was read. False when there is none such. */
  readonly see: (told: Told) => boolean
  /** Takes a message; what it returns is said in place of the usual answer. */
  readonly take: (message: TakenMessage) => Fate | undefined | Promise<Fate | undefined>
}

/** As they look: unique, and long. */
export const newWamid = (): string => `wamid.${randomBytes(24).toString('base64url')}`

const windowClosed: GraphProblem = {
  code: 131_047,
  message: 'Re-engagement message',
  details:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
}

const notValid = (details: string): GraphProblem => ({
  code: 131_009,
  message: 'Parameter value is not valid',
  details,
})

const problemOf = (body: Readonly<Record<string, unknown>>, host: CloudApiHost): GraphProblem | undefined => {
  const [issue] = issuesOf(body, { has: (id) => host.files.get(id) !== undefined })
  if (issue !== undefined) return notValid(issue)
  if (isTold(body)) return undefined
  const to = textAt(body, 'to') ?? textAt(body, 'recipient') ?? ''
  if (body['type'] !== 'template') return host.isOpen(to) ? undefined : windowClosed
  return host.templates === undefined ? undefined : templateProblem(host.templates, body['template'])
}

const messages = async (asked: Asked, host: CloudApiHost): Promise<Fate> => {
  const body = recordAt(jsonOf(asked))
  const problem = problemOf(body, host)
  if (problem !== undefined) return graphRefusal(problem)
  if (isTold(body)) {
    const typing = textAt(body, 'typing_indicator', 'type') === 'text'
    const seen = host.see({ id: textAt(body, 'message_id') ?? '', typing, body })
    return seen ? json(200, { success: true }) : graphRefusal(notValid('message_id'))
  }
  const message = { id: newWamid(), to: textAt(body, 'to') ?? textAt(body, 'recipient') ?? '', body }
  const instead = await host.take(message)
  const contacts = [{ input: message.to, wa_id: message.to }]
  return instead ?? json(200, { messaging_product: 'whatsapp', contacts, messages: [{ id: message.id }] })
}

const upload = async (asked: Asked, { files }: CloudApiHost): Promise<Answer> => {
  const form = await formOf(asked)
  const file = form?.get('file')
  if (form?.get('messaging_product') !== 'whatsapp') return graphRefusal(notValid('messaging_product'))
  if (!(file instanceof File) || form.get('type') !== file.type) return graphRefusal(notValid('file'))
  const bytes = new Uint8Array(await file.arrayBuffer())
  return json(200, { id: files.keep({ name: file.name, mime: file.type, bytes }) })
}

const lookUp = (id: string, { files, origin }: CloudApiHost): Answer => {
  const file = files.get(id)
  if (file === undefined) return graphRefusal(unknownObject)
  return json(200, {
    messaging_product: 'whatsapp',
    url: `${origin()}/whatsapp_business/attachments/${id}`,
    mime_type: file.mime,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    file_size: file.bytes.byteLength,
    id,
  })
}

const download = (id: string, { files }: CloudApiHost): Answer => {
  const file = files.get(id)
  return file === undefined
    ? { status: 404 }
    : { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
}

/** The Cloud API of WhatsApp, for one number and its account. */
export const cloudApi = (host: CloudApiHost): Api<CloudApiPlace> => {
  const placeOf = (method: string, { pathname: path }: URL): CloudApiPlace | undefined => {
    if (method === 'GET' && path.startsWith('/whatsapp_business/attachments/')) return 'file'
    const [node, edge, ...more] = stepsOf(path) ?? []
    if (node === undefined || more.length > 0) return undefined
    if (method === 'POST' && node === host.phoneNumberId)
      return edge === 'messages' || edge === 'media' ? edge : undefined
    if (method !== 'GET') return undefined
    if (edge === undefined) return 'lookup'
    return node === host.businessAccountId && edge === 'message_templates' ? 'templates' : undefined
  }
  const answer = (place: CloudApiPlace, asked: Asked): Fate | Promise<Fate> => {
    if (!bears(asked, host.token())) return graphRefusal(tokenExpired)
    const id = asked.url.pathname.split('/').at(-1) ?? ''
    switch (place) {
      case 'messages':
        return messages(asked, host)
      case 'media':
        return upload(asked, host)
      case 'templates':
        return templateList(host.templates ?? [], asked)
      case 'lookup':
        return lookUp(id, host)
      case 'file':
        return download(id, host)
    }
  }
  return { placeOf, answer, inTrouble, nothing }
}
