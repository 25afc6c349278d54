import type { RemoteFile } from '@guichet/engine/ports'

interface Kind {
  readonly mime: string
  readonly extension: string
}

/** Webhooks say what a file is by one word; what it is exactly is known when it has been fetched. */
const kinds = new Map<string, Kind>(
  Object.entries({
    image: { mime: 'image/jpeg', extension: 'jpg' },
    sticker: { mime: 'image/png', extension: 'png' },
    video: { mime: 'video/mp4', extension: 'mp4' },
    audio: { mime: 'audio/mp4', extension: 'm4a' },
  }),
)

const unknown: Kind = { mime: 'application/octet-stream', extension: 'bin' }

/** By the ending of its name, where the address shows one. */
const endings = new Map(
  Object.entries({
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    png: 'image/png',
    gif: 'image/gif',
    webp: 'image/webp',
    mp4: 'video/mp4',
    mov: 'video/quicktime',
    mp3: 'audio/mpeg',
    m4a: 'audio/mp4',
    aac: 'audio/aac',
    ogg: 'audio/ogg',
    wav: 'audio/wav',
    pdf: 'application/pdf',
    txt: 'text/plain',
    csv: 'text/csv',
    zip: 'application/zip',
    doc: 'application/msword',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    xls: 'application/vnd.ms-excel',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
)

const family = (mime: string): string => mime.split('/')[0] ?? mime

/** The last piece of the path, as a person would call the file; undefined when it is no name of a file. */
const nameIn = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    const name = decodeURIComponent(last)
    return /^[^/\\]{1,120}\.[a-z\d]{2,5}$/i.test(name) ? name : undefined
  } catch {
    return undefined
  }
}

/** A file that Meta holds, for some time and for whoever has its address. */
export const remoteFile = (type: string, url: string, sticker?: string): RemoteFile => {
  const kind = kinds.get(type) ?? unknown
  const name = nameIn(url)
  const ending = name?.split('.').at(-1)?.toLowerCase() ?? ''
  const said = endings.get(ending)
  // A recording is a film without pictures by its name: what Meta calls it counts for more.
  const mime = said !== undefined && (kind === unknown || family(said) === family(kind.mime)) ? said : kind.mime
  const called = sticker === undefined ? type : `sticker-${sticker}`
  return { name: name ?? `${called}.${kind.extension}`, mime, remote: { url } }
}

/** What a file is called that nobody could name before it was here. */
export const namedBy = (name: string, mime: string): string => {
  const type = mime.split(';')[0]?.trim().toLowerCase() ?? ''
  const ending = [...endings].find(([, of]) => of === type)?.[0]
  return ending === undefined ? name : name.replace(/\.bin$/, `.${ending}`)
}
