import type { Contact } from '../../domain/contact/contact.ts'
import { kinOf } from '../contact/family.ts'
import type { Core } from '../core.ts'
import { knownTo } from './known-contacts.ts'
import { type SearchRequest, wordsOf } from './search.ts'
import { type Viewer, sightOf } from './viewer.ts'

const pageSize = 50
/** Who may see few of very many namesakes is shown the newest of them. */
const pagesAtMost = 20

/** Whether a conversation of theirs is among those that are asked for; all of them are when nothing is asked for. */
const isAmong = async (core: Core, viewer: Viewer, { id }: Contact, { filter }: SearchRequest): Promise<boolean> => {
  if (Object.keys(filter).length === 0) return true
  const family = await kinOf(core, viewer.workspace, [id])
  const contacts = filter.contacts === undefined ? family : family.filter((one) => filter.contacts?.includes(one))
  if (contacts.length === 0) return false
  const setup = await core.directory.of(viewer.workspace)
  const visibility = sightOf(setup, viewer)
  const { workspace } = viewer
  return (await core.storage.count({ workspace, visibility, filter: { ...filter, contacts }, atMost: 1 })) > 0
}

/** Contacts whose names and addresses have all the words, as far as this viewer may know of them. */
export const searchContacts = async (
  core: Core,
  viewer: Viewer,
  request: SearchRequest,
): Promise<ReadonlyArray<Contact>> => {
  const words = wordsOf(request.words)
  const found = new Map<string, Contact>()
  if (words.length === 0) return []
  let after: string | undefined
  for (let page = 0; page < pagesAtMost && found.size < request.limit; page += 1) {
    const documents = await core.storage.documents({
      workspace: viewer.workspace,
      kind: 'contact',
      words,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    const known = await knownTo(
      core,
      viewer,
      documents.map(({ id }) => id),
    )
    for (const contact of known.values()) {
      if (!found.has(contact.id) && (await isAmong(core, viewer, contact, request))) found.set(contact.id, contact)
    }
    const last = documents.at(-1)
    if (last === undefined || documents.length < pageSize) break
    after = last.id
  }
  return [...found.values()].slice(0, request.limit)
}
