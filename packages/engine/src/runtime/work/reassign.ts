import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { giveToNext } from '../distribution/distribute.ts'
import { write } from '../write.ts'

/** What somebody left behind goes to the next; done again, it finds that it waits no more. */
export const reassign = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { workspace, lane: queue } = work
  const { conversation } = JSON.parse(work.payload) as { readonly conversation: string }
  const retryAt = await giveToNext(core, workspace, queue, conversation)
  const again = retryAt === undefined ? {} : { retryAt }
  await write(core, workspace, () => ({ settle: [{ id: work.id, attempts: work.attempts, ...again }] }))
}
