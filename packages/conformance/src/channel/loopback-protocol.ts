import { createHmac, timingSafeEqual } from 'node:crypto'
import { type RejectedBecause, partIssues, rejectedBecause } from '@guichet/engine/domain'
import type { Automatic, Evidence, InboundEvent, InboundPart, RichPart, Sender } from '@guichet/engine/ports'

/** A file that the provider holds. */
export interface LoopbackMedia {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly size?: number
  /** SHA-256 of its bytes, in hex. */
  readonly sha256?: string
}

/** What the loopback provider says in a webhook: a body is one of these, or `{ "events": […] }` with many. */
export type LoopbackEvent =
  | {
      readonly type: 'message'
      readonly id?: string
      readonly from: Pick<Sender, 'address' | 'name' | 'email' | 'verified' | 'ip'>
      readonly text?: string
      readonly html?: string
      /** Base64. */
      readonly files?: ReadonlyArray<{ readonly name: string; readonly mime: string; readonly bytes: string }>
      /** Files that the provider holds: they are fetched by their id. */
      readonly media?: ReadonlyArray<LoopbackMedia>
      /** Answers, cards, places, as they are. */
      readonly parts?: ReadonlyArray<RichPart>
      /** Epoch milliseconds. */
      readonly at?: number
      readonly subject?: string
      readonly automatic?: Automatic
      readonly quotes?: string
      /** A token that stood in one of our messages. */
      readonly token?: string
      /** Ids of the messages that this one answers, the nearest first. */
      readonly answers?: ReadonlyArray<string>
      /** The conversation whose number stands in the subject: anybody can write that. */
      readonly about?: string
    }
  | {
      readonly type: 'status'
      readonly id: string
      readonly status: 'sent' | 'delivered' | 'read' | 'failed'
      readonly at?: number
      readonly error?: { readonly code: string; readonly message: string }
      /** The key that it was sent with. */
      readonly reference?: string
      /** Why it failed for good. */
      readonly because?: RejectedBecause
    }
  | { readonly type: 'edit'; readonly id: string; readonly text: string; readonly revision?: number }
  | { readonly type: 'delete'; readonly id: string }
  | { readonly type: 'react'; readonly id: string; readonly from: string; readonly emoji: string | null }
  | { readonly type: 'end'; readonly address: string }
  /** The customer takes back its consent, or gives it again. */
  | {
      readonly type: 'consent'
      readonly address: string
      readonly given: boolean
      readonly scope: 'all' | 'marketing'
      readonly word: string
      readonly at?: number
    }
  /** Another application gets the conversation, or gives it back. */
  | { readonly type: 'control'; readonly address: string; readonly ours: boolean; readonly by?: string }
  /** Everything was received, or seen, up to a time. */
  | {
      readonly type: 'seen'
      readonly address: string
      readonly upTo: number
      readonly status: 'delivered' | 'read'
    }
  /** Somebody of ours wrote to a customer from elsewhere, or perhaps this is what was sent by us. */
  | {
      readonly type: 'elsewhere'
      readonly id: string
      readonly to: string
      readonly text: string
      readonly at?: number
      readonly reference?: string
    }
  /** A customer has another address now. */
  | { readonly type: 'moved'; readonly from: string; readonly to: string }
  /** How the account stands. */
  | {
      readonly type: 'health'
      readonly level: 'ok' | 'warning' | 'restricted' | 'down'
      readonly code: string
      readonly about?: string
      readonly at?: number
    }
  /** Our own message, shown to us again. */
  | { readonly type: 'echo'; readonly id: string }

/** The header that carries the signature. */
export const signatureHeader = 'x-loopback-signature'

/** HMAC-SHA256 (RFC 2104) over the raw body, in hex. */
export const signatureOf = (secret: string, body: Uint8Array | string): string =>
  createHmac('sha256', secret).update(body).digest('hex')

const equal = (a: string, b: string): boolean => {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)]
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}

export const isSigned = (secret: string, body: Uint8Array, signature: string | undefined): boolean =>
  signature !== undefined && equal(signature, signatureOf(secret, body))

/** A token that leads an answer back to its conversation, and that nobody without the secret can make. */
export const tokenOf = (secret: string, conversation: string): string =>
  `${conversation}.${signatureOf(secret, `token ${conversation}`).slice(0, 32)}`

const conversationOf = (secret: string, token: string): string | undefined => {
  const conversation = token.slice(0, token.lastIndexOf('.'))
  return equal(token, tokenOf(secret, conversation)) ? conversation : undefined
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number'
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isFile = (value: unknown): boolean =>
  isFields(value) && isText(value['name']) && isText(value['mime']) && isText(value['bytes'])
const isMedia = (value: unknown): boolean =>
  isFields(value) &&
  isText(value['id']) &&
  isText(value['name']) &&
  isText(value['mime']) &&
  optional(value['size'], isNumber) &&
  optional(value['sha256'], isText)
const isListOf = (value: unknown, is: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(is)
const optional = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value)

/** Only what the protocol has: whatever else stands in a body goes no further. */
const senderOf = ({ address, name, email, verified, ip }: Sender): Sender => ({
  address,
  ...(name === undefined ? {} : { name }),
  ...(email === undefined ? {} : { email }),
  ...(verified === undefined ? {} : { verified }),
  ...(ip === undefined ? {} : { ip }),
})

/** Whether an event is complete and of the right types: what comes from outside is believed field by field. */
const isEvent = (value: unknown): value is LoopbackEvent => {
  if (!isFields(value)) return false
  switch (value['type']) {
    case 'message':
      return (
        isFields(value['from']) &&
        isText(value['from']['address']) &&
        optional(value['from']['name'], isText) &&
        optional(value['from']['email'], isText) &&
        optional(value['from']['verified'], isFlag) &&
        optional(value['from']['ip'], isText) &&
        optional(value['automatic'], (kind) => ['reply', 'bounce', 'notification'].includes(String(kind))) &&
        ['id', 'text', 'html', 'subject', 'quotes', 'token', 'about'].every((name) => optional(value[name], isText)) &&
        optional(value['at'], isNumber) &&
        optional(value['files'], (files) => isListOf(files, isFile)) &&
        optional(value['media'], (media) => isListOf(media, isMedia)) &&
        optional(value['answers'], (answers) => isListOf(answers, isText)) &&
        optional(value['parts'], (parts) => isListOf(parts, (part) => partIssues(part)?.length === 0))
      )
    case 'status':
      return (
        isText(value['id']) &&
        ['sent', 'delivered', 'read', 'failed'].includes(String(value['status'])) &&
        optional(value['at'], isNumber) &&
        optional(value['reference'], isText) &&
        optional(value['because'], (because) => rejectedBecause.some((one) => one === because)) &&
        optional(value['error'], (error) => isFields(error) && isText(error['code']) && isText(error['message']))
      )
    case 'edit':
      return isText(value['id']) && isText(value['text']) && optional(value['revision'], isNumber)
    case 'delete':
    case 'echo':
      return isText(value['id'])
    case 'react':
      return isText(value['id']) && isText(value['from']) && (value['emoji'] === null || isText(value['emoji']))
    case 'end':
      return isText(value['address'])
    case 'consent':
      return (
        isText(value['address']) &&
        isFlag(value['given']) &&
        ['all', 'marketing'].includes(String(value['scope'])) &&
        isText(value['word']) &&
        optional(value['at'], isNumber)
      )
    case 'seen':
      return (
        isText(value['address']) && isNumber(value['upTo']) && ['delivered', 'read'].includes(String(value['status']))
      )
    case 'elsewhere':
      return (
        ['id', 'to', 'text'].every((name) => isText(value[name])) &&
        optional(value['at'], isNumber) &&
        optional(value['reference'], isText)
      )
    case 'moved':
      return isText(value['from']) && isText(value['to'])
    case 'health':
      return (
        ['ok', 'warning', 'restricted', 'down'].includes(String(value['level'])) &&
        isText(value['code']) &&
        optional(value['about'], isText) &&
        optional(value['at'], isNumber)
      )
    case 'control':
      return isText(value['address']) && isFlag(value['ours']) && optional(value['by'], isText)
    default:
      return false
  }
}

const partsOf = (message: Extract<LoopbackEvent, { readonly type: 'message' }>): ReadonlyArray<InboundPart> => [
  ...(message.text === undefined ? [] : [{ _tag: 'Text' as const, text: message.text }]),
  ...(message.html === undefined ? [] : [{ _tag: 'Html' as const, html: message.html }]),
  ...(message.files ?? []).map(({ name, mime, bytes }) => ({
    _tag: 'File' as const,
    file: { name, mime, bytes: Uint8Array.from(Buffer.from(bytes, 'base64')) },
  })),
  ...(message.media ?? []).map(({ id, name, mime, size, sha256 }) => ({
    _tag: 'RemoteFile' as const,
    file: {
      name,
      mime,
      remote: { id },
      ...(size === undefined ? {} : { size }),
      ...(sha256 === undefined ? {} : { sha256 }),
    },
  })),
  ...(message.parts ?? []),
]

/** Strongest first; a token that was not made with this account's secret is no evidence at all. */
const evidenceOf = (
  message: Extract<LoopbackEvent, { readonly type: 'message' }>,
  secret: string,
): ReadonlyArray<Evidence> => {
  const conversation = message.token === undefined ? undefined : conversationOf(secret, message.token)
  return [
    ...(conversation === undefined ? [] : [{ by: 'token' as const, conversation }]),
    ...(message.answers ?? []).map((externalId) => ({ by: 'externalId' as const, externalId })),
    ...(message.about === undefined ? [] : [{ by: 'subject' as const, conversation: message.about }]),
  ]
}

const understand = (event: LoopbackEvent, secret: string): InboundEvent => {
  switch (event.type) {
    case 'message': {
      const { id, from, at, subject, automatic, quotes } = event
      return {
        _tag: 'MessageReceived',
        from: senderOf(from),
        parts: partsOf(event),
        evidence: evidenceOf(event, secret),
        ...(id === undefined ? {} : { externalId: id }),
        ...(at === undefined ? {} : { sentAt: at }),
        ...(subject === undefined ? {} : { subject }),
        ...(automatic === undefined ? {} : { automatic }),
        ...(quotes === undefined ? {} : { quotes }),
      }
    }
    case 'status': {
      const { id, status, at, error, reference, because } = event
      return {
        _tag: 'DeliveryReported',
        externalId: id,
        status,
        ...(at === undefined ? {} : { at }),
        ...(error === undefined ? {} : { error }),
        ...(reference === undefined ? {} : { reference }),
        ...(because === undefined ? {} : { because }),
      }
    }
    case 'edit': {
      const { id: externalId, text, revision } = event
      const numbered = revision === undefined ? {} : { revision }
      return { _tag: 'MessageEdited', externalId, parts: [{ _tag: 'Text', text }], ...numbered }
    }
    case 'delete':
      return { _tag: 'MessageDeleted', externalId: event.id }
    case 'react':
      return { _tag: 'Reacted', externalId: event.id, from: event.from, emoji: event.emoji }
    case 'end':
      return { _tag: 'Ended', address: event.address }
    case 'consent': {
      const { type: _, word, at, ...said } = event
      return { _tag: 'ConsentChanged', ...said, by: word, ...(at === undefined ? {} : { at }) }
    }
    case 'control': {
      const { address, ours, by } = event
      return { _tag: 'ControlChanged', address, ours, ...(by === undefined ? {} : { by }) }
    }
    case 'seen': {
      const { address, upTo, status } = event
      return { _tag: 'ReadBefore', address, upTo, status }
    }
    case 'elsewhere': {
      const { id, to, text, at, reference } = event
      return {
        _tag: 'MessageEchoed',
        externalId: id,
        to,
        parts: [{ _tag: 'Text', text }],
        ...(at === undefined ? {} : { sentAt: at }),
        ...(reference === undefined ? {} : { reference }),
      }
    }
    case 'moved':
      return { _tag: 'AddressChanged', from: event.from, to: event.to }
    case 'health': {
      const { level, code, about, at } = event
      return {
        _tag: 'HealthReported',
        level,
        code,
        message: code,
        ...(about === undefined ? {} : { about }),
        ...(at === undefined ? {} : { at }),
      }
    }
    case 'echo':
      return { _tag: 'Ignored', reason: 'our own message' }
  }
}

const notUnderstood = (raw: Uint8Array): InboundEvent => ({
  _tag: 'Unreadable',
  reason: 'not an event of this protocol',
  raw,
})

const read = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** The events of a body, in its order; one that cannot be understood is named as such, with its own bytes. */
export const parseBody = (body: Uint8Array, secret: string): ReadonlyArray<InboundEvent> => {
  const said = read(body)
  if (!isFields(said) || !Array.isArray(said['events'])) {
    return [isEvent(said) ? understand(said, secret) : notUnderstood(body.slice())]
  }
  return (said['events'] as ReadonlyArray<unknown>).map((event) =>
    isEvent(event) ? understand(event, secret) : notUnderstood(new TextEncoder().encode(JSON.stringify(event))),
  )
}
