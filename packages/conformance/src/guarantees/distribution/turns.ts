import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, message } from '../office.ts'
import { stage, throughEngine } from './stage.ts'

/** How many of these each has. */
const shares = async (
  owner: (id: string) => Promise<string | null>,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string | null, number>> => {
  const counts = new Map<string | null, number>()
  for (const id of ids) {
    const who = await owner(id)
    counts.set(who, (counts.get(who) ?? 0) + 1)
  }
  return counts
}

const fair = (counts: ReadonlyMap<string | null, number>, people: ReadonlyArray<string>, when: string): void => {
  const each = people.map((id) => counts.get(id) ?? 0)
  assert(Math.max(...each) - Math.min(...each) <= 1, `${when}: ${JSON.stringify([...counts])}`)
  same(counts.get(null) ?? 0, 0, `${when}: what nobody has`)
}

export const turnCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G24 in turn means that shares differ by one at most, one by one or all at once, on several nodes',
    body: async (rig) => {
      const engines = [rig.engine(), await rig.start()]
      const one = await stage(rig, { engines: () => engines })
      const offices = engines.map((engine) => throughEngine(one, engine))
      await one.comeIn()
      const ids: Array<string> = []
      for (let n = 0; n < 7; n += 1) {
        ids.push(await one.asks(`one by one ${n}`))
        await one.settle()
        fair(await shares(one.owner, ids), one.people, `after ${n + 1}`)
      }
      const crowd = Array.from({ length: 13 }, (_, n) =>
        (offices[n % 2] ?? one.office).arrives('line', message(`crowd ${n}`, 'hello')),
      )
      ids.push(...(await Promise.all(crowd)))
      await one.settle()
      fair(await shares(one.owner, ids), one.people, 'after a crowd')
    },
  },
  {
    name: 'G24 who is done sooner is not asked more often: a turn is a turn, whoever has how much in hand',
    body: async (rig) => {
      let engines = [rig.engine()]
      const one = await stage(rig, { engines: () => engines })
      await one.comeIn()
      const given = new Map<string | null, number>()
      for (let n = 0; n < 9; n += 1) {
        if (n === 4) engines = [await rig.restart()]
        const office = throughEngine(one, rig.engine())
        rig.clock.advance(1_000)
        const id = await office.arrives('line', message(`person ${n}`, 'hello'))
        await one.settle()
        const { owner } = granted(await office.as('mia').get(id))
        given.set(owner, (given.get(owner) ?? 0) + 1)
        fair(given, one.people, `after ${n + 1}`)
        if (owner === 'eli') granted(await office.as('eli').close(id))
      }
    },
  },
  {
    name: 'G24 whose turn it is survives a restart, and each queue has its own',
    body: async (rig) => {
      let engines = [rig.engine()]
      const one = await stage(rig, { people: ['eli', 'flo'], engines: () => engines })
      await one.comeIn()
      const first = await one.asks('first')
      await one.settle()
      const before = await one.owner(first)
      const engine = await rig.restart()
      engines = [engine]
      const office = throughEngine(one, engine)
      const second = await office.arrives('line', message('second', 'hello'))
      await engine.settle()
      const { items } = await office.as('mia').list({ tab: 'open' })
      const after = items.find(({ id }) => id === second)?.owner
      same([before, after].sort(), ['eli', 'flo'], 'who got one')
    },
  },
  {
    name: 'G24 ties go to who has less, then to who has waited longer for one, then by id',
    body: async (rig) => {
      const one = await stage(rig, { queue: { strategy: { _tag: 'LeastBusy' } } })
      await one.comeIn()
      const ids: Array<string> = []
      for (let n = 0; n < 6; n += 1) {
        rig.clock.advance(1_000)
        ids.push(await one.asks(`person ${n}`))
        await one.settle()
      }
      const owners: Array<string | null> = []
      for (const id of ids) owners.push(await one.owner(id))
      same(owners, ['eli', 'flo', 'gus', 'eli', 'flo', 'gus'], 'who got them')
    },
  },
]
