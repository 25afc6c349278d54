import { createHash } from 'node:crypto'
import type { Tapped } from '../choices.ts'
import type { HeldFile } from '../files.ts'

export interface InboundFile extends HeldFile {
  readonly id: string
}

const kindOf = (mime: string): 'image' | 'video' | 'audio' | 'document' => {
  const [kind] = mime.split('/')
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document'
}

/** In whole seconds, as WhatsApp counts. */
const timestamp = (at: number): string => String(Math.floor(at / 1000))

/** What a customer has sent, as webhooks carry it. `from` without its plus, `at` in epoch milliseconds. */
export const inboundMessage = (message: {
  readonly id: string
  readonly from: string
  readonly at: number
  readonly text: string
  readonly file?: InboundFile
  /** What it answers, and whose that is. */
  readonly quotes?: { readonly id: string; readonly from: string }
  /** What was chosen, where that is what is said; `text` is then what it was called. */
  readonly tapped?: Tapped
}): object => {
  const { id, from, at, text, file, quotes, tapped } = message
  const common = { from, id, timestamp: timestamp(at), ...(quotes === undefined ? {} : { context: quotes }) }
  if (tapped !== undefined) {
    const chosen = { type: tapped.as, [tapped.as]: { id: tapped.id, title: text } }
    return { ...common, type: 'interactive', interactive: chosen }
  }
  if (file === undefined) return { ...common, type: 'text', text: { body: text } }
  const kind = kindOf(file.mime)
  return {
    ...common,
    type: kind,
    [kind]: {
      id: file.id,
      mime_type: file.mime,
      sha256: createHash('sha256').update(file.bytes).digest('base64'),
      ...(kind === 'document' ? { filename: file.name } : {}),
      ...(text === '' ? {} : { caption: text }),
    },
  }
}

/** A sign that a customer has put beside a message of the account; without one, it is taken back. */
export const inboundReaction = (reaction: {
  readonly id: string
  readonly from: string
  readonly at: number
  readonly to: string
  readonly emoji: string | null
}): object => ({
  from: reaction.from,
  id: reaction.id,
  timestamp: timestamp(reaction.at),
  type: 'reaction',
  reaction: { message_id: reaction.to, ...(reaction.emoji === null ? {} : { emoji: reaction.emoji }) },
})
