import { createHash } from 'node:crypto'
import { textOf } from '@guichet/engine/domain'
import type { OutboundMessage, Rendered } from '@guichet/engine/ports'
import { composed } from '../text/composed.ts'
import { encodeGsm7 } from '../text/gsm7.ts'
import { segmentsOf } from '../text/segments.ts'

/** One part of a message: one submit_sm. */
export interface SmppWire {
  readonly to: string
  readonly text: string
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** The reference that all parts of the message carry, how many there are, and which this is, from 1. */
  readonly part?: { readonly reference: number; readonly total: number; readonly index: number }
}

/** A header counts to 255. */
const mostParts = 255

/** A message as its parts. The reference follows from where the message stands, so that a retry joins what has arrived. */
export const renderSmpp = ({ to, parts, conversation, seq }: OutboundMessage): Rendered<SmppWire> => {
  const text = composed(textOf(parts))
  if (parts.some(({ _tag }) => _tag === 'File')) return { _tag: 'Unsupported', feature: 'files' }
  if (text.trim() === '') return { _tag: 'Unsupported', feature: 'a message without text' }
  const { encoding, segments } = segmentsOf(text)
  const total = segments.length
  if (total > mostParts) return { _tag: 'Unsupported', feature: `a text of more than ${mostParts} parts` }
  const reference = createHash('sha256').update(`${conversation}/${seq}`).digest()[0] ?? 0
  return {
    _tag: 'Rendered',
    wires: segments.map((segment, at) => ({
      to,
      text: segment,
      encoding,
      ...(total === 1 ? {} : { part: { reference, total, index: at + 1 } }),
    })),
  }
}

const utf16be = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16()

/** The body of a part: its header (3GPP TS 23.040, 9.2.3.24.1) and its text. */
export const bodyOfPart = ({ text, encoding, part }: SmppWire): Uint8Array => {
  const header = part === undefined ? [] : [0x05, 0x00, 0x03, part.reference, part.total, part.index]
  return Buffer.concat([Uint8Array.from(header), encoding === 'GSM-7' ? encodeGsm7(text) : utf16be(text)])
}

/** Type of number and numbering plan (SMPP 3.4, 5.2.5 and 5.2.6). */
export const kindOfNumber = (number: string): { readonly ton: number; readonly npi: number } => {
  if (number.startsWith('+')) return { ton: 1, npi: 1 }
  return /^\d+$/.test(number) ? { ton: 3, npi: 0 } : { ton: 5, npi: 0 }
}
