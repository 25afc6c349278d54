import type { RemoteFile } from '@guichet/engine/ports'
import { textAt } from '@guichet/channel-kit'

/** A file as a provider announces it. */
export interface RemoteMedia {
  readonly url: string
  /** As the provider says. */
  readonly name?: string | undefined
  readonly mime?: string | undefined
  readonly size?: number | undefined
  readonly sha256?: string | undefined
}

/** Endings of what telephones send; providers give their files no names. */
const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'text/plain': 'txt',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'text/calendar': 'ics',
  'application/pdf': 'pdf',
}

const nameOf = (mime: string, index: number): string => {
  const [kind = 'file'] = mime.split('/')
  const stem = kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
  const ending = Object.hasOwn(endings, mime) ? endings[mime] : undefined
  return `${stem}-${index + 1}${ending === undefined ? '' : `.${ending}`}`
}

/** A file that the provider holds; `addressOf` finds it again. */
export const mediaFile = ({ url, name, mime, size, sha256 }: RemoteMedia, index: number): RemoteFile => {
  const type = mime?.split(';')[0]?.trim().toLowerCase()
  const known = type === undefined || type === '' ? 'application/octet-stream' : type
  return {
    name: name?.split(/[\\/]/).at(-1)?.trim() || nameOf(known, index),
    mime: known,
    ...(size === undefined || !Number.isSafeInteger(size) || size < 0 ? {} : { size }),
    ...(sha256 === undefined || !/^[\da-f]{64}$/i.test(sha256) ? {} : { sha256: sha256.toLowerCase() }),
    remote: { url },
  }
}

/** Where a file of `mediaFile` is. */
export const addressOf = (file: RemoteFile): string => textAt(file.remote, 'url') ?? ''
