import { decodeSeat } from '../../codec/seat.ts'
import type { Device } from '../../domain/presence/seat.ts'
import type { Core } from '../core.ts'
import { noNeeds } from '../view.ts'
import { changeSeat } from './change.ts'

const byId = (a: Device, b: Device): number => (a.id < b.id ? -1 : 1)

const same = (a: ReadonlyArray<Device>, b: ReadonlyArray<Device>): boolean =>
  JSON.stringify([...a].sort(byId)) === JSON.stringify([...b].sort(byId))

/**
 * Where the host knows who is there, its word takes the place of what devices have told us: it is written down as
 * theirs would be, so that everything else looks in one place.
 */
export const refreshDevices = async (core: Core, workspace: string, agents: ReadonlyArray<string>): Promise<void> => {
  const host = core.hostDirectory
  if (host === undefined || agents.length === 0) return
  const [known, loaded] = await Promise.all([
    host.devices(workspace, agents),
    core.storage.load({ ...noNeeds, documents: agents.map((id) => ({ workspace, kind: 'seat', id })) }),
  ])
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
export const followDirectory = (core: Core): (() => void) =>
  core.hostDirectory?.watch(({ workspace, agent }) => {
    refreshDevices(core, workspace, [agent]).catch((error: unknown) => core.report('directory', error))
  }) ?? (() => undefined)
