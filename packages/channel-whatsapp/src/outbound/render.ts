import { plainOf } from '@guichet/engine/domain'
import { idAt } from '@guichet/channel-kit'
import type { ChannelAccount, OutboundMessage, Part, Rendered } from '@guichet/engine/ports'
import { recipientOf } from '../inbound/address.ts'
import { groupPrefix } from '../inbound/group.ts'
import type { WhatsAppSettings } from '../settings/settings.ts'
import { choicesPiece } from './buttons.ts'
import { fileLimits, filePiece, kindOf } from './file-piece.ts'
import { richPiece } from './rich-piece.ts'
import type { Piece, WhatsAppWire } from './wire.ts'
import { aboveButtons, captionAtMost, lengthOf, textPieces, tidy } from './words.ts'

/** Messages so far, and words that have still to find theirs. */
interface Written {
  readonly pieces: ReadonlyArray<Piece>
  readonly words: string
}

const flushed = ({ pieces, words }: Written): ReadonlyArray<Piece> => [...pieces, ...textPieces(words)]

const joined = (words: string, more: string): string => {
  const text = tidy(more)
  return words === '' || text === '' ? words + text : `${words}\n${text}`
}

/** Adds a part: words wait for a file or for buttons that they can stand with. */
const added = (written: Written, part: Part, { listButton }: WhatsAppSettings): Written | string => {
  const { pieces, words } = written
  switch (part._tag) {
    case 'Text':
      return { pieces, words: joined(words, part.text) }
    case 'Html':
      // The same words come as text.
      return written
    case 'File': {
      const stays = kindOf(part.file) === 'audio' || lengthOf(words) > captionAtMost
      const piece = filePiece(part.file, stays ? '' : words)
      if (piece === undefined) return `a file of more than ${fileLimits.maxBytes} bytes`
      return { pieces: [...(stays ? flushed(written) : pieces), piece], words: '' }
    }
    case 'Choices': {
      const { before, body } = aboveButtons(words)
      const piece = choicesPiece(part.choices, body, listButton)
      if (piece === undefined) return { pieces, words: joined(words, plainOf(part)) }
      return { pieces: [...pieces, ...before, piece], words: '' }
    }
    default: {
      const piece = richPiece(part)
      if (piece === undefined) return { pieces, words: joined(words, plainOf(part)) }
      return { pieces: [...flushed(written), piece], words: '' }
    }
  }
}

/**
 * A message as the messages of WhatsApp that it takes, in order. Words go below the file or above the buttons that follow
 * them, where they fit, and are messages of their own where not; the first of all quotes what is quoted.
 */
export const renderMessage = (
  { to, parts, quote, answers }: OutboundMessage,
  { settings }: ChannelAccount<WhatsAppSettings>,
): Rendered<WhatsAppWire> => {
  if (to.startsWith(groupPrefix)) return { _tag: 'Unsupported', feature: 'a group' }
  const recipient = recipientOf(to, idAt(answers?.meta, 'from'))
  if (recipient === undefined) return { _tag: 'Unsupported', feature: 'recipient address' }
  let written: Written = { pieces: [], words: '' }
  for (const part of parts) {
    const next = added(written, part, settings)
    if (typeof next === 'string') return { _tag: 'Unsupported', feature: next }
    written = next
  }
  const pieces = flushed(written)
  if (pieces.length === 0) return { _tag: 'Unsupported', feature: 'empty message' }
  const quoted = quote?.externalId?.trim() ?? ''
  return {
    _tag: 'Rendered',
    wires: pieces.map(({ content, upload }, at) => ({
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        ...recipient,
        ...(at > 0 || quoted === '' ? {} : { context: { message_id: quoted } }),
        ...content,
      },
      ...(upload === undefined ? {} : { upload }),
    })),
  }
}
