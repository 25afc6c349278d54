/** A stored file: the bytes are in the Blobs port under `blob`; the name is the sender's and only ever shown. */
export interface FileRef {
  readonly blob: string
  readonly name: string
  readonly mime: string
  /** In bytes. */
  readonly size: number
  /** Set when the HTML of the same message shows the file in place (RFC 2392, without angle brackets). */
  readonly contentId?: string
}

/** A piece of a message. HTML has been sanitised before it gets here. */
export type Part =
  | { readonly _tag: 'Text'; readonly text: string }
  | { readonly _tag: 'Html'; readonly html: string }
  | { readonly _tag: 'File'; readonly file: FileRef }

/** The words of a message: what search, previews and notifications read. */
export const textOf = (parts: ReadonlyArray<Part>): string => {
  const [first] = parts
  if (parts.length === 1 && first?._tag === 'Text') return first.text
  return parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n')
}

export const filesOf = (parts: ReadonlyArray<Part>): ReadonlyArray<FileRef> =>
  parts.flatMap((part) => (part._tag === 'File' ? [part.file] : []))

/** A message says something when it has a word or a file; white space alone is nothing. */
export const saysSomething = (parts: ReadonlyArray<Part>): boolean =>
  parts.some(
    (part) =>
      part._tag === 'File' ||
      (part._tag === 'Text' ? part.text.trim() !== '' : part.html.replace(/<[^>]*>/g, '').trim() !== ''),
  )

const previewLength = 80

/** Enough to fill a preview however much white space there is; the rest of a long message is not looked at. */
const looksAt = 400

/** White space that is not just one space. */
const loose = /[^\S ]\s*| \s+/g

/** One line of at most 80 characters for lists. A message of files alone shows their names. */
export const previewOf = (parts: ReadonlyArray<Part>): string => {
  const text = textOf(parts).slice(0, looksAt).replace(loose, ' ').trim()
  const line =
    text === ''
      ? filesOf(parts)
          .map((file) => file.name)
          .join(', ')
      : text
  // Code units are never fewer than characters: short lines, nearly all, need not be taken apart.
  if (line.length <= previewLength) return line
  const characters = Array.from(line.slice(0, 2 * (previewLength + 1)))
  return characters.length <= previewLength ? line : `${characters.slice(0, previewLength - 1).join('')}…`
}
