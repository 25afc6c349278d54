import type { Clock } from '../ports/clock.ts'
import type { Bus } from './bus.ts'

/** Who says nothing for so long has stopped writing, in milliseconds. */
const writingMs = 10_000

/** Somebody at a conversation. `since` in epoch milliseconds. */
export interface Present {
  readonly agent: string
  readonly since: number
  readonly writing: boolean
}

/** Who looks at which conversation, and who writes there: held in this process and nowhere else. */
export interface Watchers {
  /** The same agent may look several times, from several windows. Returns how to stop, which counts once. */
  readonly look: (workspace: string, conversation: string, agent: string) => () => void
  readonly write: (workspace: string, conversation: string, agent: string, on: boolean) => void
  readonly at: (workspace: string, conversation: string) => ReadonlyArray<Present>
}

interface Seat {
  looks: number
  readonly since: number
  /** How to stop waiting for the end of the silence; undefined while nothing is written. */
  quiet: (() => void) | undefined
}

export const makeWatchers = (bus: Bus, clock: Clock): Watchers => {
  /** By workspace and conversation, then by agent. */
  const rooms = new Map<string, Map<string, Seat>>()
  const keyOf = (workspace: string, conversation: string): string => JSON.stringify([workspace, conversation])

  const tell = (workspace: string, conversation: string, agent: string): void => {
    const seat = rooms.get(keyOf(workspace, conversation))?.get(agent)
    const writing = seat?.quiet !== undefined
    bus.emit('watching', { workspace, conversation, agent, on: seat !== undefined, writing })
  }

  const sit = (key: string, agent: string): Seat => {
    const room = rooms.get(key) ?? new Map<string, Seat>()
    rooms.set(key, room)
    const seat = room.get(agent) ?? { looks: 0, since: clock.now(), quiet: undefined }
    room.set(agent, seat)
    return seat
  }

  /** A seat is given up when nobody looks from it and nothing is written. */
  const tidy = (key: string, agent: string): void => {
    const room = rooms.get(key)
    const seat = room?.get(agent)
    if (room === undefined || seat === undefined || seat.looks > 0 || seat.quiet !== undefined) return
    room.delete(agent)
    if (room.size === 0) rooms.delete(key)
  }

  const write: Watchers['write'] = (workspace, conversation, agent, on) => {
    const key = keyOf(workspace, conversation)
    const before = rooms.get(key)?.get(agent)
    if (!on && before?.quiet === undefined) return
    const wrote = before?.quiet !== undefined
    before?.quiet?.()
    const seat = sit(key, agent)
    seat.quiet = on
      ? clock.at(clock.now() + writingMs, () => {
          write(workspace, conversation, agent, false)
          bus.emit('typing', { workspace, conversation, by: { kind: 'agent', id: agent }, on: false })
        })
      : undefined
    tidy(key, agent)
    if (wrote !== on) tell(workspace, conversation, agent)
  }

  bus.on('closing', () => {
    for (const room of rooms.values()) for (const seat of room.values()) seat.quiet?.()
    rooms.clear()
  })

  return {
    look: (workspace, conversation, agent) => {
      const key = keyOf(workspace, conversation)
      const came = !rooms.get(key)?.has(agent)
      sit(key, agent).looks += 1
      if (came) tell(workspace, conversation, agent)
      let looking = true
      return () => {
        const seat = rooms.get(key)?.get(agent)
        if (!looking || seat === undefined) return
        looking = false
        seat.looks -= 1
        tidy(key, agent)
        if (!rooms.get(key)?.has(agent)) tell(workspace, conversation, agent)
      }
    },
    write,
    at: (workspace, conversation) =>
      [...(rooms.get(keyOf(workspace, conversation)) ?? [])].map(([agent, { since, quiet }]) => ({
        agent,
        since,
        writing: quiet !== undefined,
      })),
  }
}
