import { splitText, wellFormed } from '@guichet/channel-kit'
import { plainOf } from '@guichet/engine/domain'
import type { Part } from '@guichet/engine/ports'
import { payloadOf } from '../choice/payload.ts'

const repliesAtMost = 13
const titleAtMost = 20

type Choices = Extract<Part, { readonly _tag: 'Choices' }>
type Choice = Choices['choices'][number]

/** A title that a button has room for: cut where people read a character's end, and marked as cut. */
const titleOf = (label: string): string => {
  const title = wellFormed(label.trim())
  if (title.length <= titleAtMost) return title
  return `${splitText(title, { limit: titleAtMost - 1, measure: 'utf16' })[0] ?? ''}…`
}

/** Buttons below a message, that are gone once one of them was tapped. */
export const quickReplies = (choices: ReadonlyArray<Choice>) =>
  choices.slice(0, repliesAtMost).map(({ id, label }) => ({
    content_type: 'text',
    title: titleOf(label),
    payload: payloadOf({ choice: id, label }, titleOf(label)),
  }))

/**
 * What has to stand in words beside the buttons: nothing when they say it all, else all that there is to choose from, so
 * that what a button cuts, or what has none, can still be read and answered.
 */
export const spelledOut = (choices: ReadonlyArray<Choice>): string =>
  choices.length <= repliesAtMost && choices.every(({ label }) => label.trim().length <= titleAtMost)
    ? ''
    : plainOf({ _tag: 'Choices', choices })
