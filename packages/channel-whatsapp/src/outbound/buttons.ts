import type { RichPart } from '@guichet/engine/ports'
import type { Piece } from './wire.ts'
import { lengthOf, oneLine } from './words.ts'

type Choices = Extract<RichPart, { readonly _tag: 'Choices' }>['choices']

const buttons = { max: 3, titleAtMost: 20, idAtMost: 256 }
const rows = { max: 10, titleAtMost: 24, idAtMost: 200 }

/** Titles are told apart by what they say: two that say the same are refused. */
const fit = (choices: Choices, { max, titleAtMost, idAtMost }: typeof buttons): boolean =>
  choices.length <= max &&
  choices.every(({ id, label }) => lengthOf(oneLine(label)) <= titleAtMost && lengthOf(id) <= idAtMost) &&
  choices.every(({ label }) => oneLine(label) !== '') &&
  new Set(choices.map(({ label }) => oneLine(label))).size === choices.length

/** Choices as three buttons or as a list of ten; undefined when they have to be written out. */
export const choicesPiece = (choices: Choices, body: string, listButton: string): Piece | undefined => {
  const text = body === '' ? listButton : body
  const titled = choices.map(({ id, label }) => ({ id, title: oneLine(label) }))
  if (fit(choices, buttons)) {
    const action = { buttons: titled.map((reply) => ({ type: 'reply', reply })) }
    return { content: { type: 'interactive', interactive: { type: 'button', body: { text }, action } } }
  }
  if (!fit(choices, rows)) return undefined
  // One section alone needs no title.
  const action = { button: listButton, sections: [{ rows: titled }] }
  return { content: { type: 'interactive', interactive: { type: 'list', body: { text }, action } } }
}

/** A button that opens an address; undefined when its title is too long for one, or what is above it. */
export const linkPiece = (title: string, text: string, url: string, atMost: number): Piece | undefined => {
  const display = oneLine(title)
  if (display === '' || lengthOf(display) > buttons.titleAtMost || lengthOf(text) > atMost) return undefined
  const action = { name: 'cta_url', parameters: { display_text: display, url } }
  return { content: { type: 'interactive', interactive: { type: 'cta_url', body: { text }, action } } }
}
