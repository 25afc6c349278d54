import type { AgentSession, UpcomingWork, Workspace } from '@guichet/engine'
import type { Agent } from '@guichet/engine/domain'

/** As many as a person looks through. */
const most = 200

export interface SeenWork extends UpcomingWork {
  /** The conversation that it is about, when it is about one. */
  readonly conversation: string | null
}

/** Work about a conversation that she does not see is not shown; work about queues and people only to who leads. */
export const upcoming = async (
  workspace: Workspace,
  me: Agent,
  session: AgentSession,
): Promise<{ readonly items: ReadonlyArray<SeenWork> }> => {
  const work = await workspace.upcoming({ limit: most })
  const lanes = [...new Set(work.map(({ lane }) => lane))]
  const seen = new Set<string>()
  await Promise.all(
    lanes.map(async (lane) => {
      if ((await session.conversations.get(lane)).ok) seen.add(lane)
    }),
  )
  const leads = me.role !== 'agent'
  return {
    items: work.flatMap((one) => {
      if (seen.has(one.lane)) return [{ ...one, conversation: one.lane }]
      return leads && !aboutConversation(one.kind) ? [{ ...one, conversation: null }] : []
    }),
  }
}

/** What lies in the lane of a queue, an agent or the whole workspace. */
const elsewhere: ReadonlySet<string> = new Set(['distribute', 'presence', 'retain', 'retag', 'erase'])
const aboutConversation = (kind: string): boolean => !elsewhere.has(kind)
