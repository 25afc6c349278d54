import type { ListedConversation } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { type Listed, withContacts } from './list.ts'
import { type SearchRequest, wordy } from './search.ts'
import { type Viewer, sightOf } from './viewer.ts'

/** Tags that are looked into; more words are asked for where more begin alike. */
const tagsAtMost = 20

const plain = (text: string): string => text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Defined tags that begin so, and the words themselves: a tag need not be defined to be used. */
const tagsFor = (words: string, defined: Iterable<string>): ReadonlyArray<string> => {
  const start = plain(words)
  if (start === '') return []
  return [...new Set([words.trim(), ...[...defined].filter((tag) => plain(tag).startsWith(start))])].slice(
    0,
    tagsAtMost,
  )
}

const newestFirst = (a: ListedConversation, b: ListedConversation): number =>
  b.row.lastActivity - a.row.lastActivity || (a.row.id < b.row.id ? 1 : -1)

/** Conversations with a tag that begins with the words, newest activity first. */
export const searchTags = async (
  core: Core,
  viewer: Viewer,
  request: SearchRequest,
): Promise<ReadonlyArray<Listed>> => {
  const { workspace } = viewer
  const { filter, limit } = request
  const setup = await core.directory.of(workspace)
  const pages = await Promise.all(
    tagsFor(wordy(request.words), setup.tags.keys()).map((tag) =>
      core.storage.list({
        workspace,
        visibility: sightOf(setup, viewer),
        filter: { ...filter, tag },
        reader: viewer.agent,
        limit,
      }),
    ),
  )
  const rows = new Map<string, ListedConversation>()
  for (const found of pages.flat()) {
    // A filter has room for one tag: the other one is looked at here.
    if (filter.tag === undefined || found.row.tags.includes(filter.tag)) rows.set(found.row.id, found)
  }
  return withContacts(core, workspace, [...rows.values()].sort(newestFirst).slice(0, limit))
}
