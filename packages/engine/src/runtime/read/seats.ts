import { decodeSeat } from '../../codec/seat.ts'
import type { Agent } from '../../domain/actor.ts'
import { loadScope } from '../../domain/counting.ts'
import type { Override, Presence } from '../../domain/presence/seat.ts'
import type { Core } from '../core.ts'
import { presenceNow } from '../presence/now.ts'
import { refreshDevices } from '../presence/refresh.ts'
import { seatNeeds } from '../presence/seats.ts'
import { noNeeds } from '../view.ts'

export interface Seated {
  readonly agent: Agent
  readonly presence: Presence
  readonly override: Override | null
  /** Open conversations that she owns. */
  readonly load: number
}

/** Everybody at the counter as she is at this moment, by name. */
export const seated = async (core: Core, workspace: string): Promise<ReadonlyArray<Seated>> => {
  const setup = await core.directory.of(workspace)
  const ids = [...setup.agents.keys()]
  await refreshDevices(core, workspace, ids)
  const loaded = await core.storage.load({ ...noNeeds, ...seatNeeds(workspace, ids) })
  const stored = new Map(loaded.documents.map((one) => [one.id, one]))
  const now = core.clock.now()
  return [...setup.agents.values()]
    .map((agent) => {
      const { seat } = decodeSeat(stored.get(agent.id), agent.id)
      const { override } = seat
      const own = loaded.counters.filter(({ scope, bucket }) => scope === loadScope(agent.id) && bucket === 'open')
      return {
        agent,
        presence: presenceNow(core, setup, seat, now).presence,
        // What she said is over when its time is, though nobody has tidied it up.
        override: override === null || (override.until !== null && override.until <= now) ? null : override,
        load: own.reduce((sum, { by }) => sum + by, 0),
      }
    })
    .sort((a, b) => a.agent.name.localeCompare(b.agent.name) || (a.agent.id < b.agent.id ? -1 : 1))
}
