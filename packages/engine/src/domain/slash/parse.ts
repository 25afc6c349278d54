/** What somebody typed after a slash: a name in lower case, and all that follows it. */
export interface SlashLine {
  readonly name: string
  readonly argument: string
}

const line = /^\/?([\p{L}\p{N}][\p{L}\p{N}_-]*)(?:\s+([\s\S]*))?$/u

const quotes: ReadonlyArray<readonly [string, string]> = [
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
]

/** Quotes around the whole argument keep the space at its ends; quotes within it are part of it. */
const unquoted = (text: string): string => {
  for (const [open, close] of quotes) {
    const inner = text.slice(open.length, text.length - close.length)
    if (text.length >= 2 && text.startsWith(open) && text.endsWith(close) && !inner.includes(close)) return inner
  }
  return text
}

/**
 * Reads a line such as `/rename Lost parcel`; null when it is none. The slash may be left out.
 *
 * @example
 * ```ts
 * import { parseSlash } from '@guichet/engine/domain'
 *
 * console.log(parseSlash('/Rename  Lost parcel '), parseSlash('rename " Lost "'), parseSlash('/ 5'))
 * ```
 *
 * ```text
 * { name: 'rename', argument: 'Lost parcel' } { name: 'rename', argument: ' Lost ' } null
 * ```
 */
export const parseSlash = (text: string): SlashLine | null => {
  const match = line.exec(text.trim())
  if (match === null) return null
  return { name: (match[1] ?? '').toLowerCase(), argument: unquoted((match[2] ?? '').trim()) }
}
