import type { Part, PublicMessage } from '@guichet/engine/ports'
import type { FileFrame, MessageBody } from '../protocol/frames.ts'
import { framesOf } from './part-frames.ts'

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** The words of HTML that came without a plain version: lines where blocks end, no tag, no style, no script. */
const plain = (html: string): string =>
  html
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6]|tr|blockquote)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .trim()

const wordsOf = (parts: ReadonlyArray<Part>): string => {
  const texts = parts.flatMap((part) =>
    part._tag === 'Text' ? [part.text] : part._tag === 'Chosen' ? [part.label] : [],
  )
  return texts.length > 0
    ? texts.join('\n')
    : parts.flatMap((part) => (part._tag === 'Html' ? [plain(part.html)] : [])).join('\n')
}

/** The id that the engine keeps a visitor's message under: unique in the account, the same for the same client id. */
export const externalIdOf = (address: string, clientId: string): string => `${address}:${clientId}`

const clientIdOf = (address: string, externalId: string | null): string | undefined =>
  externalId?.startsWith(`${address}:`) ? externalId.slice(address.length + 1) : undefined

/** A message as it is sent to the visitor at an address. */
export const bodyOf = (
  message: PublicMessage,
  prev: number,
  address: string,
  fileKey: (blob: string) => string,
): MessageBody => {
  const clientId = message.direction === 'in' ? clientIdOf(address, message.externalId) : undefined
  const files: ReadonlyArray<FileFrame> = message.parts.flatMap((part) =>
    part._tag === 'File'
      ? [
          {
            id: part.file.blob,
            name: part.file.name,
            mime: part.file.mime,
            size: part.file.size,
            key: fileKey(part.file.blob),
          },
        ]
      : [],
  )
  const parts = framesOf(message.parts)
  return {
    seq: message.seq,
    prev,
    from: message.direction === 'in' ? 'visitor' : 'agent',
    ...(clientId === undefined ? {} : { clientId }),
    author: message.authorName,
    text: wordsOf(message.parts),
    files,
    ...(parts.length === 0 ? {} : { parts }),
    at: message.sentAt,
    ...(message.quote === null ? {} : { quote: message.quote }),
    ...(message.edited ? { edited: true } : {}),
    ...(message.deleted ? { deleted: true } : {}),
  }
}

/** What may change about a message after it was sent; the keys of its files are new each time and say nothing. */
export const versionOf = (message: PublicMessage): string =>
  message.deleted ? 'deleted' : JSON.stringify([message.edited, message.parts])
