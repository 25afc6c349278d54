import { decodeCompany } from '../../codec/company.ts'
import { can } from '../../domain/access/permissions.ts'
import type { Block } from '../../domain/contact/block.ts'
import type { Contact, Identity } from '../../domain/contact/contact.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import { blockOf } from '../blocks.ts'
import type { Core } from '../core.ts'
import { wordsOf, wordy } from '../read/search.ts'
import type { Viewer } from '../read/viewer.ts'
import { noNeeds } from '../view.ts'
import { type Family, asOne, familiesOf } from './family.ts'
import { type Proposed, proposedCompany } from './proposing.ts'
import { type SeenFamily, seeFamily, seeingFamily } from './sight.ts'

/** A contact with what belongs to it. */
export interface Whole extends Contact {
  readonly identities: ReadonlyArray<Identity>
  readonly companyName: string | null
  readonly proposedCompany: Proposed | null
  readonly blocks: ReadonlyArray<Block>
}

/** The blocks that keep her from being heard now, on any of her addresses; like every list of them, for who may block. */
const blocksOn = async (
  core: Core,
  viewer: Viewer,
  contact: Contact,
  members: ReadonlyArray<string>,
  identities: ReadonlyArray<Identity>,
): Promise<ReadonlyArray<Block>> => {
  const setup = await core.directory.of(viewer.workspace)
  const agent = setup.agents.get(viewer.agent)
  if (agent === undefined || !can(agent, 'manageBlocks')) return []
  const addresses = identities.length === 0 ? [{ account: '', address: '' }] : identities
  return [...setup.blocks.values()].filter((block) => {
    const alone = { ...setup, blocks: new Map([[block.id, block]]) }
    return addresses.some(({ account, address }) => {
      const from = { address, attributes: contact.attributes }
      return blockOf(alone, core.clock.now(), account, from, members) !== null
    })
  })
}

export const wholeOf = async (core: Core, viewer: Viewer, { family, lastActivity }: SeenFamily): Promise<Whole> => {
  const { workspace } = viewer
  const members = [...family.members.keys()]
  const contact = { ...asOne(family), lastActivity }
  const { company } = contact
  const [rows, proposed, loaded] = await Promise.all([
    core.storage.identitiesOf(workspace, members),
    proposedCompany(core, workspace, contact),
    company === null
      ? undefined
      : core.storage.load({ ...noNeeds, documents: [{ workspace, kind: 'company', id: company }] }),
  ])
  const identities = rows.map(({ version: _, ...identity }) => identity)
  const stored = loaded?.documents[0]
  return {
    ...contact,
    identities,
    companyName: stored === undefined ? null : decodeCompany(stored).name,
    proposedCompany: proposed,
    blocks: await blocksOn(core, viewer, contact, members, identities),
  }
}

/** A contact by any of the ids it ever had, if this viewer may see it. */
export const getContact = async (core: Core, viewer: Viewer, id: string): Promise<Whole | undefined> => {
  const seen = await seeFamily(core, viewer, id)
  return seen && wholeOf(core, viewer, seen)
}

export interface ContactQuery {
  readonly words?: string | undefined
  readonly company?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** So many documents are looked at for one page at most: who sees few of many gets short pages, not long waits. */
const lookedAtMost = 1_000

const folded = (text: string): ReadonlyArray<string> =>
  wordsOf(text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())

const hasAll = ({ words }: StoredDocument, wanted: ReadonlyArray<string>): boolean => {
  const own = folded(words)
  return wanted.every((start) => own.some((word) => word.startsWith(start)))
}

/** Of those of a family that are found, the newest stands for it: so it is found once, on whatever page. */
const standsForFamily = ({ id }: StoredDocument, family: Family, words: ReadonlyArray<string> | undefined): boolean => {
  if (words === undefined) return id === family.root.id
  const wanted = folded(words.join(' '))
  return ![...family.stored.values()].some((other) => other.id > id && hasAll(other, wanted))
}

/** By beginnings of words, or the newest; who went into another one is found as that one. */
export const findContacts = async (
  core: Core,
  viewer: Viewer,
  query: ContactQuery,
): Promise<{ readonly items: ReadonlyArray<Contact>; readonly next: string | null }> => {
  const { workspace } = viewer
  const setup = await core.directory.of(workspace)
  const agent = setup.agents.get(viewer.agent)
  const words = query.words === undefined || wordy(query.words).trim() === '' ? undefined : wordsOf(query.words)
  if (agent === undefined || words?.length === 0) return { items: [], next: null }
  const items: Array<Contact> = []
  const limit = Math.max(query.limit, 50)
  let { after } = query
  for (let looked = 0; looked < lookedAtMost; looked += limit) {
    const page = await core.storage.documents({
      workspace,
      kind: 'contact',
      limit,
      ...(words && { words }),
      ...(query.company === undefined ? {} : { parent: query.company }),
      ...(after === undefined ? {} : { after }),
    })
    const families = await familiesOf(
      core,
      workspace,
      page.map(({ id }) => id),
    )
    for (const document of page) {
      if (items.length >= query.limit) return { items, next: after ?? null }
      after = document.id
      const family = families.get(document.id)
      if (family === undefined || !standsForFamily(document, family, words)) continue
      const seen = await seeingFamily(core, viewer, agent, family)
      if (seen !== undefined) items.push({ ...asOne(family), lastActivity: seen.lastActivity })
    }
    if (page.length < limit) return { items, next: null }
  }
  return { items, next: after ?? null }
}
