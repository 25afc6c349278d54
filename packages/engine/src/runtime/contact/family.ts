import { decodeContact } from '../../codec/contact.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import { standsFor } from '../../domain/contact/merge.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { type Needs, type View, noNeeds } from '../view.ts'

/** A contact that stands for itself, and everybody who went into it, as they are stored. */
export interface Family {
  readonly root: Contact
  /** With the root. */
  readonly members: ReadonlyMap<string, Contact>
  readonly stored: ReadonlyMap<string, StoredDocument>
}

type Walked = { readonly _tag: 'Walked'; readonly family: Family | undefined } | Asking
interface Asking {
  readonly _tag: 'Asking'
  readonly ids: ReadonlyArray<string>
}

/** From any of them up and down to all of them; what was asked for and is not there does not exist. */
const walk = (start: string, find: (id: string) => StoredDocument | undefined, asked: ReadonlySet<string>): Walked => {
  const stored = new Map<string, StoredDocument>()
  const members = new Map<string, Contact>()
  const ids = new Set<string>()
  const seen = new Set([start])
  for (const id of seen) {
    const document = find(id)
    if (document === undefined) {
      if (!asked.has(id)) ids.add(id)
      continue
    }
    const contact = decodeContact(document)
    stored.set(id, document)
    members.set(id, contact)
    if (contact.mergedInto !== null) seen.add(contact.mergedInto)
    for (const one of contact.merged) seen.add(one.contact)
  }
  if (ids.size > 0) return { _tag: 'Asking', ids: [...ids] }
  const root = standsFor(start, (id) => members.get(id))
  return { _tag: 'Walked', family: root && { root, members, stored } }
}

const documentsOf = (workspace: string, ids: Iterable<string>): Needs => ({
  documents: [...ids].map((id) => ({ workspace, kind: 'contact', id })),
})

/** Families for one decision: `in` answers what is still to be loaded, or the family, undefined when there is none. */
export interface FamilyFinder {
  readonly in: (
    view: View,
    id: string,
  ) =>
    | { readonly _tag: 'Needs'; readonly needs: Needs }
    | { readonly _tag: 'Found'; readonly family: Family | undefined }
}

/** Remembers what one decision has asked for: a view does not tell what is absent from what was not loaded. */
export const familyFinder = (workspace: string): FamilyFinder => {
  const asked = new Set<string>()
  return {
    in: (view, id) => {
      const walked = walk(id, (one) => view.document(workspace, 'contact', one), asked)
      if (walked._tag === 'Walked') return { _tag: 'Found', family: walked.family }
      for (const one of walked.ids) asked.add(one)
      return { _tag: 'Needs', needs: documentsOf(workspace, walked.ids) }
    },
  }
}

/** The families of these contacts, by each id that was asked for: one round trip for most, one more for each step. */
export const familiesOf = async (
  core: Core,
  workspace: string,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, Family>> => {
  const known = new Map<string, StoredDocument>()
  const asked = new Set<string>()
  const families = new Map<string, Family>()
  let missing: ReadonlySet<string> = new Set(ids.filter((id) => typeof id === 'string'))
  while (missing.size > 0) {
    const request = { ...noNeeds, ...documentsOf(workspace, missing) }
    const loaded = await Promise.resolve(core.storage.load(request)).catch((error: unknown) => {
      throw storageFailed(error)
    })
    for (const id of missing) asked.add(id)
    for (const document of loaded.documents) known.set(document.id, document)
    const more = new Set<string>()
    for (const id of new Set(ids)) {
      if (families.has(id) || typeof id !== 'string') continue
      const walked = walk(id, (one) => known.get(one), asked)
      if (walked._tag === 'Asking') for (const one of walked.ids) more.add(one)
      else if (walked.family !== undefined) families.set(id, walked.family)
    }
    missing = more
  }
  return families
}

export const familyOf = async (core: Core, workspace: string, id: string): Promise<Family | undefined> =>
  (await familiesOf(core, workspace, [id])).get(id)

/**
 * A contact as people see it: with the remarks of everybody who went into it, and what channels last told about any of
 * them.
 */
export const asOne = ({ root, members }: Pick<Family, 'root' | 'members'>): Contact => {
  if (members.size === 1) return root
  const all = [...members.values()].sort((a, b) => a.createdAt - b.createdAt)
  return {
    ...root,
    attributes: Object.assign({}, ...all.map(({ attributes }) => attributes)) as Contact['attributes'],
    remarks: all.flatMap(({ remarks }) => remarks).sort((a, b) => a.at - b.at),
    createdAt: Math.min(...all.map(({ createdAt }) => createdAt)),
  }
}

/** All who belong together with these contacts, and these themselves: what is asked of one is asked of all. */
export const kinOf = async (
  core: Core,
  workspace: string,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  const families = await familiesOf(core, workspace, ids)
  return [...new Set([...ids, ...[...families.values()].flatMap(({ members }) => [...members.keys()])])]
}
