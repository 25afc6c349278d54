import { decodeConversation } from '../../codec/conversation.ts'
import { system } from '../../domain/actor.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { urgencyOf } from '../../domain/conversation/urgency.ts'
import { servedFirst } from '../../domain/distribution/order.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { execute } from '../execute.ts'

const pageSize = 200

/** Everything open that an agent owns. */
const heldBy = async (core: Core, workspace: string, agent: string): Promise<ReadonlyArray<Conversation>> => {
  const held: Array<Conversation> = []
  let after: { readonly lastActivity: number; readonly id: string } | undefined
  for (;;) {
    const page = await core.storage.list({
      workspace,
      visibility: { _tag: 'All' },
      filter: { status: ['open'], control: 'team', owner: agent },
      reader: null,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    held.push(...page.map(({ row }) => decodeConversation(row)))
    const last = page.at(-1)?.row
    if (last === undefined || page.length < pageSize) return held
    after = { lastActivity: last.lastActivity, id: last.id }
  }
}

/**
 * What becomes of conversations whose customers wait for somebody who has gone away: each queue says. They come back in
 * the order in which they are given on; that this is to be done stands in the commit that takes each of them back.
 */
export const leaveBehind = async (
  core: Core,
  setup: Setup,
  workspace: string,
  agent: string,
  because: 'away' | 'offline',
): Promise<void> => {
  const left = (await heldBy(core, workspace, agent)).flatMap((state) => {
    const { id, queue, waitingSince, passed } = state
    if (waitingSince === null || (setup.queues.get(queue)?.away ?? 'keep') === 'keep') return []
    return [{ conversation: id, priority: urgencyOf(state), since: waitingSince, passed }]
  })
  for (const { conversation } of left.sort(servedFirst)) {
    const command = { _tag: 'ReturnToQueue', from: agent, because } as const
    await execute(core, { workspace, conversation, actor: system, command })
  }
}
