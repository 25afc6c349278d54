import { field, type Step } from './field.ts'

/**
 * The text at a path, as it stands; undefined when there is none or something else.
 *
 * @example
 * ```ts
 * import { textAt } from '@guichet/channel-kit'
 *
 * console.log(textAt({ text: { body: 'Bonjour' } }, 'text', 'body'), textAt({ text: 7 }, 'text'))
 * ```
 *
 * ```text
 * Bonjour undefined
 * ```
 */
export const textAt = (value: unknown, ...path: ReadonlyArray<Step>): string | undefined => {
  const found = field(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/**
 * The id at a path: a text that is not empty, or a whole number that a provider sends in place of one, as text.
 *
 * @example
 * ```ts
 * import { idAt } from '@guichet/channel-kit'
 *
 * console.log(idAt({ id: 106540352242922 }, 'id'), idAt({ id: 'wamid.A' }, 'id'), idAt({ id: '' }, 'id'))
 * ```
 *
 * ```text
 * 106540352242922 wamid.A undefined
 * ```
 */
export const idAt = (value: unknown, ...path: ReadonlyArray<Step>): string | undefined => {
  const found = field(value, ...path)
  if (Number.isSafeInteger(found)) return String(found)
  return typeof found === 'string' && found !== '' ? found : undefined
}

const decimal = /^-?\d+(?:\.\d+)?$/

/**
 * The number at a path; also when it is written as a text of decimal digits, as providers do with times and counts.
 * Never infinite, never NaN.
 *
 * @example
 * ```ts
 * import { numberAt } from '@guichet/channel-kit'
 *
 * console.log(numberAt({ timestamp: '1700000000' }, 'timestamp'), numberAt({ size: 12.5 }, 'size'), numberAt('', 'size'))
 * ```
 *
 * ```text
 * 1700000000 12.5 undefined
 * ```
 */
export const numberAt = (value: unknown, ...path: ReadonlyArray<Step>): number | undefined => {
  const found = field(value, ...path)
  const number = typeof found === 'string' && decimal.test(found) ? Number(found) : found
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/**
 * Whether `true` is at a path: nothing else counts as yes.
 *
 * @example
 * ```ts
 * import { flagAt } from '@guichet/channel-kit'
 *
 * console.log(flagAt({ voice: true }, 'voice'), flagAt({ voice: 'true' }, 'voice'), flagAt({}, 'voice'))
 * ```
 *
 * ```text
 * true false false
 * ```
 */
export const flagAt = (value: unknown, ...path: ReadonlyArray<Step>): boolean => field(value, ...path) === true

/**
 * The list at a path; empty when there is none, so that it can be walked in any case.
 *
 * @example
 * ```ts
 * import { listAt, textAt } from '@guichet/channel-kit'
 *
 * const body: unknown = { messages: [{ id: 'a' }, 7] }
 * console.log(listAt(body, 'messages').map((one) => textAt(one, 'id')), listAt(body, 'statuses'))
 * ```
 *
 * ```text
 * [ 'a', undefined ] []
 * ```
 */
export const listAt = (value: unknown, ...path: ReadonlyArray<Step>): ReadonlyArray<unknown> => {
  const found = field(value, ...path)
  return Array.isArray(found) ? found : []
}
