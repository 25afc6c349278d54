import type { AgentSession, UpcomingWork, Workspace } from '@guichet/engine'
import type { Agent } from '@guichet/engine/domain'

/** As many as a person looks through. */
const most = 200

export interface SeenWork extends UpcomingWork {
  /** Who writes there. */
  readonly name: string | null
}

/** Work about a conversation that she does not see is not shown; work about queues and people only to who leads. */
export const upcoming = async (
  workspace: Workspace,
  me: Agent,
  session: AgentSession,
): Promise<{ readonly items: ReadonlyArray<SeenWork> }> => {
  const work = await workspace.upcoming({ limit: most })
  const about = [...new Set(work.flatMap(({ conversation }) => conversation ?? []))]
  const seen = new Map<string, string>()
  await Promise.all(
    about.map(async (id) => {
      const found = await session.conversations.get(id)
      if (found.ok) seen.set(id, found.value.contact.name ?? found.value.contact.address)
    }),
  )
  const leads = me.role !== 'agent'
  return {
    items: work.flatMap((one): ReadonlyArray<SeenWork> => {
      if (one.conversation === null) return leads ? [{ ...one, name: null }] : []
      const name = seen.get(one.conversation)
      return name === undefined ? [] : [{ ...one, name }]
    }),
  }
}
