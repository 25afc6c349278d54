import { decodeSeat } from '../../codec/seat.ts'
import type { Device } from '../../domain/presence/seat.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Core } from '../core.ts'
import { inTime } from '../in-time.ts'
import { noNeeds } from '../view.ts'
import { changeSeat } from './change.ts'

/** Nobody waits longer for the host to say who is there, in milliseconds: until then what was known counts. */
const deadlineMs = 5_000

const states: ReadonlyArray<Device['state']> = ['active', 'idle', 'asleep', 'closed']

const byId = (a: Device, b: Device): number => (a.id < b.id ? -1 : 1)

const same = (a: ReadonlyArray<Device>, b: ReadonlyArray<Device>): boolean =>
  JSON.stringify([...a].sort(byId)) === JSON.stringify([...b].sort(byId))

/** A device as its type says; nobody was seen later than now. */
const sensible = (device: Device, now: number): ReadonlyArray<Device> => {
  const { id, state, seenAt, before } = device
  if (typeof id !== 'string' || !states.includes(state) || !Number.isFinite(seenAt)) {
    throw new Error('a device needs an id, a state and a time at which it was seen')
  }
  const known = before === 'active' || before === 'idle' ? { before } : undefined
  return [{ id, state, ...known, seenAt: Math.min(seenAt, now) }]
}

/** What the host says, held to what its type says; undefined, and reported, when it says nothing that can be used. */
const ask = async (
  core: Core,
  host: Directory,
  workspace: string,
  agents: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, ReadonlyArray<Device>> | undefined> => {
  try {
    const known = await inTime(core, host.devices(workspace, agents), deadlineMs)
    const now = core.clock.now()
    return new Map(
      agents.map((agent) => [agent, (known.get(agent) ?? []).flatMap((device) => sensible(device, now))] as const),
    )
  } catch (error) {
    core.report('directory', error)
    return undefined
  }
}

/**
 * Where the host knows who is there, its word takes the place of what devices have told us: it is written down as
 * theirs would be, so that everything else looks in one place. While it does not answer, what it said last counts.
 */
export const refreshDevices = async (core: Core, workspace: string, agents: ReadonlyArray<string>): Promise<void> => {
  const host = core.hostDirectory
  if (host === undefined || agents.length === 0) return
  const known = await ask(core, host, workspace, agents)
  if (known === undefined) return
  const seats = agents.map((id) => ({ workspace, kind: 'seat', id }))
  const loaded = await core.storage.load({ ...noNeeds, documents: seats })
  const stored = new Map(loaded.documents.map((one) => [one.id, one]))
  await Promise.all(
    agents.map(async (agent) => {
      const devices = known.get(agent) ?? []
      if (same(decodeSeat(stored.get(agent), agent).seat.devices, devices)) return
      await changeSeat(core, workspace, agent, (seat) => (same(seat.devices, devices) ? seat : { ...seat, devices }))
    }),
  )
}

/** Follows what the host says about comings and goings; returns how to stop. */
export const followDirectory = (core: Core): (() => void) => {
  const heard = ({ workspace, agent }: { readonly workspace: string; readonly agent: string }): void => {
    refreshDevices(core, workspace, [agent]).catch((error: unknown) => core.report('directory', error))
  }
  try {
    return core.hostDirectory?.watch(heard) ?? (() => undefined)
  } catch (error) {
    core.report('directory', error)
    return () => undefined
  }
}
