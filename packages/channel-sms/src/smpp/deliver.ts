import type { InboundEvent } from '@guichet/engine/ports'
import type { Pdu } from './library.ts'
import { received } from '../inbound/received.ts'
import { reported } from '../inbound/reported.ts'
import { sameNumber } from '../number/number.ts'
import type { SmppSettings } from './settings.ts'
import { smppStates, smppStatuses } from './statuses.ts'

/** Where a part belongs: what all parts of one message have in common, and its place. */
export interface PartOf {
  readonly message: string
  readonly total: number
  /** From 1. */
  readonly index: number
}

/** What a deliver_sm brings. */
export type Delivered =
  | { readonly _tag: 'Receipt'; readonly events: ReadonlyArray<InboundEvent> }
  | { readonly _tag: 'Text'; readonly from: string; readonly text: string | undefined; readonly part?: PartOf }
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
      ...(code === undefined || /^0+$/.test(code) ? {} : { code }),
    },
    smppStatuses,
    {},
    { country: settings.country, international: true },
  )
}

/** Reads a deliver_sm. */
export const deliveredOf = (pdu: Pdu, settings: SmppSettings): Delivered => {
  const message = bodyOf(pdu)?.message
  const text = typeof message === 'string' ? message : message?.length === 0 ? '' : undefined
  if (((pdu.esm_class ?? 0) & 0x3c) === 0x04) return { _tag: 'Receipt', events: receiptOf(pdu, text ?? '', settings) }
  const { source_addr: from = '', destination_addr: to = '' } = pdu
  const reading = { country: settings.country, international: true }
  if (!sameNumber(to, settings.sender, reading)) {
    return { _tag: 'Other', events: [{ _tag: 'Ignored', reason: `another account: ${to}` }] }
  }
  if (from.trim() === '') return { _tag: 'Other', events: [{ _tag: 'Ignored', reason: 'a message from nobody' }] }
  const part = partOf(pdu)
  return { _tag: 'Text', from, text, ...(part === undefined ? {} : { part }) }
}

/** A message as the engine has it. */
export const messageEvents = (
  from: string,
  text: string | undefined,
  settings: SmppSettings,
  part?: PartOf,
): ReadonlyArray<InboundEvent> =>
  received(
    {
      from,
      text: text ?? '',
      parts: text === undefined ? [{ _tag: 'Unsupported', kind: 'binary' }] : [],
      ...(part === undefined ? {} : { meta: { part: String(part.index), parts: String(part.total) } }),
    },
    { country: settings.country, international: true },
  )
