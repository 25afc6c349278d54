import { system } from '../../domain/actor.ts'
import { isAsleep } from '../../domain/conversation/react.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'

/**
 * The end of a snooze, however late: the command and the end of the work are one commit, so it happens once. What is
 * asleep still, because a clock was set back, is woken at its time.
 */
export const wake = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation } = JSON.parse(work.payload) as { readonly conversation: string }
  await execute(core, {
    workspace: work.workspace,
    conversation,
    actor: system,
    command: { _tag: 'EndSnooze' },
    settle: (left) => ({
      id: work.id,
      attempts: work.attempts,
      ...(left !== undefined && isAsleep(left) && left.snoozedUntil !== null ? { retryAt: left.snoozedUntil } : {}),
    }),
  })
}
