import { system } from '../../domain/actor.ts'
import { timersOf } from '../../domain/conversation/timers.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'

const dueIn = (left: Conversation | undefined): number | undefined =>
  timersOf(left).find(({ kind }) => kind === 'window')?.at

/** The time for an answer runs out: said once. A clock that was set back waits on. */
export const remindOfWindow = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation } = JSON.parse(work.payload) as { readonly conversation: string }
  await execute(core, {
    workspace: work.workspace,
    conversation,
    actor: system,
    command: { _tag: 'RemindOfWindow' },
    settle: (left) => {
      const due = dueIn(left)
      const waits = due !== undefined && due > core.clock.now()
      return { id: work.id, attempts: work.attempts, ...(waits ? { retryAt: due } : {}) }
    },
  })
}
