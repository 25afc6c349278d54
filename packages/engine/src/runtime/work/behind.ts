import { decodeDelivery } from '../../codec/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { noNeeds } from '../view.ts'
import { pauseAfter } from './backoff.ts'
import { write } from '../write.ts'

/**
 * Holds a lane while a message that was moved there is still in the hands of who had taken it up where it was before:
 * what was written after it must not overtake it.
 */
export const waitBehind = async (core: Core, work: ClaimedWork, address: MessageAddress): Promise<void> => {
  const { workspace, id, attempts } = work
  const loaded = await core.storage.load({ ...noNeeds, deliveries: [{ workspace, ...address }] })
  const stored = loaded.deliveries[0]
  const delivery = stored && decodeDelivery(stored)
  // Moved once more, it is waited for there.
  const waits = (delivery?.status === 'queued' || delivery?.status === 'sending') && delivery.movedTo === undefined
  const retryAt = waits ? { retryAt: core.clock.now() + pauseAfter(attempts, core.random()) } : {}
  await write(core, workspace, () => ({ settle: [{ id, attempts, ...retryAt }] }))
}
