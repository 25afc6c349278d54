import { decodeConversation } from '../../codec/conversation.ts'
import { system } from '../../domain/actor.ts'
import { timersOf } from '../../domain/conversation/timers.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { SlaTarget } from '../../domain/sla/promises.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import { noNeeds } from '../view.ts'

const targets: ReadonlyArray<SlaTarget> = ['firstResponse', 'nextResponse', 'resolution']

/** When the next promise of a conversation is due. */
const dueIn = (state: Conversation | undefined): number | undefined =>
  timersOf(state).find(({ kind }) => kind === 'sla')?.at

/** The promise that is due at this time; any one when none is, because then the decider refuses. */
const targetAt = (state: Conversation | undefined, due: number | undefined): SlaTarget =>
  targets.find((target) => due !== undefined && state?.sla?.[target] === due) ?? 'firstResponse'

/**
 * A promise whose time has come, however late: missed, if it still runs. A later one has set its own timer in the same
 * commit; one that is due at the very same time, or later because a clock was set back, finds this work again.
 */
export const missPromise = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation } = JSON.parse(work.payload) as { readonly conversation: string }
  const { workspace } = work
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] })
  const row = loaded.conversations[0]
  const state = row === undefined ? undefined : decodeConversation(row)
  const due = dueIn(state)
  await execute(core, {
    workspace,
    conversation,
    actor: system,
    command: { _tag: 'MissSla', target: targetAt(state, due) },
    settle: (left) => ({
      id: work.id,
      attempts: work.attempts,
      ...(due !== undefined && dueIn(left) === due ? { retryAt: due } : {}),
    }),
  })
}
