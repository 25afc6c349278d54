import type { CurrentMessage } from '../read/messages.ts'
import { plainOf } from '../../domain/message/plain.ts'
import type { Part } from '../../domain/message/part.ts'

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const character = (entity: string, name: string): string => {
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? entity
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity
}

/** The words of a page of HTML, for what was sent without any plain text. */
const wordsOfHtml = (html: string): string =>
  html
    .replace(/<(style|script|head)\b[^]*?<\/\1\s*>/gi, '')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, character)
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const wordsOfPart = (part: Part, hasText: boolean): string => {
  switch (part._tag) {
    case 'Text':
      return part.text
    case 'Html':
      return hasText ? '' : wordsOfHtml(part.html)
    case 'File':
      return ''
    default:
      return plainOf(part)
  }
}

/** Everything that a message says, as text; what is shown twice, as HTML and as text, is said once. */
export const wordsOf = ({ parts }: Pick<CurrentMessage, 'parts'>): string => {
  const hasText = parts.some((part) => part._tag === 'Text')
  return parts
    .map((part) => wordsOfPart(part, hasText))
    .filter((words) => words.trim() !== '')
    .join('\n')
}
