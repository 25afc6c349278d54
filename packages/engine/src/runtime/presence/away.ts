import { decodeConversation } from '../../codec/conversation.ts'
import { system } from '../../domain/actor.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { giveToNext } from '../distribution/distribute.ts'
import { isAutomatic, strategyOf } from '../distribution/needs-work.ts'
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
 * What becomes of conversations whose customers wait for somebody who has gone away: each queue says. Where the engine
 * distributes, what comes back is distributed with everything else; elsewhere only what is to be given to the next.
 */
export const leaveBehind = async (
  core: Core,
  setup: Setup,
  workspace: string,
  agent: string,
  because: 'away' | 'offline',
): Promise<void> => {
  const toGive = new Map<string, Array<string>>()
  for (const { id, queue: at, waitingSince } of await heldBy(core, workspace, agent)) {
    const queue = setup.queues.get(at)
    const policy = queue?.away ?? 'keep'
    if (queue === undefined || policy === 'keep' || waitingSince === null) continue
    const done = await execute(core, {
      workspace,
      conversation: id,
      actor: system,
      command: { _tag: 'ReturnToQueue', from: agent, because },
    })
    if (done._tag === 'Refused' || policy !== 'reassign' || isAutomatic(strategyOf(queue))) continue
    toGive.set(at, [...(toGive.get(at) ?? []), id])
  }
  for (const [queue, conversations] of toGive) await giveToNext(core, workspace, queue, conversations)
}
