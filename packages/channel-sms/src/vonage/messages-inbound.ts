import { field, idAt, listAt, numberAt, readJson, textAt } from '@guichet/channel-kit'
import type { InboundEvent, InboundPart, Json, WireRequest } from '@guichet/engine/ports'
import { carriedAddress } from '../channel/carried.ts'
import { instantOf } from '../inbound/instant.ts'
import type { RemoteMedia } from '../inbound/media.ts'
import { fromNobody, received } from '../inbound/received.ts'
import { soundPart } from '../inbound/sound.ts'
import { reported } from '../inbound/reported.ts'
import type { NumberReading } from '../number/number.ts'
import { withOptOuts } from '../send/verdict.ts'
import { vonageMessagesErrors } from './errors.ts'
import type { VonageSettings } from './settings.ts'
import { vonageStatuses } from './statuses.ts'

/** JSON of the Messages API; undefined for what the SMS API sends. */
export const messagesBody = (request: WireRequest): Json | undefined => {
  if (request.method.toUpperCase() === 'GET') return undefined
  const read = readJson(request.body)
  return read.ok && idAt(read.value, 'message_uuid') !== undefined ? read.value : undefined
}

/** Version 0.1 has an object where version 1 has a text. */
export const numberIn = (body: Json, name: string): string | undefined =>
  idAt(body, name) ?? idAt(body, name, 'number') ?? idAt(body, name, 'id')

const customerIn = (body: Json, name: string): string | undefined => {
  const number = numberIn(body, name)
  return number === undefined || number.trim() === ''
    ? undefined
    : carriedAddress(textAt(body, 'channel') ?? textAt(body, name, 'type'), number)
}

/** Kinds of files, and what is known of their type before they are there. */
const types: Readonly<Record<string, string | undefined>> = {
  image: 'image/jpeg',
  audio: undefined,
  video: undefined,
  file: undefined,
  vcard: 'text/vcard',
  sticker: 'image/webp',
}

const mediaIn = (content: unknown): ReadonlyArray<RemoteMedia> =>
  Object.keys(types).flatMap((kind) => {
    const url = textAt(content, kind, 'url')
    return url === undefined || url === '' ? [] : [{ url, name: textAt(content, kind, 'name'), mime: types[kind] }]
  })

const textIn = (content: unknown): string | undefined =>
  [content, ...Object.keys(types).map((kind) => field(content, kind))]
    .map((one) => textAt(one, 'text') ?? textAt(one, 'caption'))
    .find((text) => text !== undefined)

const richIn = (content: unknown): ReadonlyArray<InboundPart> => {
  const [place, reply, button] = ['location', 'reply', 'button'].map((name) => field(content, name))
  const latitude = numberAt(place, 'lat')
  const longitude = numberAt(place, 'long')
  const choice = idAt(reply, 'id') ?? textAt(button, 'payload')
  const label = textAt(reply, 'title') ?? textAt(button, 'text') ?? choice
  return [
    ...(latitude === undefined || longitude === undefined
      ? []
      : [
          soundPart(
            { _tag: 'Location', latitude, longitude },
            { label: textAt(place, 'name'), address: textAt(place, 'address') },
          ),
        ]),
    ...(choice === undefined || label === undefined ? [] : [soundPart({ _tag: 'Chosen', choice, label })]),
  ]
}

/** Version 1 has its contents beside the rest, or several of them in a list; version 0.1 has them in `message`. */
const contentsOf = (body: Json): ReadonlyArray<unknown> => {
  const old = field(body, 'message', 'content')
  const several = listAt(body, 'content').map((one) => ({
    [textAt(one, 'type') ?? '']: one,
    text: textAt(one, 'text'),
  }))
  return [old ?? body, ...several]
}

const kindOf = (body: Json): string => {
  const kind = textAt(body, 'message_type') ?? textAt(body, 'message', 'content', 'type') ?? 'text'
  return kind.trim() === '' ? 'unknown' : kind.slice(0, 100)
}

/** A message that has come in by the Messages API. */
export const messageOf = (body: Json, reading: NumberReading, request: WireRequest): ReadonlyArray<InboundEvent> => {
  const from = customerIn(body, 'from')
  if (from === undefined) return fromNobody(request)
  const contents = contentsOf(body)
  const text = contents.flatMap((one) => textIn(one) ?? []).join('\n')
  const media = contents.flatMap(mediaIn)
  const parts = contents.flatMap(richIn)
  const known = kindOf(body) === 'text' || text !== '' || media.length > 0 || parts.length > 0
  const unknown: InboundPart = { _tag: 'Unsupported', kind: kindOf(body) }
  return received(
    {
      id: idAt(body, 'message_uuid'),
      from,
      text,
      media,
      parts: known ? parts : [unknown],
      sentAt: instantOf(textAt(body, 'timestamp')),
      name: textAt(body, 'profile', 'name'),
      quotes: idAt(body, 'context', 'message_uuid'),
    },
    reading,
    request,
  )
}

/** `type` is an address with the code behind `#`, or `title` is the code; of old it stood in `code`. */
export const errorCode = (error: unknown): string | undefined => {
  const type = idAt(error, 'type')
  if (type === undefined) return idAt(error, 'code')
  return /^\d+$/.exec(idAt(error, 'title') ?? '')?.[0] ?? type.slice(type.indexOf('#') + 1)
}

/** A report of the Messages API. */
export const statusOf = (body: Json, settings: VonageSettings, reading: NumberReading): ReadonlyArray<InboundEvent> => {
  const error = field(body, 'error')
  return reported(
    {
      id: idAt(body, 'message_uuid'),
      reference: textAt(body, 'client_ref'),
      status: (textAt(body, 'status') ?? '').toLowerCase(),
      to: customerIn(body, 'to'),
      at: instantOf(textAt(body, 'timestamp')),
      code: errorCode(error),
      reason: textAt(error, 'detail') ?? textAt(error, 'reason') ?? textAt(error, 'title'),
    },
    { statuses: vonageStatuses, codes: withOptOuts(vonageMessagesErrors, settings.optOutCodes) },
    reading,
  )
}
