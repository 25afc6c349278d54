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
export const textOf = (parts: ReadonlyArray<Part>): string =>
  parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n')

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

/** One line of at most 80 characters for lists. A message of files alone shows their names. */
export const previewOf = (parts: ReadonlyArray<Part>): string => {
  const text = textOf(parts).replace(/\s+/g, ' ').trim()
  const line = text === '' ? filesOf(parts).map((file) => file.name).join(', ') : text
  const characters = [...line]
  return characters.length <= previewLength ? line : `${characters.slice(0, previewLength - 1).join('')}…`
}
