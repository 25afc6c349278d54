import { decodeEntry } from '../../codec/entry.ts'
import type { Filter } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { withContacts } from './list.ts'
import { type Viewer, sightOf } from './viewer.ts'

const wordsAtMost = 12

/** What is no text has no words. */
export const wordy = (text: unknown): string => (typeof text === 'string' ? text : '')

/** Words as a person types them: letters and digits of any script, everything else only separates. */
export const wordsOf = (text: string): ReadonlyArray<string> =>
  (
    wordy(text)
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).slice(0, wordsAtMost)

export interface SearchRequest {
  readonly words: string
  readonly filter: Filter
  readonly limit: number
  readonly before?: number | undefined
}

/** Messages and subjects that have all the words, newest first. */
export const searchMessages = async (core: Core, viewer: Viewer, request: SearchRequest) => {
  const words = wordsOf(request.words)
  if (words.length === 0) return []
  const setup = await core.directory.of(viewer.workspace)
  const hits = await core.storage.search({
    workspace: viewer.workspace,
    visibility: sightOf(setup, viewer),
    words,
    filter: request.filter,
    limit: request.limit,
    ...(request.before === undefined ? {} : { before: request.before }),
  })
  const listed = await withContacts(
    core,
    viewer.workspace,
    hits.map(({ row }) => ({ row, unread: 0 })),
  )
  return hits.flatMap((hit, index) => {
    const found = listed[index]
    return found === undefined
      ? []
      : [{ ...found, entry: decodeEntry(hit.entry), body: hit.entry.body ?? '', position: hit.position }]
  })
}
