import { type FileRef, type MissingFile, type Part, filesOf } from './part.ts'

/** What came of fetching a file: it is there, as what was fetched says of itself, or it will never be. */
export type Fetched =
  | { readonly _tag: 'Arrived'; readonly size: number; readonly mime: string; readonly name: string }
  | { readonly _tag: 'Lost'; readonly reason: string }

/** A file that is still fetched. */
export type ComingFile = FileRef & { readonly missing: Extract<MissingFile, { readonly _tag: 'Coming' }> }

const isComing = (file: FileRef): file is ComingFile => file.missing?._tag === 'Coming'

/**
 * The files of a message that are still fetched.
 *
 * @example
 * ```ts
 * import { comingIn } from '@guichet/engine/domain'
 *
 * const missing = { _tag: 'Coming', account: 'support', remote: { id: 'media-1' } } as const
 * const file = { blob: 'b1', name: 'chair.png', mime: 'image/png', size: 0, missing }
 * console.log(comingIn([{ _tag: 'Text', text: 'Look' }, { _tag: 'File', file }]).map(({ name }) => name))
 * ```
 *
 * ```text
 * [ 'chair.png' ]
 * ```
 */
export const comingIn = (parts: ReadonlyArray<Part>): ReadonlyArray<ComingFile> => filesOf(parts).filter(isComing)

/**
 * A file as it is once it is known what came of fetching it.
 *
 * @example
 * ```ts
 * import { afterFetching } from '@guichet/engine/domain'
 *
 * const missing = { _tag: 'Coming', account: 'support', remote: { id: 'media-1' } } as const
 * const file = { blob: 'b1', name: 'image', mime: 'image/*', size: 0, missing }
 * console.log(afterFetching(file, { _tag: 'Arrived', name: 'chair.png', mime: 'image/png', size: 9_000 }))
 * ```
 *
 * ```text
 * { blob: 'b1', name: 'chair.png', mime: 'image/png', size: 9000 }
 * ```
 */
export const afterFetching = ({ missing: _, ...file }: FileRef, fetched: Fetched): FileRef => {
  if (fetched._tag === 'Lost') return { ...file, missing: { _tag: 'Gone', reason: fetched.reason } }
  const { size, mime, name } = fetched
  return { ...file, name, mime, size }
}

/**
 * What a message says, with its files as they are now.
 *
 * @param files those of which something became known since, by their `blob`.
 *
 * @example
 * ```ts
 * import { withFiles } from '@guichet/engine/domain'
 *
 * const missing = { _tag: 'Coming', account: 'support', remote: { id: 'media-1' } } as const
 * const file = { blob: 'b1', name: 'image', mime: 'image/png', size: 9_000 }
 * console.log(withFiles([{ _tag: 'File', file: { ...file, missing } }], [file]))
 * ```
 *
 * ```text
 * [
 *   {
 *     _tag: 'File',
 *     file: { blob: 'b1', name: 'image', mime: 'image/png', size: 9000 }
 *   }
 * ]
 * ```
 */
export const withFiles = (parts: ReadonlyArray<Part>, files: ReadonlyArray<FileRef> = []): ReadonlyArray<Part> =>
  files.length === 0
    ? parts
    : parts.map((part): Part => {
        const known = part._tag === 'File' ? files.find(({ blob }) => blob === part.file.blob) : undefined
        return known === undefined ? part : { _tag: 'File', file: known }
      })
