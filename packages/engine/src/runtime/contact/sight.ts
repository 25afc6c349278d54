import { can } from '../../domain/access/permissions.ts'
import type { Agent } from '../../domain/actor.ts'
import type { Core } from '../core.ts'
import { type Viewer, sightOf } from '../read/viewer.ts'
import { type Family, familyOf } from './family.ts'

/** When a contact was last heard of in a conversation that this viewer sees; undefined when she sees none. */
const lastSeen = async (core: Core, viewer: Viewer, contacts: ReadonlyArray<string>): Promise<number | undefined> => {
  const setup = await core.directory.of(viewer.workspace)
  const rows = await core.storage.list({
    workspace: viewer.workspace,
    visibility: sightOf(setup, viewer),
    filter: { contacts },
    reader: null,
    limit: 1,
  })
  return rows[0]?.row.lastActivity
}

/** A contact that a viewer may see, and when it was last heard of as far as she may know. */
export interface SeenFamily {
  readonly family: Family
  readonly lastActivity: number
}

/**
 * Whether a viewer may know that there is such a contact: she sees one of its conversations, or may edit contacts.
 * What she may not see is not told from what does not exist.
 */
export const seeingFamily = async (
  core: Core,
  viewer: Viewer,
  agent: Agent | undefined,
  family: Family | undefined,
): Promise<SeenFamily | undefined> => {
  if (agent === undefined || family === undefined) return undefined
  const last = await lastSeen(core, viewer, [...family.members.keys()])
  if (last === undefined && !can(agent, 'editContacts')) return undefined
  return { family, lastActivity: last ?? family.root.lastActivity }
}

export const seeFamily = async (core: Core, viewer: Viewer, id: string): Promise<SeenFamily | undefined> => {
  const [setup, family] = await Promise.all([core.directory.of(viewer.workspace), familyOf(core, viewer.workspace, id)])
  return seeingFamily(core, viewer, setup.agents.get(viewer.agent), family)
}
