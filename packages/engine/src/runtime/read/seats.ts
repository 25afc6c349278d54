import { decodeSeat } from '../../codec/seat.ts'
import type { Agent } from '../../domain/actor.ts'
import { scopesInHand } from '../../domain/counting.ts'
import type { Override, Presence } from '../../domain/presence/seat.ts'
import type { Core } from '../core.ts'
import { presenceNow } from '../presence/now.ts'
import { refreshDevices } from '../presence/refresh.ts'
import { noNeeds } from '../view.ts'
import { type Viewer, sightOf } from './viewer.ts'

export interface Seated {
  readonly agent: Agent
  readonly presence: Presence
  readonly override: Override | null
  /** Open conversations that she owns, as far as the viewer may know of them. */
  readonly load: number
}

/** Everybody at the counter as she is at this moment, by name. */
export const seated = async (core: Core, viewer: Viewer): Promise<ReadonlyArray<Seated>> => {
  const { workspace } = viewer
  const setup = await core.directory.of(workspace)
  const ids = [...setup.agents.keys()]
  await refreshDevices(core, workspace, ids)
  const visibility = sightOf(setup, viewer)
  const inHand = new Map(ids.map((id) => [id, new Set(scopesInHand(id, visibility))]))
  const loaded = await core.storage.load({
    ...noNeeds,
    documents: ids.map((id) => ({ workspace, kind: 'seat', id })),
    counters: [...inHand.values()].flatMap((scopes) => [...scopes].map((scope) => ({ workspace, scope }))),
  })
  const stored = new Map(loaded.documents.map((one) => [one.id, one]))
  const now = core.clock.now()
  return [...setup.agents.values()]
    .map((agent) => {
      const { seat } = decodeSeat(stored.get(agent.id), agent.id)
      const { override } = seat
      const own = loaded.counters.filter(({ scope, bucket }) => bucket === 'open' && inHand.get(agent.id)?.has(scope))
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
