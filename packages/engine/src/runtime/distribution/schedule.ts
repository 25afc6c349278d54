import type { StoredWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { write } from '../write.ts'

export const queueKey = (workspace: string, queue: string): string => JSON.stringify([workspace, queue])

/** That a queue is to be looked at: one item for each queue, a later one takes the place of an earlier one. */
export const distributeWork = (core: Core, workspace: string, queue: string, due: number): StoredWork => {
  const looking = core.looking.get(queueKey(workspace, queue))
  if (looking !== undefined) looking.overtaken = true
  return { id: core.ids.next(), kind: 'distribute', lane: queue, due, key: queue, payload: '{}' }
}

/** Has queues looked at now. */
export const distributeNow = async (core: Core, workspace: string, queues: ReadonlyArray<string>): Promise<void> => {
  if (queues.length === 0) return
  const now = core.clock.now()
  await write(core, workspace, () => ({ work: queues.map((queue) => distributeWork(core, workspace, queue, now)) }))
}
