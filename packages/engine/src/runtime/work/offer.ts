import { system } from '../../domain/actor.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'

/** The end of an offer, however late: noted down once, and what it leaves waiting is distributed again. */
export const endOffer = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation } = JSON.parse(work.payload) as { readonly conversation: string }
  await execute(core, {
    workspace: work.workspace,
    conversation,
    actor: system,
    command: { _tag: 'ExpireOffer' },
    settle: (left) => ({
      id: work.id,
      attempts: work.attempts,
      ...(left === undefined || left.offer === null ? {} : { retryAt: left.offer.until }),
    }),
  })
}
