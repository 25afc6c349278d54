import { fileTypeFromBuffer } from 'file-type'

/** A pattern is a media type or all of a kind: `image/*`. */
export const accepts = (types: ReadonlyArray<string>, mime: string): boolean =>
  types.some((type) => type === mime || (type.endsWith('/*') && mime.startsWith(type.slice(0, -1))))

const runsSomewhere = new Set(['text/html', 'text/xml', 'text/javascript', 'text/ecmascript', 'text/xsl'])

const readsAsText = (bytes: Uint8Array): boolean => {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0')
  } catch {
    return false
  }
}

/**
 * What a file is, from its own bytes; what the sender calls it only decides between kinds of plain text, which have no
 * mark of their own. Undefined: nothing that is accepted.
 */
export const typeOf = async (
  bytes: Uint8Array,
  claimed: string,
  types: ReadonlyArray<string>,
): Promise<string | undefined> => {
  const found = (await fileTypeFromBuffer(bytes))?.mime
  if (found !== undefined) return accepts(types, found) ? found : undefined
  const mime = claimed.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!mime.startsWith('text/') || runsSomewhere.has(mime) || !accepts(types, mime)) return undefined
  return readsAsText(bytes) ? mime : undefined
}

/** Pictures that a browser draws without running anything; SVG runs scripts and is not one of them. */
export const drawable: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
])

/** A file name for showing: no path, no control, direction or broken characters, at most 200 characters. */
export const shownName = (name: string): string => {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/^.*[\\/]/, '')
    .trim()
  return plain === '' || plain === '.' || plain === '..' ? 'file' : [...plain].slice(-200).join('')
}
