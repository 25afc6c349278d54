import { system } from '../../domain/actor.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'

/** Contact details did not come in time: people take it up without them. A clock that was set back waits on. */
export const completeHandover = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation } = JSON.parse(work.payload) as { readonly conversation: string }
  await execute(core, {
    workspace: work.workspace,
    conversation,
    actor: system,
    command: { _tag: 'CompleteHandover', because: 'timeout' },
    settle: (left) => ({
      id: work.id,
      attempts: work.attempts,
      ...(left === undefined || left.handover === null ? {} : { retryAt: left.handover.until }),
    }),
  })
}
