import type { ClientFrame, SessionRequest } from './frames.ts'
import { maxTextLength } from './limits.ts'
import type { AnswerFrame } from './parts.ts'

/*
 * Decoders by hand: every field is read as an own property, checked and copied into a fresh record. What the sender
 * made is never spread, merged or used as a key, so `__proto__` in it is only a name that nobody asks for.
 */

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

const field = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined)

const text = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' && value.length <= max ? value : undefined

const seq = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const parse = (json: string): Fields | undefined => {
  try {
    return fieldsOf(JSON.parse(json))
  } catch {
    return undefined
  }
}

const hello = (fields: Fields): ClientFrame | undefined => {
  const sessionToken = text(field(fields, 'sessionToken'), 8192)
  const lastSeq = seq(field(fields, 'lastSeq'))
  const conversation = field(fields, 'conversation')
  if (sessionToken === undefined || lastSeq === undefined) return undefined
  if (conversation === undefined || conversation === null) return { type: 'hello', sessionToken, lastSeq }
  const named = text(conversation, 200)
  return named === undefined ? undefined : { type: 'hello', sessionToken, lastSeq, conversation: named }
}

const most = { id: 200, values: 100, value: 10_000 }

/** Whatever the names are, they are only ever own properties of a fresh record. */
const values = (value: unknown): Readonly<Record<string, string | number | boolean>> | undefined => {
  const given = fieldsOf(value)
  const entries = given === undefined ? [] : Object.entries(given)
  const isValue = (one: unknown): one is string | number | boolean =>
    text(one, most.value) !== undefined || typeof one === 'boolean' || (typeof one === 'number' && Number.isFinite(one))
  if (given === undefined || entries.length > most.values) return undefined
  const sound = entries.every(([name, one]) => name.length <= most.id && isValue(one))
  return sound ? (Object.fromEntries(entries) as Readonly<Record<string, string | number | boolean>>) : undefined
}

const answer = (value: unknown): AnswerFrame | undefined => {
  const fields = fieldsOf(value)
  if (fields === undefined) return undefined
  const type = field(fields, 'type')
  if (type === 'chosen') {
    const [id, label] = [text(field(fields, 'id'), most.id), text(field(fields, 'label'), most.id)]
    return id === undefined || label === undefined ? undefined : { type, id, label }
  }
  const [form, given] = [text(field(fields, 'form'), most.id), values(field(fields, 'values'))]
  return type !== 'answer' || form === undefined || given === undefined ? undefined : { type, form, values: given }
}

const send = (fields: Fields): ClientFrame | undefined => {
  const clientId = text(field(fields, 'clientId'), 36)?.toLowerCase()
  const body = text(field(fields, 'text'), maxTextLength)
  const files = field(fields, 'files') ?? []
  const quote = field(fields, 'quote')
  if (clientId === undefined || !uuid.test(clientId) || body === undefined) return undefined
  if (!Array.isArray(files) || files.length > 100) return undefined
  const ids = files.map((id: unknown) => text(id, 64))
  if (!ids.every((id) => id !== undefined)) return undefined
  const said = field(fields, 'answer')
  const answered = said === undefined || said === null ? undefined : answer(said)
  if (answered === undefined && said !== undefined && said !== null) return undefined
  const frame = { type: 'send', clientId, text: body, files: ids, ...(answered && { answer: answered }) } as const
  if (quote === undefined || quote === null) return frame
  const quoted = seq(quote)
  return quoted === undefined ? undefined : { ...frame, quote: quoted }
}

/** A frame of a client, or undefined for everything that is none. */
export const decodeFrame = (json: string): ClientFrame | undefined => {
  const fields = parse(json)
  if (fields === undefined) return undefined
  const type = field(fields, 'type')
  switch (type) {
    case 'hello':
      return hello(fields)
    case 'send':
      return send(fields)
    case 'fetch': {
      const after = seq(field(fields, 'after'))
      return after === undefined ? undefined : { type, after }
    }
    case 'ack':
    case 'read': {
      const upTo = seq(field(fields, 'seq'))
      return upTo === undefined ? undefined : { type, seq: upTo }
    }
    case 'typing': {
      const on = field(fields, 'on')
      return typeof on === 'boolean' ? { type, on } : undefined
    }
    case 'end':
    case 'ping':
      return { type }
    default:
      return undefined
  }
}

type Optional = { readonly ok: true; readonly value: string | undefined } | { readonly ok: false }

/** What only describes the visitor is cut to size; what means something is refused when it is too long. */
const described = (value: unknown, max: number): Optional => {
  if (value === undefined || value === null) return { ok: true, value: undefined }
  return typeof value === 'string' ? { ok: true, value: value.slice(0, max) } : { ok: false }
}

const stated = (value: unknown, max: number): Optional => {
  if (value === undefined || value === null) return { ok: true, value: undefined }
  return typeof value === 'string' && value.length <= max ? { ok: true, value } : { ok: false }
}

/** The record without what is not there; undefined when a field is not what it should be. */
const record = <Name extends string>(
  entries: ReadonlyArray<readonly [Name, Optional]>,
): { readonly [K in Name]?: string } | undefined => {
  const result: { [K in Name]?: string } = {}
  for (const [name, optional] of entries) {
    if (!optional.ok) return undefined
    if (optional.value !== undefined && optional.value !== '') result[name] = optional.value
  }
  return result
}

/** The body of `POST /sessions`, or undefined for everything that is none. */
export const decodeSessionRequest = (json: string): SessionRequest | undefined => {
  const fields = parse(json)
  if (fields === undefined) return undefined
  const account = text(field(fields, 'account'), 400)
  if (account === undefined) return undefined
  const rest = record([
    ['resumeToken', stated(field(fields, 'resumeToken'), 8192)],
    ['token', stated(field(fields, 'token'), 8192)],
    ['locale', described(field(fields, 'locale'), 35)],
    ['tz', described(field(fields, 'tz'), 64)],
    ['screen', described(field(fields, 'screen'), 32)],
  ])
  if (rest === undefined) return undefined
  const where = field(fields, 'page')
  if (where === undefined || where === null) return { account, ...rest }
  const there = fieldsOf(where)
  if (there === undefined) return undefined
  const page = record([
    ['url', described(field(there, 'url'), 2048)],
    ['title', described(field(there, 'title'), 200)],
    ['referrer', described(field(there, 'referrer'), 2048)],
  ])
  return page === undefined ? undefined : { account, ...rest, page }
}
