import { piecesOf } from './variables.ts'

/** What variables stand for, by their name; null, empty or not there at all: not known. */
export type TemplateValues = Readonly<Record<string, string | null | undefined>>

/** A text with its variables filled in, and those that nothing was known for, each once. */
export interface Filled {
  readonly text: string
  readonly missing: ReadonlyArray<string>
}

/**
 * Fills the variables of a text, in one pass: what a value contains stays as it is and is never looked at again. What
 * is not known becomes its fallback, or nothing. Total, for any text and any values.
 *
 * @example
 * ```ts
 * import { fill } from '@guichet/engine/domain'
 *
 * const text = 'Hello {{contact.firstName|there}}, it is about {{conversation.subject}}. {{agent.name}}'
 * console.log(fill(text, { 'contact.firstName': 'Zoe', 'conversation.subject': 'a {{chair}}', 'agent.name': 'Ana' }).text)
 * console.log(fill(text, { 'conversation.subject': 'a chair' }))
 * ```
 *
 * ```text
 * Hello Zoe, it is about a {{chair}}. Ana
 * {
 *   text: 'Hello there, it is about a chair. ',
 *   missing: [ 'contact.firstName', 'agent.name' ]
 * }
 * ```
 */
export const fill = (text: string, values: TemplateValues): Filled => {
  const missing = new Set<string>()
  const filled = piecesOf(text).map((piece) => {
    if (piece._tag === 'Words') return piece.words
    // A name such as `constructor` is no value, whatever objects bring along.
    const value = Object.hasOwn(values, piece.name) ? values[piece.name] : undefined
    if (value !== undefined && value !== null && value !== '') return value
    missing.add(piece.name)
    return piece.fallback ?? ''
  })
  return { text: filled.join(''), missing: [...missing] }
}
