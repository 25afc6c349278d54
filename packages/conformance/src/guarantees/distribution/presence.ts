import type { Device, Presence } from '@guichet/engine'
import type { Directory } from '@guichet/engine/ports'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted } from '../office.ts'
import { type Stage, stage, throughEngine } from './stage.ts'

const graceMs = 120_000

const presenceOf = async (one: Stage, agent: string): Promise<Presence | undefined> =>
  (await one.office.workspace.as('mia').presence.list()).find((seat) => seat.agent === agent)?.presence

/** A host that knows who is there, as a test moves them about. */
const house = () => {
  const rooms = new Map<string, ReadonlyArray<Device>>()
  const listeners = new Set<Parameters<Directory['watch']>[0]>()
  const directory: Directory = {
    devices: async (_, agents) => new Map(agents.map((agent) => [agent, rooms.get(agent) ?? []])),
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return {
    directory,
    moves: (workspace: string, agent: string, devices: ReadonlyArray<Device>) => {
      rooms.set(agent, devices)
      for (const listener of listeners) listener({ workspace, agent })
    },
    listeners,
  }
}

export const presenceCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G28 a phone that sleeps is not an agent who left, until the grace is over',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli'] })
      const { presence } = one.office.workspace.as('eli')
      granted(await presence.device('phone', 'active'))
      granted(await presence.device('phone', 'asleep'))
      rig.clock.advance(graceMs - 1)
      await one.settle()
      same(await presenceOf(one, 'eli'), 'online', 'within the grace')
      const id = await one.asks('zoe')
      await one.settle()
      same(await one.owner(id), 'eli', 'who is given something')
      rig.clock.advance(1)
      await one.settle()
      same(await presenceOf(one, 'eli'), 'offline', 'after the grace')
    },
  },
  {
    name: 'G28 of several devices the best counts, and what she says herself stands above them until it ends',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli'] })
      const { presence } = one.office.workspace.as('eli')
      granted(await presence.device('desk', 'active'))
      granted(await presence.device('phone', 'idle'))
      granted(await presence.device('desk', 'closed'))
      same(await presenceOf(one, 'eli'), 'away', 'with an idle phone')
      granted(await presence.device('desk', 'active'))
      granted(await presence.set('away', rig.clock.now() + 60_000))
      same(await presenceOf(one, 'eli'), 'away', 'as she says')
      const id = await one.asks('zoe')
      await one.settle()
      same(await one.owner(id), null, 'while she says so')
      rig.clock.advance(60_000)
      await one.settle()
      same(await presenceOf(one, 'eli'), 'online', 'when it has ended')
      same(await one.owner(id), 'eli', 'and what waited is given to her')
    },
  },
  {
    name: 'G28 silence for longer than the grace is going away, with what her queue makes of that',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli', 'flo'], queue: { away: 'reassign' } })
      granted(await one.office.workspace.as('eli').presence.device('desk', 'active'))
      await one.settle()
      const id = await one.asks('zoe')
      await one.settle()
      same(await one.owner(id), 'eli', 'who has it')
      await one.comeIn('flo')
      rig.clock.advance(graceMs)
      await one.settle()
      same(await one.owner(id), 'flo', 'after she fell silent')
    },
  },
  {
    name: 'G28 a host that knows who is there says so instead, and what agents say of themselves still stands above it',
    body: async (rig) => {
      const { directory, moves, listeners } = house()
      const engine = await rig.start({ directory })
      const one = await stage(rig, { people: ['eli'], engines: () => [engine] })
      const eli = throughEngine(one, engine).workspace.as('eli')
      granted(await eli.presence.device('phone', 'active'))
      same(await presenceOf(one, 'eli'), 'offline', 'while the host does not know her')
      const id = await one.asks('zoe')
      await one.settle()
      same(await one.owner(id), null, 'while nobody is there')
      moves(one.office.id, 'eli', [{ id: 'badge', state: 'active', seenAt: rig.clock.now() }])
      // Whoever asks sees it at once; those who wait are seen to as soon as it is written down.
      same(await presenceOf(one, 'eli'), 'online', 'when the host says so')
      await one.settle()
      same(await one.owner(id), 'eli', 'and what waited is hers')
      granted(await eli.presence.set('away'))
      same(await presenceOf(one, 'eli'), 'away', 'as she says')
      await engine.close()
      same(listeners.size, 0, 'who still listens after the end')
    },
  },
]
