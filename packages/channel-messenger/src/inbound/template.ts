import { field, listAt, textAt } from '@guichet/channel-kit'
import type { Content } from './told.ts'

const linesOf = (element: unknown): ReadonlyArray<string> =>
  ['title', 'text', 'subtitle'].flatMap((name) => textAt(element, name) || [])

const buttonOf = (button: unknown): ReadonlyArray<string> => {
  const line = [textAt(button, 'title'), textAt(button, 'url')].filter(Boolean).join(': ')
  return line === '' ? [] : [line]
}

/**
 * The words of a template, as applications send them and echoes show them: its text, its cards and its buttons, a line
 * each. Undefined when there are none.
 */
export const templateOf = (payload: unknown): Content | undefined => {
  const elements = [...listAt(payload, 'elements'), ...listAt(field(payload, 'generic'), 'elements')]
  const lines = [payload, ...elements].flatMap((one) => [...linesOf(one), ...listAt(one, 'buttons').flatMap(buttonOf)])
  return lines.length === 0 ? undefined : { parts: [{ _tag: 'Text', text: lines.join('\n') }], whole: false }
}
