import type { AgentSession, ConversationSummary, Workspace } from '@guichet/engine'
import { type Agent, permissionsOf } from '@guichet/engine/domain'
import type { Channel } from '@guichet/engine/ports'

/** Pages of a queue that are looked through for running offers, at most: a thousand who wait. */
const pagesAtMost = 5
const pageSize = 200

/** Conversations of a queue that somebody is being offered. */
const offeredIn = async (session: AgentSession, queue: string): Promise<ReadonlyArray<ConversationSummary>> => {
  const offered: ConversationSummary[] = []
  let after: string | undefined
  for (let page = 0; page < pagesAtMost; page += 1) {
    const more = after === undefined ? {} : { after }
    const found = await session.conversations.list({ tab: 'unassigned', queue, limit: pageSize, ...more })
    offered.push(...found.items.filter(({ offer }) => offer !== null))
    if (found.next === null) break
    after = found.next
  }
  return offered
}

export type Channels = Readonly<Record<string, Channel>>

/** What a desk asks for whenever something changes: who is who and who is there, what waits where, what is offered. */
export const setup = async (
  {
    workspace,
    channels,
    now,
  }: { readonly workspace: Workspace; readonly channels: Channels; readonly now: () => number },
  me: Agent,
  session: AgentSession,
) => {
  const [agents, seats, queues, departments, overviews, accounts, views, attributes, position] = await Promise.all([
    workspace.agents.list(),
    session.presence.list(),
    workspace.queues.list(),
    workspace.departments.list(),
    session.queues.overview(),
    workspace.accounts.list(),
    session.views.list(),
    workspace.attributes.list(),
    workspace.position(),
  ])
  const overview = new Map(overviews.map((one) => [one.queue.id, one]))
  const offers = await Promise.all(
    overviews.filter(({ waiting }) => waiting > 0).map(({ queue }) => offeredIn(session, queue.id)),
  )
  return {
    me: { ...me, permissions: me.permissions ?? permissionsOf(me.role) },
    position,
    // Where the engine's clock stands: what is due is due by it.
    now: now(),
    agents: agents.map(({ id, name, role, extension = null, queues: served }) => ({
      id,
      name,
      role,
      extension,
      queues: served,
    })),
    seats,
    accounts: accounts.map(({ id, channel, name, queue, bots, signature }) => ({
      id,
      channel,
      name,
      queue,
      bots,
      signature,
      // What can be told there beside messages.
      signals: channels[channel]?.capabilities.signals ?? [],
    })),
    departments,
    attributes,
    views,
    offers: offers.flat(),
    queues: queues.map((queue) => {
      const { open = 0, waiting = 0, waitingSince = null, online = [] } = overview.get(queue.id) ?? {}
      // Whose queue it is not, sees what she is part of, and is told no figures.
      return { ...queue, mine: overview.has(queue.id), open, waiting, waitingSince, online }
    }),
  }
}
