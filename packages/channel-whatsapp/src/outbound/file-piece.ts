import type { FileRef } from '@guichet/engine/ports'
import type { FileKind, Piece } from './wire.ts'
import { oneLine } from './words.ts'

const mebibyte = 1024 * 1024

/** What may be sent as what, and how large. What is larger, or anything else, goes as a document. */
const kinds: ReadonlyArray<{
  readonly kind: FileKind
  readonly types: ReadonlyArray<string>
  readonly maxBytes: number
}> = [
  { kind: 'image', types: ['image/jpeg', 'image/png'], maxBytes: 5 * mebibyte },
  { kind: 'video', types: ['video/mp4', 'video/3gpp'], maxBytes: 16 * mebibyte },
  {
    kind: 'audio',
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    maxBytes: 16 * mebibyte,
  },
]

const documents: ReadonlyArray<string> = [
  'text/plain',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]

/** What the channel takes: the types that the API lists, up to the size of a document. */
export const fileLimits = {
  max: 10,
  maxBytes: 100 * mebibyte,
  types: [...kinds.flatMap(({ types }) => types), ...documents],
}

const nameAtMost = 240

/** The message that a file is; undefined when it is too large for any. A caption is no use to sounds. */
export const filePiece = (file: FileRef, caption: string): Piece | undefined => {
  const { size } = file
  if (size > fileLimits.maxBytes) return undefined
  const type = (file.mime.split(';')[0] ?? '').trim().toLowerCase()
  const mime = /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(type) ? type : 'application/octet-stream'
  const kind = kindOf(file)
  return {
    upload: { kind, file, mime },
    content: {
      type: kind,
      [kind]: {
        ...(caption === '' ? {} : { caption }),
        ...(kind === 'document' ? { filename: oneLine(file.name).slice(0, nameAtMost) || 'file' } : {}),
      },
    },
  }
}

/** What a file is sent as. */
export const kindOf = ({ mime, size }: FileRef): FileKind => {
  const type = (mime.split(';')[0] ?? '').trim().toLowerCase()
  return kinds.find(({ types, maxBytes }) => types.includes(type) && size <= maxBytes)?.kind ?? 'document'
}
