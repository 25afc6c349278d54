import type { Clock } from '../ports/clock.ts'
import type { Bus, Signals } from './bus.ts'

/** Who says nothing for so long has stopped writing, in milliseconds. */
const writingMs = 10_000
/** What another engine has said and does not repeat counts for so long, in milliseconds. */
const heardMs = 50_000

/** Somebody at a conversation. `since` in epoch milliseconds. */
export interface Present {
  readonly agent: string
  readonly since: number
  readonly writing: boolean
}

/** Who looks at which conversation, and who writes there: here, and as far as other engines say so. Never stored. */
export interface Watchers {
  /** The same agent may look several times, from several windows. Returns how to stop, which counts once. */
  readonly look: (workspace: string, conversation: string, agent: string) => () => void
  readonly write: (workspace: string, conversation: string, agent: string, on: boolean) => void
  readonly at: (workspace: string, conversation: string) => ReadonlyArray<Present>
  /** Everybody who sits somewhere in this process. */
  readonly seats: () => ReadonlyArray<Signals['seat']>
  /** Takes in who sits somewhere in another engine. */
  readonly hear: (engine: string, seat: Signals['seat']) => void
}

/** Where somebody sits. */
type Place = Pick<Signals['seat'], 'workspace' | 'conversation' | 'agent'>

interface Seat extends Place {
  looks: number
  /** Since when she has been sitting in this process. */
  since: number
  /** How to stop waiting for the end of the silence; undefined while nothing is written. */
  quiet: (() => void) | undefined
  /** By engine: what it says of her, and how to stop waiting for it to say so again. */
  readonly elsewhere: Map<string, { readonly since: number; readonly writing: boolean; readonly keep: () => void }>
}

interface Shown {
  readonly on: boolean
  readonly writing: boolean
}

const here = ({ looks, quiet }: Seat): Shown => ({ on: looks > 0 || quiet !== undefined, writing: quiet !== undefined })

const anywhere = (seat: Seat): Shown => {
  const { on, writing } = here(seat)
  const others = [...seat.elsewhere.values()]
  return { on: on || others.length > 0, writing: writing || others.some((one) => one.writing) }
}

const differ = (a: Shown, b: Shown): boolean => a.on !== b.on || a.writing !== b.writing

export const makeWatchers = (bus: Bus, clock: Clock): Watchers => {
  /** By workspace and conversation, then by agent. */
  const rooms = new Map<string, Map<string, Seat>>()
  const keyOf = ({ workspace, conversation }: Omit<Place, 'agent'>): string => JSON.stringify([workspace, conversation])
  const find = (place: Place): Seat | undefined => rooms.get(keyOf(place))?.get(place.agent)

  const signal = (seat: Seat): Signals['seat'] => {
    const { workspace, conversation, agent, since } = seat
    return { workspace, conversation, agent, since, ...here(seat) }
  }

  /** A seat is given up when nobody sits there, here or elsewhere. */
  const keep = (seat: Seat): void => {
    const key = keyOf(seat)
    const room = rooms.get(key) ?? new Map<string, Seat>()
    if (anywhere(seat).on) rooms.set(key, room.set(seat.agent, seat))
    else if (room.delete(seat.agent) && room.size === 0) rooms.delete(key)
  }

  const change = (place: Place, how: (seat: Seat) => void): void => {
    const { workspace, conversation, agent } = place
    const seat = find(place) ?? {
      workspace,
      conversation,
      agent,
      looks: 0,
      since: 0,
      quiet: undefined,
      elsewhere: new Map(),
    }
    const [own, all] = [here(seat), anywhere(seat)]
    how(seat)
    if (!own.on) seat.since = clock.now()
    keep(seat)
    if (differ(all, anywhere(seat))) bus.emit('watching', { workspace, conversation, agent, ...anywhere(seat) })
    if (differ(own, here(seat))) bus.emit('seat', signal(seat))
  }

  const write: Watchers['write'] = (workspace, conversation, agent, on) =>
    change({ workspace, conversation, agent }, (seat) => {
      seat.quiet?.()
      seat.quiet = on
        ? clock.at(clock.now() + writingMs, () => {
            write(workspace, conversation, agent, false)
            bus.emit('typing', { workspace, conversation, by: { kind: 'agent', id: agent }, on: false })
          })
        : undefined
    })

  const every = (): ReadonlyArray<Seat> => [...rooms.values()].flatMap((room) => [...room.values()])

  bus.on('closing', () => {
    for (const seat of every()) {
      seat.quiet?.()
      for (const heard of seat.elsewhere.values()) heard.keep()
      if (here(seat).on) bus.emit('seat', { ...signal(seat), on: false, writing: false })
    }
    rooms.clear()
  })

  return {
    look: (workspace, conversation, agent) => {
      const place = { workspace, conversation, agent }
      change(place, (seat) => {
        seat.looks += 1
      })
      let looking = true
      return () => {
        if (!looking || find(place) === undefined) return
        looking = false
        change(place, (seat) => {
          seat.looks -= 1
        })
      }
    },
    write,
    at: (workspace, conversation) =>
      [...(rooms.get(keyOf({ workspace, conversation }))?.values() ?? [])].map((seat) => ({
        agent: seat.agent,
        since: Math.min(
          ...(here(seat).on ? [seat.since] : []),
          ...[...seat.elsewhere.values()].map(({ since }) => since),
        ),
        writing: anywhere(seat).writing,
      })),
    seats: () => every().flatMap((seat) => (here(seat).on ? [signal(seat)] : [])),
    hear: (engine, { workspace, conversation, agent, on, writing, since }) => {
      const place = { workspace, conversation, agent }
      change(place, ({ elsewhere }) => {
        elsewhere.get(engine)?.keep()
        elsewhere.delete(engine)
        if (!on) return
        const forget = (): void =>
          change(place, (seat) => {
            seat.elsewhere.delete(engine)
          })
        elsewhere.set(engine, { since, writing, keep: clock.at(clock.now() + heardMs, forget) })
      })
    },
  }
}
