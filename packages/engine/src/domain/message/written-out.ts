import { type Part, textOf } from './part.ts'
import { plainOf } from './plain.ts'
import type { RichPart } from './rich-part.ts'

/**
 * Whether a part is one of those that not every channel shows: anything but text, HTML and files.
 *
 * @example
 * ```ts
 * import { isRich } from '@guichet/engine/domain'
 *
 * console.log(isRich({ _tag: 'Text', text: 'Hello' }), isRich({ _tag: 'Location', latitude: 0, longitude: 0 }))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const isRich = (part: Part): part is RichPart =>
  part._tag !== 'Text' && part._tag !== 'Html' && part._tag !== 'File'

/**
 * The same message with the parts that a channel cannot show written out as text, in their places.
 *
 * @example
 * ```ts
 * import { writtenOut } from '@guichet/engine/domain'
 *
 * const parts = [{ _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'The shop' }] as const
 * console.log(writtenOut(parts, ['Location']) === parts, writtenOut(parts, [])[0]?._tag)
 * ```
 *
 * ```text
 * true Text
 * ```
 */
export const writtenOut = (parts: ReadonlyArray<Part>, shown: ReadonlyArray<RichPart['_tag']>): ReadonlyArray<Part> =>
  parts.every((part) => !isRich(part) || shown.includes(part._tag))
    ? parts
    : parts.map((part) => (isRich(part) && !shown.includes(part._tag) ? { _tag: 'Text', text: plainOf(part) } : part))

/**
 * Everything that a message says in words: its text, and below it the parts beyond words and files, written out. It
 * begins with the text, so that a message of one text can be told from its words.
 *
 * @example
 * ```ts
 * import { allWordsOf } from '@guichet/engine/domain'
 *
 * const choices = [{ id: 'y', label: 'Yes' }]
 * const words = allWordsOf([{ _tag: 'Choices', choices }, { _tag: 'Text', text: 'Was it delivered?' }])
 * console.log(words.split('\n'))
 * ```
 *
 * ```text
 * [ 'Was it delivered?', '1. Yes' ]
 * ```
 */
export const allWordsOf = (parts: ReadonlyArray<Part>): string => {
  const text = textOf(parts)
  const rest = parts.filter(isRich)
  if (rest.length === 0) return text
  const written = rest.map(plainOf).join('\n')
  return text === '' ? written : `${text}\n${written}`
}
