import type { ClaimedWork } from '../../ports/storage.ts'
import { connectedOf } from '../accounts.ts'
import type { Core } from '../core.ts'
import { unparkFor } from '../ingest.ts'
import { type Echo, isSendingTo, storeEcho } from '../ingest/echo.ts'
import { write } from '../write.ts'

/** Until it is looked again whether what is on its way has left, in milliseconds. */
const againMs = 1_000

/**
 * What was heard of while a message was on its way, once it is known what that is: a message of ours that has come back,
 * or what somebody of ours wrote elsewhere.
 */
export const hearEcho = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { workspace, id, attempts } = work
  const echo = JSON.parse(work.payload) as Echo
  const account = (await core.directory.of(workspace)).accounts.get(echo.account)
  const to = account && connectedOf(core, workspace, account)
  const waits = to !== undefined && (await isSendingTo(core, to, echo.to))
  if (to !== undefined && !waits) {
    const handled = await storeEcho(core, to, echo)
    if (typeof handled !== 'string' && handled._tag === 'Bound') await unparkFor(core, to, echo.externalId)
  }
  const retryAt = waits ? { retryAt: core.clock.now() + againMs } : {}
  await write(core, workspace, () => ({ settle: [{ id, attempts, ...retryAt }] }))
}
