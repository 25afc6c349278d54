import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { dailyMs, runRetention } from '../retention.ts'
import { write } from '../write.ts'

/** Runs retention, a piece at a time, and comes back tomorrow for as long as there is a policy. */
export const retain = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { workspace, id, attempts } = work
  const { all } = await runRetention(core, workspace)
  const kept = (await core.directory.of(workspace)).retention !== undefined
  const now = core.clock.now()
  const again = all ? now + dailyMs : now
  await write(core, workspace, () => ({ settle: [{ id, attempts, ...(kept ? { retryAt: again } : {}) }] }))
}
