import type { Agent } from '../actor.ts'
import type { Entry } from '../conversation/entry.ts'
import type { Conversation } from '../conversation/state.ts'
import type { Queue } from '../queue/queue.ts'

/** Whether a member saw it while it stood in this queue with this owner, or had to do with it beside her. */
const sawIn = (
  agent: Agent,
  queue: Queue | undefined,
  owner: string | null,
  others: ReadonlyArray<string> = [],
): boolean =>
  owner === agent.id ||
  others.includes(agent.id) ||
  (queue !== undefined && agent.queues.includes(queue.id) && (queue.mode === 'shared' || owner === null))

/**
 * Whether an entry took a conversation out of an agent's sight: she could see it before, and `maySee` now says no.
 * Only then may she hear of it at all.
 *
 * @example
 * ```ts
 * import { type Entry, lostSight } from '@guichet/engine/domain'
 *
 * const entry: Entry = {
 *   seq: 2,
 *   at: facts.now,
 *   actor: { kind: 'agent', id: 'ben' },
 *   what: { _tag: 'Transferred', to: { queue: 'billing' }, from: { queue: 'support', owner: null } },
 * }
 * console.log(lostSight(ana, entry, { ...conversation, seq: 2, queue: 'billing' }, facts.queues))
 * ```
 *
 * ```text
 * true
 * ```
 */
export const lostSight = (
  agent: Agent,
  entry: Entry,
  after: Conversation,
  queues: ReadonlyMap<string, Queue>,
): boolean => {
  const { what, actor } = entry
  const here = queues.get(after.queue)
  switch (what._tag) {
    case 'Transferred':
      return (
        (actor.kind === 'agent' && actor.id === agent.id) ||
        sawIn(agent, queues.get(what.from.queue), what.from.owner, what.from.others)
      )
    case 'Claimed':
    case 'Assigned':
    case 'Distributed':
    case 'OfferAccepted':
      return sawIn(agent, here, null)
    case 'MessageSent':
      return what.claimed === true && sawIn(agent, here, null)
    case 'TakenOver':
      return sawIn(agent, here, what.from)
    case 'Left':
    case 'Released':
      return actor.kind === 'agent' && actor.id === agent.id
    case 'OfferDeclined':
      return actor.kind === 'agent' && actor.id === agent.id
    case 'Overflowed':
      return sawIn(agent, queues.get(what.from), null)
    case 'Returned':
      return what.from === agent.id
    case 'MessageReceived':
    case 'SnoozeEnded':
    case 'Merged':
      return what.cameBack?.formerOwner === agent.id
    case 'OfferExpired':
    case 'Unassigned':
      return what.agents.includes(agent.id)
    // Where it went to is there for those who may see that.
    case 'MergedInto':
      return agent.role !== 'agent' || sawIn(agent, here, what.owner, what.others)
    case 'Deleted':
      if (agent.role !== 'agent') return true
      // Of an entry that does not say whose it was, only that is known which held for every owner.
      return what.owner === undefined
        ? here?.mode === 'shared' && agent.queues.includes(here.id)
        : sawIn(agent, here, what.owner, what.others)
    default:
      return false
  }
}
