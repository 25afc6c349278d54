import type { InboundEvent, InboundPart, WireRequest } from '@guichet/engine/ports'
import { type ConsentWord, consentWord } from '../consent/keywords.ts'
import { type NumberReading, numberOf } from '../number/number.ts'
import { mediaFile, type RemoteMedia } from './media.ts'

/** What a provider says of a message that has come in. */
export interface Received {
  readonly id?: string | undefined
  /** As the provider writes it. */
  readonly from: string
  readonly text: string
  readonly media?: ReadonlyArray<RemoteMedia>
  /** Before the text and the files: what else the message is. */
  readonly parts?: ReadonlyArray<InboundPart>
  /** Epoch milliseconds. */
  readonly sentAt?: number | undefined
  readonly name?: string | undefined
  readonly quotes?: string | undefined
  /** What the provider has made of it itself; it knows words that the account has set up there. */
  readonly consent?: ConsentWord | undefined
  readonly meta?: Readonly<Record<string, string>>
}

/** What of a request says something. */
const bytesOf = ({ method, url, body }: WireRequest): Uint8Array =>
  method.toUpperCase() === 'GET' ? new TextEncoder().encode(url.slice(url.indexOf('?') + 1)) : body

/** A message that does not say who it is from: somebody said something, whom nobody could answer. */
export const fromNobody = (request: WireRequest): ReadonlyArray<InboundEvent> => [
  { _tag: 'Unreadable', reason: 'a message from nobody', raw: bytesOf(request) },
]

/** What is kept of a request as it came, in characters: more than any message without its files has. */
const rawAtMost = 65_536

/** Beyond words and files there may be more to it than its part says. */
const isRich = ({ _tag }: InboundPart): boolean => _tag !== 'Text' && _tag !== 'RemoteFile'

interface Spoken {
  readonly word: ConsentWord
  /** As it was written. */
  readonly by: string
}

/** A button says its label. It takes consent back; "Yes" on one answers something else. */
const spokenIn = (text: string, parts: ReadonlyArray<InboundPart>): Spoken | undefined => {
  const word = consentWord(text)
  if (word !== undefined) return { word, by: text.trim() }
  const label = parts
    .map((part) => (part._tag === 'Chosen' ? part.label : ''))
    .find((one) => consentWord(one) === 'stop')
  return label === undefined ? undefined : { word: 'stop', by: label.trim() }
}

/** A message, and the change of consent that it is. With the request, what is not read of it stays in `meta`. */
export const received = (
  said: Received,
  reading: NumberReading,
  request?: WireRequest,
): ReadonlyArray<InboundEvent> => {
  const { id, from, text, media = [], sentAt, name, quotes } = said
  const { address, phone } = numberOf(from, reading)
  const parts: ReadonlyArray<InboundPart> = [
    ...(said.parts ?? []),
    ...(text.trim() === '' ? [] : [{ _tag: 'Text', text } as const]),
    ...media.map((one, index) => ({ _tag: 'RemoteFile', file: mediaFile(one, index) }) as const),
  ]
  const raw =
    request !== undefined && (parts.length === 0 || parts.some(isRich))
      ? { raw: new TextDecoder().decode(bytesOf(request)).slice(0, rawAtMost) }
      : {}
  const meta = { ...said.meta, ...raw }
  const message: InboundEvent = {
    _tag: 'MessageReceived',
    ...(id === undefined ? {} : { externalId: id }),
    from: {
      address,
      ...(name === undefined || name.trim() === '' ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
      ...(address === from ? {} : { attributes: { number: from } }),
    },
    parts: parts.length === 0 ? [{ _tag: 'Unsupported', kind: 'an empty message' }] : parts,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(quotes === undefined ? {} : { quotes }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  }
  const spoken = spokenIn(text, parts)
  const word = said.consent ?? spoken?.word
  if (word === undefined || word === 'help') return [message]
  const by = spoken?.by ?? (text.trim() || word.toUpperCase())
  const change = consentChanged(address, word === 'start', by, sentAt)
  return [message, id === undefined ? change : { ...change, externalId: id }]
}

/** A change of consent for everything that is sent to an address. */
export const consentChanged = (
  address: string,
  given: boolean,
  by: string,
  at?: number,
): Extract<InboundEvent, { readonly _tag: 'ConsentChanged' }> => ({
  _tag: 'ConsentChanged',
  address,
  given,
  scope: 'all',
  by,
  ...(at === undefined ? {} : { at }),
})
