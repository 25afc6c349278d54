import { listAt } from '@guichet/channel-kit'
import type { Choices } from '../choices.ts'
import { recordAt, textAt } from '../fields.ts'

/** What a message to a customer says on a telephone. */
export interface MessengerContent {
  readonly text: string
  /** The id of a file that was uploaded. */
  readonly media?: string
  readonly offer: Choices | null
}

const choicesOf = (buttons: ReadonlyArray<unknown>): Choices['choices'] =>
  buttons.flatMap((button) => {
    const [id, label] = [textAt(button, 'payload'), textAt(button, 'title')]
    return id === undefined || label === undefined ? [] : [{ id, label }]
  })

const offered = (as: Choices['as'], buttons: ReadonlyArray<unknown>): Choices | null => {
  const choices = choicesOf(buttons)
  return choices.length === 0 ? null : { as, choices }
}

/** A card or a text with buttons, as its lines. */
const templateOf = (payload: unknown): MessengerContent => {
  const cards = [recordAt(payload), ...listAt(payload, 'elements')]
  const buttons = cards.flatMap((card) => listAt(card, 'buttons'))
  const lines = cards.flatMap((card) => [
    textAt(card, 'text'),
    textAt(card, 'title'),
    textAt(card, 'subtitle'),
    textAt(card, 'default_action', 'url'),
  ])
  const links = buttons.flatMap((button) => {
    const address = textAt(button, 'url')
    return address === undefined ? [] : [`${textAt(button, 'title') ?? ''} ${address}`.trim()]
  })
  return { text: [...lines, ...links].filter(Boolean).join('\n'), offer: offered('postback', buttons) }
}

/** What a message that breaks no rule says. */
export const contentOf = (message: unknown): MessengerContent => {
  const [text, type] = [textAt(message, 'text'), textAt(message, 'attachment', 'type')]
  const offer = offered('quick_reply', listAt(message, 'quick_replies'))
  if (type === 'template') return templateOf(recordAt(message, 'attachment', 'payload'))
  const media = textAt(message, 'attachment', 'payload', 'attachment_id')
  return { text: text ?? '', offer, ...(media === undefined ? {} : { media }) }
}
