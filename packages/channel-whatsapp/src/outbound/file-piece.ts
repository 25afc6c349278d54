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

/** Opus in Ogg, and said to be: what telephones record. WhatsApp shows it as a voice message. */
const isVoice = ({ mime }: FileRef): boolean => /^audio\/ogg\s*;\s*codecs="?opus"?\s*$/i.test(mime)

const typeOf = ({ mime }: FileRef): string => (mime.split(';')[0] ?? '').trim().toLowerCase()

/** Cut before its ending, which says what it is, and between characters. */
const shortName = (name: string): string => {
  const characters = Array.from(name)
  if (characters.length <= nameAtMost) return name
  const ending = Array.from(/\.[^.\s]{1,10}$/.exec(name)?.[0] ?? '')
  return [...characters.slice(0, nameAtMost - ending.length), ...ending].join('')
}

/** The message that a file is; undefined when it is too large for any. A caption is no use to sounds. */
export const filePiece = (file: FileRef, caption: string): Piece | undefined => {
  const { size } = file
  if (size > fileLimits.maxBytes) return undefined
  const type = typeOf(file)
  const kind = kindOf(file)
  // The API measures an upload by its type: a picture that is too large for one is a document of no type.
  const isTooLarge = kind === 'document' && kinds.some(({ types }) => types.includes(type))
  const mime = !isTooLarge && /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(type) ? type : 'application/octet-stream'
  return {
    upload: { kind, file, mime },
    content: {
      type: kind,
      [kind]: {
        ...(caption === '' ? {} : { caption }),
        ...(kind === 'audio' && isVoice(file) ? { voice: true } : {}),
        ...(kind === 'document' ? { filename: shortName(oneLine(file.name)) || 'file' } : {}),
      },
    },
  }
}

/** What a file is sent as. */
export const kindOf = (file: FileRef): FileKind =>
  kinds.find(({ types, maxBytes }) => types.includes(typeOf(file)) && file.size <= maxBytes)?.kind ?? 'document'
