import { field, idAt, readJson, textAt } from '@guichet/channel-kit'
import type { InboundEvent, Json, WireRequest } from '@guichet/engine/ports'
import { fieldsOf, said } from '../inbound/fields.ts'
import { instantOf } from '../inbound/instant.ts'
import { received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { isOurs } from '../number/number.ts'
import { vonageMessagesErrors, vonageReceiptErrors } from './errors.ts'
import type { VonageSettings } from './settings.ts'
import { vonageStatuses } from './statuses.ts'

/** `2026-11-22 11:59:58`, in UTC. */
const utc = (text: string | undefined): number | undefined =>
  instantOf(text === undefined ? text : `${text.replace(' ', 'T')}Z`)

/** `YYMMDDhhmm`, in UTC. */
const receiptTime = (text: string | undefined): number | undefined => {
  const [, year, month, day, hour, minute] = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? []
  return year === undefined ? undefined : instantOf(`20${year}-${month}-${day}T${hour}:${minute}:00Z`)
}

const reading = ({ country }: VonageSettings) => ({ country, international: true })

/** Parts of a long message come one by one, and are kept as they come: nobody knows whether the others will. */
const partMeta = (form: URLSearchParams): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['concat-ref', 'concat-total', 'concat-part', 'keyword', 'udh', 'data'].flatMap((name) => {
      const value = said(form, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** A message or a receipt of the SMS API. */
const ofFields = (form: URLSearchParams, settings: VonageSettings): ReadonlyArray<InboundEvent> => {
  const from = said(form, 'msisdn')
  const status = said(form, 'status')
  if (status !== undefined) {
    const code = said(form, 'err-code')
    return reported(
      {
        id: said(form, 'messageId') ?? said(form, 'message-id'),
        reference: said(form, 'client-ref'),
        status: status.toLowerCase(),
        to: from,
        at: receiptTime(said(form, 'scts')),
        ...(code === undefined || code === '0' ? {} : { code }),
      },
      vonageStatuses,
      vonageReceiptErrors,
      reading(settings),
    )
  }
  if (from === undefined || from.trim() === '') return [{ _tag: 'Ignored', reason: 'a message from nobody' }]
  const binary = said(form, 'type') === 'binary'
  return received(
    {
      id: said(form, 'messageId') ?? said(form, 'message-id'),
      from,
      text: form.get('text') ?? '',
      parts: binary ? [{ _tag: 'Unsupported', kind: 'binary' }] : [],
      sentAt: utc(said(form, 'message-timestamp')),
      meta: partMeta(form),
    },
    reading(settings),
  )
}

const numberIn = (body: Json, name: string): string | undefined =>
  idAt(body, name) ?? idAt(body, name, 'number') ?? idAt(body, name, 'id')

const media = ['image', 'audio', 'video', 'file', 'vcard'] as const

const types: Readonly<Record<(typeof media)[number], string | undefined>> = {
  image: 'image/jpeg',
  audio: undefined,
  video: undefined,
  file: undefined,
  vcard: 'text/vcard',
}

const messageOf = (body: Json, settings: VonageSettings): ReadonlyArray<InboundEvent> => {
  const from = numberIn(body, 'from')
  if (from === undefined) return [{ _tag: 'Ignored', reason: 'a message from nobody' }]
  const files = media.flatMap((kind) => {
    const url = textAt(body, kind, 'url')
    return url === undefined ? [] : [{ url, mime: types[kind] }]
  })
  const kind = textAt(body, 'message_type') ?? 'text'
  const known = kind === 'text' || files.length > 0
  const caption = media.map((name) => textAt(body, name, 'caption')).find((text) => text !== undefined)
  return received(
    {
      id: idAt(body, 'message_uuid'),
      from,
      text: textAt(body, 'text') ?? caption ?? '',
      media: files,
      parts: known ? [] : [{ _tag: 'Unsupported', kind: kind.slice(0, 100) }],
      sentAt: instantOf(textAt(body, 'timestamp')),
    },
    reading(settings),
  )
}

const statusOf = (body: Json, settings: VonageSettings): ReadonlyArray<InboundEvent> =>
  reported(
    {
      id: idAt(body, 'message_uuid'),
      reference: textAt(body, 'client_ref'),
      status: (textAt(body, 'status') ?? '').toLowerCase(),
      to: numberIn(body, 'to'),
      at: instantOf(textAt(body, 'timestamp')),
      code: errorCode(field(body, 'error')),
      reason: textAt(body, 'error', 'detail') ?? textAt(body, 'error', 'title'),
    },
    vonageStatuses,
    vonageMessagesErrors,
    reading(settings),
  )

/** `type` is an address with the code behind `#`; of old it was the code itself. */
export const errorCode = (error: unknown): string | undefined => {
  const type = idAt(error, 'type')
  if (type === undefined) return undefined
  return /^\d+$/.exec(idAt(error, 'title') ?? '')?.[0] ?? type.slice(type.indexOf('#') + 1)
}

/** JSON of the Messages API; undefined for what the SMS API sends. */
const messagesBody = (request: WireRequest): Json | undefined => {
  const read = readJson(request.body)
  return read.ok && idAt(read.value, 'message_uuid') !== undefined ? read.value : undefined
}

const sidesOf = (request: WireRequest): ReadonlyArray<string> => {
  const body = messagesBody(request)
  const form = body === undefined ? fieldsOf(request) : undefined
  const side =
    body === undefined ? form && said(form, 'to') : numberIn(body, textAt(body, 'status') === undefined ? 'to' : 'from')
  return side === undefined ? [] : [side]
}

/** Whose messages a request is about: a number. */
export const vonageAccountsOf = sidesOf

/** What a webhook of Vonage means. */
export const parseVonage = (request: WireRequest, settings: VonageSettings): ReadonlyArray<InboundEvent> => {
  const body = messagesBody(request)
  const form = body === undefined ? fieldsOf(request) : undefined
  if (body === undefined && form === undefined) return [{ _tag: 'Unreadable', reason: 'not JSON', raw: request.body }]
  const sides = sidesOf(request)
  if (sides.length === 0) return [{ _tag: 'Ignored', reason: 'about no message' }]
  if (!isOurs(sides, settings, true)) return [{ _tag: 'Ignored', reason: `another account: ${sides.join(', ')}` }]
  if (form !== undefined) return ofFields(form, settings)
  if (body === undefined) return []
  return textAt(body, 'status') === undefined ? messageOf(body, settings) : statusOf(body, settings)
}
