import { type Visibility, visibilityOf } from '../../domain/access/visibility.ts'
import { scopesSeen, tabCounts, tabScopes } from '../../domain/counting.ts'
import type { Queue } from '../../domain/queue/queue.ts'
import type { Core } from '../core.ts'
import { waitingIn } from '../distribution/waiting.ts'
import { seated } from './seats.ts'
import type { Viewer } from './viewer.ts'

export interface Overview {
  readonly queue: Queue
  readonly open: number
  readonly waiting: number
  readonly waitingSince: number | null
  readonly online: ReadonlyArray<string>
}

/** What a viewer sees, as far as one queue goes. */
const within = (visibility: Visibility, queue: string): Visibility =>
  visibility._tag === 'All'
    ? { _tag: 'Some', agent: '', queues: [queue], unownedOf: [] }
    : {
        ...visibility,
        queues: visibility.queues.filter((id) => id === queue),
        unownedOf: visibility.unownedOf.filter((id) => id === queue),
      }

/** The queues of a viewer, with what she sees in each and who is there to serve it. */
export const overview = async (core: Core, viewer: Viewer): Promise<ReadonlyArray<Overview>> => {
  const { workspace, agent: id } = viewer
  const setup = await core.directory.of(workspace)
  const agent = setup.agents.get(id)
  if (agent === undefined) return []
  const visibility = visibilityOf(agent, setup.queues.values())
  const mine = [...setup.queues.values()].filter((queue) => agent.role !== 'agent' || agent.queues.includes(queue.id))
  const online = (await seated(core, viewer)).filter(({ presence }) => presence === 'online')
  return Promise.all(
    mine.map(async (queue) => {
      const scopes = tabScopes(scopesSeen(within(visibility, queue.id), [queue.id]))
      const counts = tabCounts(await core.storage.counters(workspace, [...scopes.keys()]), scopes)
      // What nobody owns every member sees, so whoever sees the queue may know since when the longest waits.
      const waiting = counts.unassigned === 0 ? [] : await waitingIn(core, workspace, queue.id, 'offered too')
      const since = waiting.flatMap(({ waitingSince }) => waitingSince ?? [])
      return {
        queue,
        open: counts.open,
        waiting: counts.unassigned,
        waitingSince: since.length === 0 ? null : since.reduce((a, b) => Math.min(a, b)),
        online: online.filter((one) => one.agent.queues.includes(queue.id)).map((one) => one.agent.id),
      }
    }),
  )
}
