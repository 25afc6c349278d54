import type { StoredWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'

/** Queues that this process is looking at, and whether new work has taken the place of what it holds. */
export interface Looking {
  readonly done: Promise<void>
  overtaken: boolean
}

export const queueKey = (workspace: string, queue: string): string => JSON.stringify([workspace, queue])

/** That a queue is to be looked at. There is one such item for a queue: a later one makes an earlier one superfluous. */
export const distributeWork = (core: Core, workspace: string, queue: string, due: number): StoredWork => {
  const looking = core.looking.get(queueKey(workspace, queue))
  if (looking !== undefined) looking.overtaken = true
  return { id: core.ids.next(), kind: 'distribute', lane: queue, due, key: queue, payload: '{}' }
}

/** Has queues looked at now. */
export const distributeNow = async (core: Core, workspace: string, queues: ReadonlyArray<string>): Promise<void> => {
  if (queues.length === 0) return
  const now = core.clock.now()
  await core.committer.submit({
    needs: {},
    decide: () => ({
      _tag: 'Decided',
      value: undefined,
      changes: { workspace, work: queues.map((queue) => distributeWork(core, workspace, queue, now)) },
    }),
  })
}
