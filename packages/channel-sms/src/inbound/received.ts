import type { InboundEvent, InboundPart } from '@guichet/engine/ports'
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

/** A message, and the change of consent that it is. */
export const received = (said: Received, reading: NumberReading): ReadonlyArray<InboundEvent> => {
  const { id, from, text, media = [], sentAt, name, quotes, meta = {} } = said
  const { address, phone } = numberOf(from, reading)
  const parts: ReadonlyArray<InboundPart> = [
    ...(said.parts ?? []),
    ...(text === '' ? [] : [{ _tag: 'Text', text } as const]),
    ...media.map((one, index) => ({ _tag: 'RemoteFile', file: mediaFile(one, index) }) as const),
  ]
  const message: InboundEvent = {
    _tag: 'MessageReceived',
    ...(id === undefined ? {} : { externalId: id }),
    from: {
      address,
      ...(name === undefined ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
      ...(address === from ? {} : { attributes: { number: from } }),
    },
    parts: parts.length === 0 ? [{ _tag: 'Unsupported', kind: 'an empty message' }] : parts,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(quotes === undefined ? {} : { quotes }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  }
  const word = said.consent ?? consentWord(text)
  if (word === undefined || word === 'help') return [message]
  const by = text === '' ? word.toUpperCase() : text.trim()
  return [message, consentChanged(address, word === 'start', by, sentAt)]
}

/** A change of consent for everything that is sent to an address. */
export const consentChanged = (address: string, given: boolean, by: string, at?: number): InboundEvent => ({
  _tag: 'ConsentChanged',
  address,
  given,
  scope: 'all',
  by,
  ...(at === undefined ? {} : { at }),
})
