import type { Agent } from '../../domain/actor.ts'
import { isOpen, nextChange } from '../../domain/hours/open.ts'
import { presenceOf } from '../../domain/presence/presence.ts'
import type { Presence, Seat } from '../../domain/presence/seat.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { zones } from '../zones.ts'

/** How somebody is now, and when time alone may change it: epoch milliseconds, null when it cannot. */
export interface PresenceNow {
  readonly presence: Presence
  readonly until: number | null
}

const soonest = (times: ReadonlyArray<number | null>): number | null => {
  const set = times.filter((at) => at !== null)
  return set.length === 0 ? null : Math.min(...set)
}

/** When her shift or a leave of hers next begins or ends. */
const timetable = (setup: Setup, agent: Agent, now: number): ReadonlyArray<number | null> => {
  const shift = agent.shift === undefined ? undefined : setup.hours.get(agent.shift)
  const absences = (agent.absences ?? []).flatMap(({ from, to }) => [from, to]).filter((at) => at > now)
  return [shift === undefined ? null : nextChange(shift, now, zones), ...absences]
}

/** How an agent is at this moment, by her seat, her shift and her absences. */
export const presenceNow = (core: Core, setup: Setup, seat: Seat, now: number): PresenceNow => {
  const agent = setup.agents.get(seat.agent)
  if (agent === undefined) return { presence: 'offline', until: null }
  const shift = agent.shift === undefined ? undefined : setup.hours.get(agent.shift)
  const { override, devices } = seat
  const graceMs = core.presenceGraceMs
  const { presence, until } = presenceOf(seat, {
    now,
    graceMs,
    onShift: shift === undefined || isOpen(shift, now, zones),
    absent: (agent.absences ?? []).some(({ from, to }) => from <= now && now < to),
  })
  // What she says of herself stands above shifts; and where no device speaks, no shift brings her back.
  const says = override !== null && (override.until === null || override.until > now)
  const speaks = devices.some(({ state, seenAt }) => state !== 'closed' && seenAt + graceMs > now)
  if (says || !speaks) return { presence, until }
  return { presence, until: soonest([until, ...timetable(setup, agent, now)]) }
}
