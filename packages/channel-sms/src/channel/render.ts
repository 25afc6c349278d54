import { type Measure, splitText } from '@guichet/channel-kit'
import { filesOf, textOf } from '@guichet/engine/domain'
import type { ChannelAccount, OutboundMessage, Rendered } from '@guichet/engine/ports'
import { composed } from '../text/composed.ts'
import { segmentsOf } from '../text/segments.ts'
import type { PublicLink } from './public-link.ts'

/** One message of a provider. */
export interface SmsWire {
  readonly to: string
  readonly text: string
  /** Addresses of files, with the first message alone. */
  readonly media: ReadonlyArray<string>
}

/** How much text one request to a provider takes, in its own unit. */
export interface TextLimit {
  readonly limit: number
  readonly measure: Measure
}

/** For providers that count parts. A part of a text never has more of them than the whole. */
export const parts = (limit: number): TextLimit => ({ limit, measure: (text) => segmentsOf(text).segments.length })

/** A message as one request after the other: its text in NFC and within the limit, its files with the first one. */
export const renderSms = (
  { to, parts: said }: OutboundMessage,
  account: ChannelAccount,
  limit: TextLimit,
  link?: PublicLink,
): Rendered<SmsWire> => {
  const files = filesOf(said)
  if (files.length > 0 && link === undefined) return { _tag: 'Unsupported', feature: 'files' }
  const media = link === undefined ? [] : files.map((file) => link(file, account))
  const texts = splitText(composed(textOf(said)).trim(), limit)
  if (texts.length === 0 && media.length === 0) return { _tag: 'Unsupported', feature: 'a message without text' }
  const [first = '', ...others] = texts
  return {
    _tag: 'Rendered',
    wires: [{ to, text: first, media }, ...others.map((text) => ({ to, text, media: [] }))],
  }
}
