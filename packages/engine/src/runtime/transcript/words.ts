import type { Part } from '../../domain/message/part.ts'
import { allWordsOf } from '../../domain/message/written-out.ts'

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const character = (entity: string, name: string): string => {
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? entity
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity
}

/** The words of a page of HTML. */
const wordsOfHtml = (html: string): string =>
  html
    .replace(/<(style|script|head)\b[^]*?<\/\1\s*>/gi, '')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, character)
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** Everything that a message says, as text: what was sent as HTML alone is read off it. */
export const wordsOf = (parts: ReadonlyArray<Part>): string => {
  const words = allWordsOf(parts)
  if (words.trim() !== '') return words
  return parts
    .flatMap((part) => (part._tag === 'Html' ? [wordsOfHtml(part.html)] : []))
    .filter((text) => text !== '')
    .join('\n')
}
