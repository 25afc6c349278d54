import { decodeSeat } from '../../codec/seat.ts'
import { type Turns, decodeTurns } from '../../codec/turns.ts'
import type { Candidate } from '../../domain/distribution/plan-facts.ts'
import { loadScope } from '../../domain/counting.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { presenceNow } from '../presence/now.ts'
import { refreshDevices } from '../presence/refresh.ts'
import { seatNeeds } from '../presence/seats.ts'
import { noNeeds } from '../view.ts'

export interface Candidates {
  readonly candidates: ReadonlyArray<Candidate>
  readonly turns: Turns
}

/** The members of a queue who are there, as the store has them at this moment. Who leads is not given anything by it. */
export const candidatesIn = async (core: Core, setup: Setup, workspace: string, queue: string): Promise<Candidates> => {
  const members = [...setup.agents.values()].filter((agent) => agent.queues.includes(queue))
  const ids = members.map(({ id }) => id)
  await refreshDevices(core, workspace, ids)
  const { documents = [], counters = [] } = seatNeeds(workspace, ids)
  const loaded = await core.storage.load({
    ...noNeeds,
    documents: [...documents, { workspace, kind: 'turns', id: queue }],
    counters,
  })
  const turns = decodeTurns(loaded.documents.find(({ kind }) => kind === 'turns'))
  const seats = new Map(loaded.documents.filter(({ kind }) => kind === 'seat').map((stored) => [stored.id, stored]))
  const load = new Map<string, number>()
  for (const { scope, bucket, by } of loaded.counters) {
    if (bucket === 'open' || bucket === 'offered') load.set(scope, (load.get(scope) ?? 0) + by)
  }
  const now = core.clock.now()
  const candidates = members.flatMap(({ id, capacity }): ReadonlyArray<Candidate> => {
    const { seat } = decodeSeat(seats.get(id), id)
    if (presenceNow(core, setup, seat, now).presence !== 'online') return []
    return [
      {
        agent: id,
        load: load.get(loadScope(id)) ?? 0,
        capacity: capacity ?? null,
        lastAssignedAt: seat.lastAssignedAt,
        turn: turns.of[id] ?? 0,
      },
    ]
  })
  return { candidates, turns }
}
