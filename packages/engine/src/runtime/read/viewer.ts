import { maySee } from '../../domain/access/policy.ts'
import { type Visibility, visibilityOf } from '../../domain/access/visibility.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { familiesOf } from '../contact/family.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { currentConversation } from '../redirect.ts'

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

/**
 * A conversation, if this viewer may see it; for one that was merged, the one it went into. What she may not see is not
 * told from what does not exist.
 */
export const seeConversation = async (core: Core, viewer: Viewer, id: string): Promise<Conversation | undefined> => {
  const { workspace } = viewer
  const [setup, state] = await Promise.all([core.directory.of(workspace), currentConversation(core, workspace, id)])
  const agent = setup.agents.get(viewer.agent)
  if (state === undefined || agent === undefined) return undefined
  return maySee(agent, state, setup.queues.get(state.queue)) ? state : undefined
}

/** Whoever stands for each of these contacts now, by the id that was asked for. */
export const contactsOf = async (
  core: Core,
  workspace: string,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, Contact>> => {
  const families = await familiesOf(core, workspace, [...new Set(ids)])
  return new Map(
    [...families].map(([id, { root, members }]) => [id, { ...root, name: root.name ?? members.get(id)?.name ?? null }]),
  )
}
