import { decodeContact } from '../../codec/contact.ts'
import { decodeConversation } from '../../codec/conversation.ts'
import { maySee } from '../../domain/access/policy.ts'
import { type Visibility, visibilityOf } from '../../domain/access/visibility.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { noNeeds } from '../view.ts'

/** Who reads: every read takes one, and none sees more than the policy says. */
export interface Viewer {
  readonly workspace: string
  readonly agent: string
}

/** Somebody the workspace does not know sees nothing at all, not even what she owned: nobody has an empty id. */
const nothing: Visibility = { _tag: 'Some', agent: '', queues: [], unownedOf: [] }

export const sightOf = (setup: Setup, viewer: Viewer): Visibility => {
  const agent = setup.agents.get(viewer.agent)
  return agent === undefined ? nothing : visibilityOf(agent, setup.queues.values())
}

/** A conversation, if this viewer may see it. What she may not see is not told from what does not exist. */
export const seeConversation = async (core: Core, viewer: Viewer, id: string): Promise<Conversation | undefined> => {
  const { workspace } = viewer
  const [setup, loaded] = await Promise.all([
    core.directory.of(workspace),
    core.storage.load({ ...noNeeds, conversations: [{ workspace, id }] }),
  ])
  const row = loaded.conversations[0]
  const agent = setup.agents.get(viewer.agent)
  if (row === undefined || agent === undefined) return undefined
  const state = decodeConversation(row)
  return maySee(agent, state, setup.queues.get(state.queue)) ? state : undefined
}

export const contactsOf = async (
  core: Core,
  workspace: string,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, Contact>> => {
  if (ids.length === 0) return new Map()
  const loaded = await core.storage.load({ ...noNeeds, contacts: [...new Set(ids)].map((id) => ({ workspace, id })) })
  return new Map(loaded.contacts.map((stored) => [stored.id, decodeContact(stored)]))
}
