import type { InboundEvent } from '@guichet/engine/ports'
import { encodeGsm7 } from '../text/gsm7.ts'
import type { Pdu } from './library.ts'
import { shortInstantOf } from '../inbound/instant.ts'
import { received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { numberOf, sameNumber } from '../number/number.ts'
import type { SmppSettings } from './settings.ts'
import { smppStates, smppStatuses } from './statuses.ts'

/** Where a part belongs: what all parts of one message have in common, and its place. */
export interface PartOf {
  readonly message: string
  readonly total: number
  /** From 1. */
  readonly index: number
}

/** What a message says, or its bytes where that is no text. */
export interface Body {
  readonly text: string | undefined
  readonly data?: Uint8Array
}

/** What a deliver_sm brings. */
export type Delivered =
  | { readonly _tag: 'Receipt'; readonly events: ReadonlyArray<InboundEvent> }
  | ({ readonly _tag: 'Text'; readonly part?: PartOf } & Body & { readonly from: string })
  | { readonly _tag: 'Other'; readonly events: ReadonlyArray<InboundEvent> }

const bodyOf = (pdu: Pdu) => {
  const short = pdu.short_message
  return short?.message !== undefined && short.message.length > 0 ? short : (pdu.message_payload ?? short)
}

/** Concatenation by the header of the text: 8 bits of reference (3GPP TS 23.040, 9.2.3.24.1), or 16 (9.2.3.24.8). */
const inHeader = (
  udh: ReadonlyArray<Uint8Array> = [],
): readonly [ref: number, total: number, index: number] | undefined => {
  for (const [kind, length, ...data] of udh) {
    const [a = 0, b = 0, c = 0, d = 0] = data
    if (kind === 0x00 && length === 3) return [a, b, c]
    if (kind === 0x08 && length === 4) return [a * 256 + b, c, d]
  }
  return undefined
}

const partOf = (pdu: Pdu): PartOf | undefined => {
  const { sar_msg_ref_num: ref, sar_total_segments: count, sar_segment_seqnum: place } = pdu
  const sar =
    ref === undefined || count === undefined || place === undefined ? undefined : ([ref, count, place] as const)
  const [reference, total, index] = inHeader(bodyOf(pdu)?.udh) ?? sar ?? [0, 1, 1]
  if (total < 2 || index < 1 || index > total) return undefined
  return { message: JSON.stringify([pdu.source_addr, pdu.destination_addr, reference, total]), total, index }
}

const receiptOf = (pdu: Pdu, text: string, settings: SmppSettings): ReadonlyArray<InboundEvent> => {
  const said = (name: string): string | undefined => new RegExp(`\\b${name}:(\\S+)`, 'i').exec(text)?.[1]
  const code = said('err')
  const state = pdu.message_state === undefined ? undefined : smppStates[pdu.message_state]
  return reported(
    {
      id: pdu.receipted_message_id ?? said('id'),
      status: state ?? said('stat')?.toLowerCase() ?? '',
      to: pdu.source_addr,
      at: shortInstantOf(/\bdone date:(\d{10,12})\b/i.exec(text)?.[1]),
      ...(code === undefined || /^0+$/.test(code) ? {} : { code }),
    },
    { statuses: smppStatuses, codes: {} },
    { country: settings.country, international: true },
  )
}

/** `esm_class` of a receipt, and of a notification on the way (SMPP 3.4, 5.2.12). */
const receipts: ReadonlySet<number> = new Set([0x04, 0x20])

/** Type of number (SMPP 3.4, 5.2.5). Short codes are of no country, whatever it says. */
const international = 1
const national = 2

/** Who it is from: a number of which the SMSC says whether it begins with its country is not guessed at. */
const senderOf = ({ source_addr: from = '', source_addr_ton: ton }: Pdu, { country }: SmppSettings): string => {
  if (ton === international && /^\d{9,}$/.test(from)) return `+${from}`
  return ton === national ? numberOf(from, { country }).address : from
}

/** Alphabets that the library does not have, by data_coding (SMPP 3.4, 5.2.19). */
const alphabets: Readonly<Record<number, string>> = { 6: 'iso-8859-5', 7: 'iso-8859-8' }

const textIn = (pdu: Pdu): Body => {
  const message = bodyOf(pdu)?.message ?? ''
  // The library reads IA5 by the alphabet of GSM: the same octets mean other characters there (`@` and `_`).
  if (typeof message === 'string') {
    return { text: pdu.data_coding === 0x01 ? Buffer.from(encodeGsm7(message)).toString('latin1') : message }
  }
  const alphabet = alphabets[pdu.data_coding ?? 0]
  if (alphabet !== undefined) return { text: new TextDecoder(alphabet).decode(message) }
  return message.length === 0 ? { text: '' } : { text: undefined, data: message }
}

/** Reads a deliver_sm, or a data_sm, which has its text in message_payload. */
export const deliveredOf = (pdu: Pdu, settings: SmppSettings): Delivered => {
  const body = textIn(pdu)
  if (receipts.has((pdu.esm_class ?? 0) & 0x3c))
    return { _tag: 'Receipt', events: receiptOf(pdu, body.text ?? '', settings) }
  const { destination_addr: to = '' } = pdu
  const from = senderOf(pdu, settings)
  const reading = { country: settings.country, international: true }
  if (!sameNumber(to, settings.sender, reading)) {
    return { _tag: 'Other', events: [{ _tag: 'Ignored', reason: `another account: ${to}` }] }
  }
  if (from.trim() === '') return { _tag: 'Other', events: [{ _tag: 'Ignored', reason: 'a message from nobody' }] }
  const part = partOf(pdu)
  return { _tag: 'Text', from, ...body, ...(part === undefined ? {} : { part }) }
}

/** A text that was said, as the engine is to know it. */
export interface Said extends Body {
  readonly id: string
  readonly from: string
}

/** A message as the engine has it. */
export const messageEvents = (
  { id, from, text, data }: Said,
  settings: SmppSettings,
  part?: PartOf,
): ReadonlyArray<InboundEvent> =>
  received(
    {
      id,
      from,
      text: text ?? '',
      parts: text === undefined ? [{ _tag: 'Unsupported', kind: 'binary' }] : [],
      meta: {
        ...(part === undefined ? {} : { part: String(part.index), parts: String(part.total) }),
        ...(data === undefined ? {} : { data: Buffer.from(data).toString('hex') }),
      },
    },
    { country: settings.country, international: true },
  )
