import { withDevice, withOverride } from '../domain/presence/presence.ts'
import type { Device, Presence, Seat } from '../domain/presence/seat.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Running } from '../runtime/engine.ts'
import { changeSeat } from '../runtime/presence/change.ts'
import { overview } from '../runtime/read/overview.ts'
import { findPeople } from '../runtime/read/people.ts'
import { seated } from '../runtime/read/seats.ts'
import type { Viewer } from '../runtime/read/viewer.ts'
import { abortable, asEngineError } from './refusing.ts'
import type { AgentSession, CallOptions, Outcome } from './types.ts'

const presences: ReadonlyArray<Presence> = ['online', 'away', 'offline']
const states: ReadonlyArray<Device['state']> = ['active', 'idle', 'asleep', 'closed']

const invalid = (...issues: ReadonlyArray<string>): Refusal => ({ _tag: 'Invalid', what: 'presence', issues })

/** Being there, who else is, and what waits for whom. */
export const counterFor = (running: Running, viewer: Viewer): Pick<AgentSession, 'presence' | 'queues' | 'people'> => {
  const { core, closing } = running
  const { workspace, agent } = viewer
  const ask = <A>(options: CallOptions | undefined, asking: () => Promise<A>): Promise<A> =>
    abortable(options?.signal, asEngineError(closing, asking))

  const isKnown = async (): Promise<boolean> => (await core.directory.of(workspace)).agents.has(agent)

  const change = (refusal: Refusal | null, how: (seat: Seat, now: number) => Seat): Promise<Outcome<void>> =>
    ask(undefined, async () => {
      if (!(await isKnown())) return { ok: false, refusal: { _tag: 'UnknownAgent', agent } }
      if (refusal !== null) return { ok: false, refusal }
      await changeSeat(core, workspace, agent, how)
      return { ok: true, value: undefined }
    })

  const overrideRefusal = (presence: Presence | null, until: number | undefined): Refusal | null => {
    if (presence !== null && !presences.includes(presence)) return invalid(`presence: one of ${presences.join(', ')}`)
    if (until !== undefined && !Number.isFinite(until)) {
      return invalid('until: epoch milliseconds; leave it out for no end')
    }
    const now = core.clock.now()
    return until !== undefined && !(until > now) ? { _tag: 'PastTime', until, now } : null
  }

  return {
    presence: {
      set: (presence, until) =>
        change(overrideRefusal(presence, until), (seat) =>
          withOverride(seat, presence === null ? null : { presence, until: until ?? null }),
        ),
      device: (id, state) =>
        change(
          typeof id !== 'string' || id.trim() === '' || id.length > 200
            ? invalid('id: a name of 1 to 200 characters')
            : states.includes(state)
              ? null
              : invalid(`state: one of ${states.join(', ')}`),
          // Where the host knows who is there, what devices say here would only contradict it.
          (seat, now) => (core.hostDirectory === undefined ? withDevice(seat, { id, state, seenAt: now }) : seat),
        ),
      list: (options) =>
        ask(options, async () => {
          const all = (await isKnown()) ? await seated(core, viewer) : []
          return all.map(({ agent: one, presence, override, load }) => ({
            agent: one.id,
            name: one.name,
            presence,
            override,
            load,
            capacity: one.capacity ?? null,
          }))
        }),
    },
    queues: { overview: (options) => ask(options, () => overview(core, viewer)) },
    people: {
      find: (text, options) =>
        ask(options, async () => {
          const setup = await core.directory.of(workspace)
          return setup.agents.has(agent) ? findPeople(setup, text, options?.queue) : []
        }),
    },
  }
}
