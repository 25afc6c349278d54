import { splitText, wellFormed } from '@guichet/channel-kit'
import type { Piece } from './wire.ts'

/** The most that the API takes, in code points. */
const bodyAtMost = 4096
/** Of a text above buttons, or below a file. */
export const captionAtMost = 1024

const codePoints = 'codePoints' as const

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** As it is sent: lines end in one way, nothing invisible, no half of a character; '' when nothing can be read. */
export const tidy = (text: string): string => wellFormed(text).replace(/\r\n?/g, '\n').replace(controls, '').trim()

/** In one line, as titles and names are. */
export const oneLine = (text: string): string => tidy(text).replace(/\s+/g, ' ')

/** Characters as the API counts them. */
export const lengthOf = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}

const textPiece = (body: string): Piece => ({
  content: { type: 'text', text: { body, preview_url: /https?:\/\//i.test(body) } },
})

/** A text in as many messages as it needs. */
export const textPieces = (text: string): ReadonlyArray<Piece> =>
  splitText(text, { limit: bodyAtMost, measure: codePoints }).map(textPiece)

/** What of a text goes above buttons: its end, as much of it as fits; the rest goes before, as messages of its own. */
export const aboveButtons = (text: string): { readonly before: ReadonlyArray<Piece>; readonly body: string } => {
  const body = splitText(text, { limit: captionAtMost, measure: codePoints }).at(-1) ?? ''
  return { before: textPieces(text.slice(0, text.length - body.length).trimEnd()), body }
}
