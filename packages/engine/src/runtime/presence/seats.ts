import { decodeSeat } from '../../codec/seat.ts'
import type { CameBack, Entry } from '../../domain/conversation/entry.ts'
import type { SeatFacts } from '../../domain/conversation/facts.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { loadScope } from '../../domain/counting.ts'
import type { CounterLimit } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import type { Needs, View } from '../view.ts'
import { presenceNow } from './now.ts'

/** What has to be seen of agents to say whether they are there and what they have in hand. */
export const seatNeeds = (workspace: string, agents: ReadonlyArray<string>): Needs => ({
  documents: agents.map((id) => ({ workspace, kind: 'seat', id })),
  counters: agents.map((id) => ({ workspace, scope: loadScope(id) })),
})

/** What an agent has in hand: what is hers, and what is offered to her. */
export const loadOf = (
  view: View,
  workspace: string,
  agent: string,
): { readonly open: number; readonly offered: number } => ({
  open: view.counter(workspace, loadScope(agent), 'open'),
  offered: view.counter(workspace, loadScope(agent), 'offered'),
})

/** How she stands; undefined while nothing was ever heard of her being there. */
export const seatFacts = (
  core: Core,
  setup: Setup,
  view: View,
  workspace: string,
  agent: string,
): SeatFacts | undefined => {
  const stored = view.document(workspace, 'seat', agent)
  if (stored === undefined) return undefined
  const { presence } = presenceNow(core, setup, decodeSeat(stored, agent).seat, core.clock.now())
  const { open, offered } = loadOf(view, workspace, agent)
  return { presence, load: open + offered }
}

/** Holds her to what she can take whoever else gives her something at the same time. */
export const withinCapacity = (
  setup: Setup,
  view: View,
  workspace: string,
  agent: string,
  /** How many more are offered to her by the same change. */
  offering: number,
): ReadonlyArray<CounterLimit> => {
  const capacity = setup.agents.get(agent)?.capacity
  if (capacity === undefined) return []
  return [
    { scope: loadScope(agent), bucket: 'open', atMost: capacity - loadOf(view, workspace, agent).offered - offering },
  ]
}

export type Seen = { readonly needs: Needs } | { readonly seats: ReadonlyMap<string, SeatFacts> }

/** What a decision about something that comes back asks for: first the seat of its owner, then that it stays so. */
export interface Returning {
  /** What is still to be seen, or the facts; of what does not come back, nothing. */
  readonly see: (view: View, state: Conversation | undefined) => Seen
  readonly limits: (view: View, state: Conversation, entry: Entry) => { readonly limits?: ReadonlyArray<CounterLimit> }
}

const cameBackIn = ({ what }: Entry): CameBack | undefined =>
  what._tag === 'MessageReceived' || what._tag === 'SnoozeEnded' || what._tag === 'Merged' ? what.cameBack : undefined

const nobody: ReadonlyMap<string, SeatFacts> = new Map()

/** Only where it matters is anything read: her queue gives her what comes back if she is there. */
export const returning = (core: Core, setup: Setup, workspace: string): Returning => {
  const asked = new Set<string>()
  const seatOf = (view: View, owner: string): SeatFacts | undefined => seatFacts(core, setup, view, workspace, owner)
  return {
    see: (view, state) => {
      if (state === undefined) return { seats: nobody }
      const { owner, queue } = state
      const sticky = setup.queues.get(queue)?.sticky ?? 'ifAvailable'
      if (owner === null || sticky !== 'ifAvailable' || !setup.agents.has(owner)) return { seats: nobody }
      if (!asked.has(owner)) {
        asked.add(owner)
        return { needs: seatNeeds(workspace, [owner]) }
      }
      const seat = seatOf(view, owner)
      return { seats: seat === undefined ? nobody : new Map([[owner, seat]]) }
    },
    limits: (view, { owner, locked }, entry) => {
      if (owner === null || locked || cameBackIn(entry)?.because !== 'kept' || !asked.has(owner)) return {}
      if (seatOf(view, owner) === undefined) return {}
      const limits = withinCapacity(setup, view, workspace, owner, 0)
      return limits.length === 0 ? {} : { limits }
    },
  }
}
