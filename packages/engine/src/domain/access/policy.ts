import type { Actor, Agent } from '../actor.ts'
import { botMay } from '../conversation/bot-gate.ts'
import type { Refusal } from '../conversation/refusal.ts'
import type { Conversation } from '../conversation/state.ts'
import type { Queue } from '../queue/queue.ts'
import { can } from './permissions.ts'

/**
 * What can be asked for, by what it takes:
 *
 * - `see`: read it, note, tag, flag, rename.
 * - `reply`: write to the customer.
 * - `take`: claim it or take it over.
 * - `steer`: assign, transfer, invite, snooze, close and the other status commands.
 * - `own`: what only the owner or a manager does: release, lock, unlock.
 * - `erase`: delete for good; takes the permission `deleteConversations`.
 * - `direct`: what the engine alone does: give, offer, move on, take back.
 */
export type Action = 'see' | 'reply' | 'take' | 'steer' | 'own' | 'erase' | 'direct'

/** Who is there and which queues there are, at this moment. */
export interface People {
  readonly agents: ReadonlyMap<string, Agent>
  readonly queues: ReadonlyMap<string, Queue>
}

const leads = (agent: Agent): boolean => agent.role !== 'agent'

/**
 * Whether an agent could ever answer in this queue: what an assignee must be able to.
 *
 * @example
 * ```ts
 * import { mayServe } from '@guichet/engine/domain'
 *
 * console.log(mayServe(ana, 'support'), mayServe(ana, 'billing'), mayServe({ ...ana, role: 'manager' }, 'billing'))
 * ```
 *
 * ```text
 * true false true
 * ```
 */
export const mayServe = (agent: Agent, queue: string): boolean => leads(agent) || agent.queues.includes(queue)

const involved = (agent: Agent, conversation: Conversation): boolean =>
  conversation.owner === agent.id ||
  conversation.assignees.includes(agent.id) ||
  conversation.participants.includes(agent.id)

/**
 * Whether an agent sees a conversation. In an exclusive queue an owned one is only seen by those who are part of it;
 * in a shared queue by every member. Whom it is offered to sees it wherever it stands.
 *
 * @example
 * ```ts
 * import { maySee } from '@guichet/engine/domain'
 *
 * const owned = { ...conversation, owner: 'ben', assignees: ['ben'] }
 * console.log(maySee(ana, owned, support), maySee(ana, owned, { ...support, mode: 'exclusive' }))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const maySee = (agent: Agent, conversation: Conversation, queue: Queue | undefined): boolean =>
  !conversation.deleted &&
  (leads(agent) ||
    involved(agent, conversation) ||
    conversation.offer?.agents.includes(agent.id) === true ||
    (queue !== undefined &&
      agent.queues.includes(queue.id) &&
      (queue.mode === 'shared' || conversation.owner === null)))

const notFound: Refusal = { _tag: 'NotFound' }
const forbidden = (action: Action): Refusal => ({ _tag: 'Forbidden', action })

const agentMay = (
  agent: Agent,
  action: Action,
  conversation: Conversation,
  queue: Queue | undefined,
): Refusal | null => {
  const { owner } = conversation
  if (!maySee(agent, conversation, queue)) {
    // A member of the queue saw it until somebody was faster, and is told who: losing a race is not a secret.
    const raced =
      owner !== null && agent.queues.includes(conversation.queue) && (action === 'reply' || action === 'take')
    return raced ? { _tag: 'AlreadyOwned', owner } : notFound
  }
  switch (action) {
    case 'see':
    case 'take':
      return null
    case 'reply':
      return owner === null || involved(agent, conversation) ? null : { _tag: 'AlreadyOwned', owner }
    case 'steer':
      if (owner === null || leads(agent) || owner === agent.id) return null
      if (conversation.locked) return { _tag: 'Locked', owner }
      return involved(agent, conversation) ? null : { _tag: 'NotOwner', owner }
    case 'own':
      if (owner === null) return { _tag: 'NotOwned' }
      return owner === agent.id || leads(agent) ? null : { _tag: 'NotOwner', owner }
    case 'erase':
      return can(agent, 'deleteConversations') ? null : forbidden(action)
    case 'direct':
      return forbidden(action)
  }
}

/**
 * The one policy, asked by every command and every read: why not, or null when it may be done. What an agent may not
 * see does not exist for her, so that refusals tell nothing about it.
 *
 * @example
 * ```ts
 * import { may } from '@guichet/engine/domain'
 *
 * console.log(may(facts.actor, 'reply', conversation, facts))
 * console.log(may(facts.actor, 'reply', { ...conversation, owner: 'ben', assignees: ['ben'] }, facts))
 * ```
 *
 * ```text
 * null
 * { _tag: 'AlreadyOwned', owner: 'ben' }
 * ```
 */
export const may = (actor: Actor, action: Action, conversation: Conversation, people: People): Refusal | null => {
  if (conversation.deleted) return notFound
  switch (actor.kind) {
    case 'system':
      return null
    case 'agent': {
      const agent = people.agents.get(actor.id)
      return agent === undefined
        ? { _tag: 'UnknownAgent', agent: actor.id }
        : agentMay(agent, action, conversation, people.queues.get(conversation.queue))
    }
    case 'bot':
      // A bot acts only while the gate is open: people who stepped in are not talked over.
      return (
        botMay(conversation, actor.id) ??
        (action === 'see' || action === 'reply' || action === 'steer' ? null : forbidden(action))
      )
    case 'contact':
      return actor.id === conversation.contact && (action === 'see' || action === 'steer') ? null : notFound
  }
}
