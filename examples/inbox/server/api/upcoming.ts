import type { AgentSession, UpcomingWork, Workspace } from '@guichet/engine'
import type { Agent } from '@guichet/engine/domain'

/** As many as a person looks through. */
const most = 200

export interface SeenWork extends UpcomingWork {
  /** The conversation that it is about, when it is about one. */
  readonly conversation: string | null
  /** Who writes there. */
  readonly name: string | null
}

/** What is told beside messages lies in lanes of its own, behind the conversation that it is about. */
const aboutOf = ({ kind, lane }: UpcomingWork): string =>
  kind === 'signal' ? lane.slice(0, lane.lastIndexOf('/', lane.lastIndexOf('/') - 1)) : lane

/** Work about a conversation that she does not see is not shown; work about queues and people only to who leads. */
export const upcoming = async (
  workspace: Workspace,
  me: Agent,
  session: AgentSession,
): Promise<{ readonly items: ReadonlyArray<SeenWork> }> => {
  const work = await workspace.upcoming({ limit: most })
  const about = [...new Set(work.map(aboutOf))]
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
      const conversation = aboutOf(one)
      const name = seen.get(conversation)
      if (name !== undefined) return [{ ...one, conversation, name }]
      return leads && elsewhere.has(one.kind) ? [{ ...one, conversation: null, name: null }] : []
    }),
  }
}

/** What lies in the lane of a queue, an agent or the whole workspace. */
const elsewhere: ReadonlySet<string> = new Set(['distribute', 'reassign', 'presence', 'retain', 'retag', 'erase'])
