import { listAt } from '@guichet/channel-kit'
import { createHash } from 'node:crypto'
import type { Offer, Person, PhoneMessage } from '../message.ts'
import { textAt } from './fields.ts'

/** What a message to a customer says, as the Cloud API takes it. */
export interface WhatsAppContent {
  readonly text: string
  /** The id of a file that was uploaded. */
  readonly media?: string
  readonly offer: Offer | null
}

const media = new Set(['image', 'video', 'audio', 'document', 'sticker'])

const offerOf = (interactive: unknown): Offer | null => {
  const buttons = listAt(interactive, 'action', 'buttons').flatMap((button) => {
    const [id, label] = [textAt(button, 'reply', 'id'), textAt(button, 'reply', 'title')]
    return id === undefined || label === undefined ? [] : [{ id, label }]
  })
  if (buttons.length > 0) return { as: 'button_reply', choices: buttons }
  const rows = listAt(interactive, 'action', 'sections')
    .flatMap((section) => listAt(section, 'rows'))
    .flatMap((row) => {
      const [id, label] = [textAt(row, 'id'), textAt(row, 'title')]
      return id === undefined || label === undefined ? [] : [{ id, label }]
    })
  return rows.length > 0 ? { as: 'list_reply', choices: rows } : null
}

const places = (message: unknown): string =>
  [textAt(message, 'location', 'name'), textAt(message, 'location', 'address')].filter(Boolean).join(', ')

/** Undefined when there is nothing in it that this provider takes. */
export const contentOf = (message: Readonly<Record<string, unknown>>): WhatsAppContent | undefined => {
  const type = textAt(message, 'type') ?? 'text'
  if (type === 'text') {
    const text = textAt(message, 'text', 'body')
    return text === undefined ? undefined : { text, offer: null }
  }
  if (media.has(type)) {
    const id = textAt(message, type, 'id')
    if (id === undefined) return undefined
    return { text: textAt(message, type, 'caption') ?? '', media: id, offer: null }
  }
  if (type === 'interactive') {
    const interactive = message['interactive']
    const address = textAt(interactive, 'action', 'parameters', 'url')
    const text = [textAt(interactive, 'header', 'text'), textAt(interactive, 'body', 'text'), address]
    return { text: text.filter(Boolean).join('\n'), offer: offerOf(interactive) }
  }
  if (type === 'location') return { text: places(message), offer: null }
  if (type === 'template') return { text: textAt(message, 'template', 'name') ?? '', offer: null }
  return undefined
}

const kindOf = (mime: string): 'image' | 'video' | 'audio' | 'document' => {
  const [kind] = mime.split('/')
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document'
}

/** What a customer has sent, as webhooks carry it. `tapped` is what she chose, where that is what she says. */
export const inboundOf = (
  { externalId, at, text, files, quotes }: PhoneMessage,
  { phone }: Person,
  own: string,
  bytesOf: (id: string) => Uint8Array,
  tapped: { readonly as: Offer['as']; readonly id: string } | undefined,
): object => {
  const common = {
    from: phone.slice(1),
    id: externalId,
    timestamp: String(Math.floor(at / 1000)),
    ...(quotes === null ? {} : { context: { from: own.slice(1), id: quotes } }),
  }
  if (tapped !== undefined)
    return {
      ...common,
      type: 'interactive',
      interactive: { type: tapped.as, [tapped.as]: { id: tapped.id, title: text } },
    }
  const [file] = files
  if (file === undefined) return { ...common, type: 'text', text: { body: text } }
  const kind = kindOf(file.mime)
  return {
    ...common,
    type: kind,
    [kind]: {
      id: file.id,
      mime_type: file.mime,
      sha256: createHash('sha256').update(bytesOf(file.id)).digest('base64'),
      ...(kind === 'document' ? { filename: file.name } : {}),
      ...(text === '' ? {} : { caption: text }),
    },
  }
}
