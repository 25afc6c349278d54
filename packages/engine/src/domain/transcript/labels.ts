import { isLanguageTag } from '../message/translated.ts'

/** What a transcript says besides the words of those who wrote; `language` is the one that they are in, as BCP 47. */
export interface TranscriptLabels {
  readonly language: string
  /** The heading where there is no subject; `{contact}` stands for the name. */
  readonly heading: string
  readonly title: string
  readonly with: string
  readonly by: string
  readonly conversation: string
  readonly times: string
  readonly note: string
  readonly edited: string
  readonly deleted: string
  readonly moved: string
  readonly file: string
  /** In place of the size of a file whose bytes are still fetched, or cannot be had any more. */
  readonly fileComing: string
  readonly fileGone: string
}

/**
 * What stands in a transcript unless something else is asked for.
 *
 * @example
 * ```ts
 * import { englishLabels } from '@guichet/engine/domain'
 *
 * console.log(englishLabels.heading)
 * ```
 *
 * ```text
 * Conversation with {contact}
 * ```
 */
export const englishLabels: TranscriptLabels = {
  language: 'en',
  heading: 'Conversation with {contact}',
  title: 'Title',
  with: 'With',
  by: 'By',
  conversation: 'Conversation',
  times: 'Times',
  note: 'note',
  edited: 'edited',
  deleted: 'deleted',
  moved: 'moved to another conversation',
  file: 'file',
  fileComing: 'not there yet',
  fileGone: 'not available',
}

const longest = 200

/**
 * What is wrong with labels that were asked for, each with what would be right.
 *
 * @example
 * ```ts
 * import { labelIssues } from '@guichet/engine/domain'
 *
 * console.log(labelIssues({ language: 'fr', note: 'remarque' }), labelIssues({ note: '', remark: 'remarque' }))
 * ```
 *
 * ```text
 * [] [
 *   'labels.note: a text of 1 to 200 characters',
 *   'labels.remark: there is no such label'
 * ]
 * ```
 */
export const labelIssues = (labels: unknown): ReadonlyArray<string> => {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return ['labels: texts by their names']
  return Object.entries(labels).flatMap(([name, value]: readonly [string, unknown]) => {
    if (!Object.hasOwn(englishLabels, name)) return [`labels.${name.slice(0, longest)}: there is no such label`]
    if (value === undefined) return []
    if (name === 'language') return isLanguageTag(value) ? [] : ['labels.language: a language tag such as fr or pt-BR']
    const fits = typeof value === 'string' && value.trim() !== '' && value.length <= longest
    return fits ? [] : [`labels.${name}: a text of 1 to ${longest} characters`]
  })
}
