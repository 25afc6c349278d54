import type { AgentSession, Workspace } from '@guichet/engine'
import type { Agent } from '@guichet/engine/domain'

/** As far as a queue is counted; beyond it a page shows a plus. */
const countedTo = 200

/** What a desk needs once: who is who, and what waits in each queue. */
export const setup = async (workspace: Workspace, me: Agent, session: AgentSession) => {
  const [agents, queues, accounts, position] = await Promise.all([
    workspace.agents.list(),
    workspace.queues.list(),
    workspace.accounts.list(),
    workspace.position(),
  ])
  const open = await Promise.all(
    queues.map(({ id }) => session.conversations.list({ tab: 'open', queue: id, limit: countedTo })),
  )
  return {
    me,
    position,
    agents: agents.map(({ id, name, role }) => ({ id, name, role })),
    accounts: accounts.map(({ id, channel, name }) => ({ id, channel, name })),
    queues: queues.map((queue, at) => ({ ...queue, open: open[at]?.items.length ?? 0 })),
  }
}
