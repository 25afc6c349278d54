import { field, idAt, isDeep, listAt, readJson, textAt } from '@guichet/channel-kit'
import type { InboundEvent, Json, WireRequest } from '@guichet/engine/ports'

/** One thing that a request tells, with what is needed to tell it alone. */
export interface Element {
  /** The page or Instagram account that it is about. */
  readonly account: string
  /** `messaging`: it is ours to answer. `standby`: another application has the conversation. */
  readonly list: 'messaging' | 'standby' | 'changes'
  readonly value: Json
  /** The same request as if it had brought nothing else: what is set aside can be parsed again. */
  readonly alone: () => Uint8Array
}

type Unreadable = Extract<InboundEvent, { readonly _tag: 'Unreadable' }>

/** The elements of a request in their order; what is none stands among them as what is unreadable. */
export interface Envelope {
  readonly object: string
  readonly elements: ReadonlyArray<Element | Unreadable>
}

const lists = ['messaging', 'standby', 'changes'] as const

export const unreadable = (reason: string, raw: Uint8Array): Unreadable => ({ _tag: 'Unreadable', reason, raw })

const bytesOf = (value: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const timeOf = (entry: Json): { readonly time?: Json } => {
  const time = field(entry, 'time')
  return time === undefined || isDeep(time) ? {} : { time: time as Json }
}

/** The elements of one entry. What is nested too deeply to be written down again stays in the `whole` that it came in. */
const elementsOf = (object: string, entry: Json, whole: Uint8Array): ReadonlyArray<Element | Unreadable> => {
  const tooDeep = unreadable('deeper than anything of Meta', whole)
  const refused = (reason: string, value: Json, alone: Json) =>
    isDeep(value) ? tooDeep : unreadable(reason, bytesOf(alone))
  const account = idAt(entry, 'id')
  if (account === undefined) return [refused('an entry without an id', entry, { object, entry: [entry] })]
  const shell = { id: account, ...timeOf(entry) }
  return lists.flatMap((list) => {
    const values = (field(entry, list) ?? []) as Json
    const only = (value: Json) => ({ object, entry: [{ ...shell, [list]: value }] })
    if (!Array.isArray(values)) return [refused('an entry whose events are no list', values, only(values))]
    return (values as ReadonlyArray<Json>).map((value) =>
      isDeep(value) ? tooDeep : { account, list, value, alone: () => bytesOf(only([value])) },
    )
  })
}

/** Takes a notification of Meta apart; when it is none, its bytes are unreadable as a whole. */
export const readEnvelope = ({ body }: Pick<WireRequest, 'body'>): Envelope | Unreadable => {
  const read = readJson(body)
  if (!read.ok) return unreadable(read.reason, body)
  const object = textAt(read.value, 'object')
  const entries = listAt(read.value, 'entry') as ReadonlyArray<Json>
  if (object === undefined || entries.length === 0) return unreadable('no notification of Meta', body)
  return { object, elements: entries.flatMap((entry) => elementsOf(object, entry, body)) }
}

/**
 * The pages or Instagram accounts that a request is about, each once, as they stand in its entries: so that one callback
 * address can serve many accounts. Empty for what is no notification. It proves nothing: each account verifies the
 * request itself.
 *
 * @example
 * ```ts
 * import { accountsOf } from '@guichet/channel-messenger'
 *
 * const body = JSON.stringify({ object: 'page', entry: [{ id: '1111', messaging: [] }, { id: '2222', messaging: [] }] })
 * console.log(accountsOf({ body: new TextEncoder().encode(body) }), accountsOf({ body: new Uint8Array() }))
 * ```
 *
 * ```text
 * [ '1111', '2222' ] []
 * ```
 */
export const accountsOf = ({ body }: Pick<WireRequest, 'body'>): ReadonlyArray<string> => {
  const read = readJson(body)
  const entries = read.ok ? listAt(read.value, 'entry') : []
  return [...new Set(entries.flatMap((entry) => idAt(entry, 'id') ?? []))]
}
