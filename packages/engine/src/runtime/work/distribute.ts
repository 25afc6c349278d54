import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { distributeQueue } from '../distribution/distribute.ts'
import type { Looking } from '../distribution/looking.ts'
import { queueKey } from '../distribution/schedule.ts'
import { write } from '../write.ts'

const lookAt = async (core: Core, work: ClaimedWork, isOvertaken: () => boolean): Promise<void> => {
  const { workspace, lane: queue } = work
  const retryAt = await distributeQueue(core, workspace, queue)
  const settle = [{ id: work.id, attempts: work.attempts, ...(retryAt === undefined ? {} : { retryAt }) }]
  // What has been replaced has no end to note down, and trying would only make others of its batch lose with it.
  await write(core, workspace, () => (isOvertaken() ? {} : { settle }))
}

/**
 * Looks at a queue and comes again when time asks for it. Whoever begins to wait meanwhile puts new work in the place
 * of this one, which then waits here until the look that is under way is over.
 */
export const distribute = async (core: Core, work: ClaimedWork): Promise<void> => {
  const key = queueKey(work.workspace, work.lane)
  const earlier = core.looking.get(key)?.done
  let end = (): void => undefined
  const looking: Looking = {
    overtaken: false,
    done: new Promise((resolve) => {
      end = () => resolve()
    }),
  }
  core.looking.set(key, looking)
  try {
    await earlier
    await lookAt(core, work, () => looking.overtaken)
  } finally {
    if (core.looking.get(key) === looking) core.looking.delete(key)
    end()
  }
}
