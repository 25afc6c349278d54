import type { Json } from '../json.ts'
import { plainOf } from './plain.ts'
import type { RichPart } from './rich-part.ts'

/**
 * Why there are no bytes. `Coming`: they are still fetched from the provider, by way of this account; `remote` is what
 * its channel needs for that. `Gone`: they cannot be had any more.
 */
export type MissingFile =
  | {
      readonly _tag: 'Coming'
      readonly account: string
      readonly remote: Json
      /** Of the bytes, in hex, where the provider has announced it. */
      readonly sha256?: string
    }
  | { readonly _tag: 'Gone'; readonly reason: string }

/** A stored file: the bytes are in the Blobs port under `blob`; the name is the sender's and only ever shown. */
export interface FileRef {
  readonly blob: string
  readonly name: string
  readonly mime: string
  /** In bytes; what was announced while it is coming, and 0 when nothing was. */
  readonly size: number
  /** Set when the HTML of the same message shows the file in place (RFC 2392, without angle brackets). */
  readonly contentId?: string
  /** Set while its bytes are not there. */
  readonly missing?: MissingFile
}

/** A piece of a message. HTML has been sanitised before it gets here. */
export type Part =
  | { readonly _tag: 'Text'; readonly text: string }
  | { readonly _tag: 'Html'; readonly html: string }
  | { readonly _tag: 'File'; readonly file: FileRef }
  | RichPart

/**
 * The words of a message: what search, previews and notifications read.
 *
 * @example
 * ```ts
 * import { textOf } from '@guichet/engine/domain'
 *
 * const text = textOf([
 *   { _tag: 'Text', text: 'Hello,' },
 *   { _tag: 'Html', html: '<p>Hello,</p>' },
 *   { _tag: 'Text', text: 'where is it?' },
 * ])
 * console.log(text.split('\n'))
 * ```
 *
 * ```text
 * [ 'Hello,', 'where is it?' ]
 * ```
 */
export const textOf = (parts: ReadonlyArray<Part>): string => {
  const [first] = parts
  if (parts.length === 1 && first?._tag === 'Text') return first.text
  return parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n')
}

/**
 * The files of a message, in the order of its parts.
 *
 * @example
 * ```ts
 * import { filesOf } from '@guichet/engine/domain'
 *
 * const file = { blob: 'b1', name: 'chair.png', mime: 'image/png', size: 9_000 }
 * console.log(filesOf([{ _tag: 'Text', text: 'Look' }, { _tag: 'File', file }]).map(({ name }) => name))
 * ```
 *
 * ```text
 * [ 'chair.png' ]
 * ```
 */
export const filesOf = (parts: ReadonlyArray<Part>): ReadonlyArray<FileRef> =>
  parts.flatMap((part) => (part._tag === 'File' ? [part.file] : []))

/**
 * A message says something when it has a word or a file; white space alone is nothing.
 *
 * @example
 * ```ts
 * import { saysSomething } from '@guichet/engine/domain'
 *
 * console.log(saysSomething([{ _tag: 'Html', html: '<p> </p>' }]), saysSomething([{ _tag: 'Text', text: 'Yes' }]))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const saysSomething = (parts: ReadonlyArray<Part>): boolean =>
  parts.some((part) => {
    if (part._tag === 'Text') return part.text.trim() !== ''
    if (part._tag === 'Html') return part.html.replace(/<[^>]*>/g, '').trim() !== ''
    return part._tag === 'File' || plainOf(part).trim() !== ''
  })

const previewLength = 80

/** Enough to fill a preview however much white space there is; the rest of a long message is not looked at. */
const looksAt = 400

/** Half of a character that takes two code units. */
const surrogate = /[\ud800-\udfff]/

/** White space that is not just one space. */
const loose = /[^\S ]\s*| \s+/g

const withoutWords = (parts: ReadonlyArray<Part>): string =>
  parts
    .flatMap((part) => {
      if (part._tag === 'File') return [part.file.name]
      return part._tag === 'Text' || part._tag === 'Html' ? [] : [plainOf(part).slice(0, looksAt).replace(loose, ' ')]
    })
    .join(', ')

/**
 * One line of at most 80 characters for lists. A message without words shows its
 * other parts written out, or the names of its files.
 *
 * @example
 * ```ts
 * import { previewOf } from '@guichet/engine/domain'
 *
 * console.log(previewOf([{ _tag: 'Text', text: 'Hello,\n\n   where is it? ' }]))
 * console.log(previewOf([{ _tag: 'Text', text: 'a'.repeat(1_000) }]).length)
 * ```
 *
 * ```text
 * Hello, where is it?
 * 80
 * ```
 */
export const previewOf = (parts: ReadonlyArray<Part>): string => {
  const text = textOf(parts).slice(0, looksAt).replace(loose, ' ').trim()
  const line = text === '' ? withoutWords(parts) : text
  // Code units are never fewer than characters: short lines need not be taken apart, nor those without a pair.
  if (line.length <= previewLength) return line
  if (!surrogate.test(line)) return `${line.slice(0, previewLength - 1)}…`
  const characters = Array.from(line.slice(0, 2 * (previewLength + 1)))
  return characters.length <= previewLength ? line : `${characters.slice(0, previewLength - 1).join('')}…`
}
