import { decodeSeat, encodeSeat } from '../../codec/seat.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { queuesGivingTo } from '../distribution/needs-work.ts'
import { distributeWork } from '../distribution/schedule.ts'
import { leaveBehind } from '../presence/away.ts'
import { presenceNow } from '../presence/now.ts'
import { waitedForKey } from '../presence/schedule.ts'
import { refreshDevices } from '../presence/refresh.ts'
import { noNeeds } from '../view.ts'

/**
 * Sees to what follows from somebody coming or going, and asks again when time alone changes how she is. How she was
 * is noted down last: whoever dies on the way has it done again.
 */
export const seePresence = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { workspace, lane: agent } = work
  await refreshDevices(core, workspace, [agent])
  const setup = await core.directory.of(workspace)
  const seat = { workspace, kind: 'seat', id: agent }
  const loaded = await core.storage.load({ ...noNeeds, documents: [seat] })
  const before = decodeSeat(loaded.documents[0], agent)
  const { presence } = presenceNow(core, setup, before.seat, core.clock.now())
  // Of whom nothing was ever heard nobody knows that she has gone.
  const waitedFor = work.key === waitedForKey(agent) && before.version > 0
  if (presence !== 'online' && (before.was === 'online' || waitedFor)) {
    await leaveBehind(core, setup, workspace, agent, presence)
  }
  const came = before.was !== 'online' && presence === 'online'
  await core.committer.submit({
    workspace,
    needs: { documents: [seat] },
    decide: (view) => {
      const kept = decodeSeat(view.document(workspace, 'seat', agent), agent)
      const now = core.clock.now()
      const next = presenceNow(core, setup, kept.seat, now)
      // What time will change is looked at by the work that stands for her.
      const retryAt = work.key === agent && next.presence === presence ? next.until : null
      // What has changed again since is seen to by new work: what stands for her by now may be due only later.
      const again = work.key === agent && next.presence !== presence
      const known = setup.agents.get(agent)
      const queues = came && work.key === agent && known !== undefined ? queuesGivingTo(setup, known) : []
      return {
        _tag: 'Decided',
        value: undefined,
        changes: {
          workspace,
          settle: [{ id: work.id, attempts: work.attempts, ...(retryAt === null ? {} : { retryAt }) }],
          ...(kept.version === 0 || kept.was === presence || work.key !== agent
            ? {}
            : { documents: [encodeSeat({ seat: kept.seat, was: presence }, kept.version + 1)] }),
          work: [
            ...(again
              ? [{ id: core.ids.next(), kind: 'presence', lane: agent, due: now, key: agent, payload: '{}' }]
              : []),
            ...queues.map((queue) => distributeWork(core, workspace, queue, now)),
          ],
        },
      }
    },
  })
}
