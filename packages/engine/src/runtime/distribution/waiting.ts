import { decodeConversation } from '../../codec/conversation.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { urgencyOf } from '../../domain/conversation/urgency.ts'
import { isWaiting } from '../../domain/conversation/waiting.ts'
import type { Waiting } from '../../domain/distribution/plan-facts.ts'
import type { Core } from '../core.ts'
import { noNeeds } from '../view.ts'

const pageSize = 500

/** Everything that stands in a queue for somebody to take it; what is offered to somebody only if asked for. */
export const waitingIn = async (
  core: Core,
  workspace: string,
  queue: string,
  which: 'not offered' | 'offered too' = 'not offered',
): Promise<ReadonlyArray<Conversation>> => {
  const waiting: Array<Conversation> = []
  let after: { readonly lastActivity: number; readonly id: string } | undefined
  for (;;) {
    const page = await core.storage.list({
      workspace,
      visibility: { _tag: 'All' },
      filter: { status: ['open'], control: 'team', queues: [queue], owner: null },
      reader: null,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    for (const { row } of page) {
      const state = decodeConversation(row)
      if (isWaiting(state) && (state.offer === null || which === 'offered too')) waiting.push(state)
    }
    const last = page.at(-1)?.row
    if (last === undefined || page.length < pageSize) return waiting
    after = { lastActivity: last.lastActivity, id: last.id }
  }
}

/** A conversation that stands in its queue for somebody to take it, offered to nobody; undefined when it does not. */
export const waitingNow = async (core: Core, workspace: string, id: string): Promise<Conversation | undefined> => {
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id }] })
  const row = loaded.conversations[0]
  const state = row === undefined ? undefined : decodeConversation(row)
  return state !== undefined && isWaiting(state) && state.offer === null ? state : undefined
}

/**
 * How a plan sees it. Whoever was moved on from another queue has not waited for less time: what counts is since when
 * the customer waits.
 */
export const asWaiting = ({
  id,
  priority,
  flags,
  queuedSince,
  waitingSince,
  passed,
  createdAt,
}: Conversation): Waiting => {
  const since = queuedSince ?? createdAt
  return {
    conversation: id,
    priority: urgencyOf({ priority, flags }),
    since: Math.min(since, waitingSince ?? since),
    passed,
  }
}
