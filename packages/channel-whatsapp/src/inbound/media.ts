import { field, flagAt, idAt, numberAt, textAt } from '@guichet/channel-kit'
import type { InboundPart } from '@guichet/engine/ports'

/** The kinds of files, as `type` and as the field of that name. `voice` is how older payloads call a voice message. */
export const mediaKinds = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const

export type MediaKind = (typeof mediaKinds)[number]

/** What files are called that come without a name; the others end as their type does. */
const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'video/3gpp': '3gp',
  'video/quicktime': 'mov',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'text/plain': 'txt',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
}

const endingOf = (mime: string): string => {
  const type = (mime.split(';')[0] ?? '').trim().toLowerCase()
  const plain = /^[a-z]+\/(?:x-)?([a-z0-9]{1,8})$/.exec(type)?.[1]
  const ending = Object.hasOwn(endings, type) ? endings[type] : plain
  return ending === undefined ? '' : `.${ending}`
}

/** The digest that a webhook writes in base64, in hexadecimal; undefined when it is none. */
const sha256Of = (written: string | undefined): string | undefined => {
  if (written === undefined) return undefined
  if (/^[\da-f]{64}$/i.test(written)) return written.toLowerCase()
  const bytes = Buffer.from(written, 'base64')
  return bytes.byteLength === 32 ? bytes.toString('hex') : undefined
}

/** What was written to a file, also where the file itself is not handed on. */
export const captionParts = (kind: string, message: unknown): ReadonlyArray<InboundPart> => {
  const caption = textAt(message, kind, 'caption')
  return caption === undefined || caption.trim() === '' ? [] : [{ _tag: 'Text', text: caption }]
}

/**
 * A file, and below it what was written to it. Its id is asked for its address when it is fetched: an address that a
 * webhook carries has expired by the time most of them are.
 */
export const mediaParts = (kind: MediaKind, message: unknown): ReadonlyArray<InboundPart> | undefined => {
  const media = field(message, kind) ?? (kind === 'voice' ? field(message, 'audio') : undefined)
  const id = idAt(media, 'id')
  if (id === undefined) return undefined
  const mime = textAt(media, 'mime_type')?.trim() || 'application/octet-stream'
  const isVoice = kind === 'voice' || flagAt(media, 'voice')
  const given = textAt(media, 'filename')
  const name = given === undefined || given.trim() === '' ? `${isVoice ? 'voice' : kind}${endingOf(mime)}` : given
  const sha256 = sha256Of(textAt(media, 'sha256'))
  const size = numberAt(media, 'file_size')
  return [
    {
      _tag: 'RemoteFile',
      file: {
        name,
        mime,
        ...(size === undefined || !Number.isSafeInteger(size) || size < 0 ? {} : { size }),
        ...(sha256 === undefined ? {} : { sha256 }),
        remote: { id },
      },
    },
    ...captionParts(kind, message),
  ]
}
