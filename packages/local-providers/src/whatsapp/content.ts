import { listAt } from '@guichet/channel-kit'
import type { Choices } from '../choices.ts'
import { recordAt, textAt } from '../fields.ts'
import { type MessageTemplate, templateText } from './templates.ts'

/** What a message to a customer says on a telephone. */
export interface WhatsAppContent {
  readonly text: string
  /** The id of a file that was uploaded. */
  readonly media?: string
  readonly offer: Choices | null
}

const media = new Set(['image', 'video', 'audio', 'document', 'sticker'])

const choicesIn = (all: ReadonlyArray<unknown>): Choices['choices'] =>
  all.flatMap((one) => {
    const [id, label] = [textAt(one, 'id'), textAt(one, 'title')]
    return id === undefined || label === undefined ? [] : [{ id, label }]
  })

const offerOf = (interactive: unknown): Choices | null => {
  const buttons = choicesIn(listAt(interactive, 'action', 'buttons').map((button) => recordAt(button, 'reply')))
  if (buttons.length > 0) return { as: 'button_reply', choices: buttons }
  const rows = choicesIn(listAt(interactive, 'action', 'sections').flatMap((section) => listAt(section, 'rows')))
  return rows.length > 0 ? { as: 'list_reply', choices: rows } : null
}

const inLines = (...lines: ReadonlyArray<string | undefined>): string => lines.filter(Boolean).join('\n')

const plain = (text: string): WhatsAppContent => ({ text, offer: null })

/** What a message that breaks no rule says. */
export const contentOf = (
  message: Readonly<Record<string, unknown>>,
  templates: ReadonlyArray<MessageTemplate>,
): WhatsAppContent => {
  const type = textAt(message, 'type') ?? 'text'
  if (media.has(type)) {
    const id = textAt(message, type, 'id')
    return { text: textAt(message, type, 'caption') ?? '', offer: null, ...(id === undefined ? {} : { media: id }) }
  }
  switch (type) {
    case 'interactive': {
      const interactive = recordAt(message, 'interactive')
      const address = textAt(interactive, 'action', 'parameters', 'url')
      const text = inLines(textAt(interactive, 'header', 'text'), textAt(interactive, 'body', 'text'), address)
      return { text, offer: offerOf(interactive) }
    }
    case 'location': {
      const names = [textAt(message, 'location', 'name'), textAt(message, 'location', 'address')]
      return plain(names.filter(Boolean).join(', '))
    }
    case 'contacts': {
      const people = listAt(message, 'contacts').map((contact) => {
        const phones = listAt(contact, 'phones').map((phone) => textAt(phone, 'phone'))
        return inLines(textAt(contact, 'name', 'formatted_name'), ...phones)
      })
      return plain(people.join('\n'))
    }
    case 'template':
      return plain(templateText(templates, message['template']))
    default:
      return plain(textAt(message, 'text', 'body') ?? '')
  }
}
