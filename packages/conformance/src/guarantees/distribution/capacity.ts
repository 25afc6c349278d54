import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, message, secret } from '../office.ts'
import { fated } from '../trouble.ts'
import { acrossNetwork, stage, throughEngine } from './stage.ts'

const capacity = 3

export const capacityCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G23 nobody is given more than she can take, however many nodes give at once',
    body: async (rig) => {
      const node = () => rig.start({ storage: acrossNetwork(fated(rig.store())) })
      const engines = [await node(), await node()]
      const one = await stage(rig, { agent: { capacity }, engines: () => engines })
      await one.comeIn()
      const offices = engines.map((engine) => throughEngine(one, engine))
      const ids = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (offices[n % offices.length] ?? one.office).arrives('line', message(`person ${n}`, 'hello')),
        ),
      )
      await one.settle()
      const counts = async () => {
        const held = new Map<string | null, number>()
        for (const id of ids) {
          const { owner, status } = await one.now(id)
          if (status === 'open') held.set(owner, (held.get(owner) ?? 0) + 1)
        }
        return held
      }
      const held = await counts()
      for (const agent of one.people) same(held.get(agent), capacity, `what ${agent} was given`)
      same(held.get(null), ids.length - capacity * one.people.length, 'what waits for room')
      // Room that comes back is filled again, and no further; she closes two at two nodes at once.
      const mine = []
      for (const id of ids) if ((await one.owner(id)) === 'eli') mine.push(id)
      await Promise.all(
        mine.slice(0, 2).map(async (id, n) => granted(await (offices[n] ?? one.office).as('eli').close(id))),
      )
      await one.settle()
      const later = await counts()
      for (const agent of one.people) same(later.get(agent), capacity, `what ${agent} has after two were closed`)
    },
  },
  {
    name: 'G23 many queues that give to the same people from several nodes do not give them more than they can take',
    body: async (rig) => {
      const node = () => rig.start({ storage: acrossNetwork(fated(rig.store())) })
      const engines = [await node(), await node(), await node()]
      const one = await stage(rig, { people: ['eli', 'flo'], engines: () => engines })
      const { workspace } = one.office
      const queues = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6']
      const strategies = ['RoundRobin', 'LeastBusy', 'LongestIdle'] as const
      for (const [n, id] of queues.entries()) {
        const strategy = { _tag: strategies[n % 3] ?? 'LeastBusy' }
        granted(await workspace.queues.put({ id, name: id, mode: 'shared', claimOnReply: true, strategy }))
        granted(await workspace.accounts.put({ id, channel: 'chat', queue: id, settings: { secret } }))
      }
      for (const id of one.people) {
        granted(await workspace.agents.put({ id, name: id, role: 'agent', queues, capacity }))
      }
      await one.comeIn()
      await one.settle()
      const offices = engines.map((engine) => throughEngine(one, engine))
      const ids = await Promise.all(
        Array.from({ length: 36 }, (_, n) =>
          (offices[n % 3] ?? one.office).arrives(queues[n % 6] ?? 'q1', message(`person ${n}`, 'hello')),
        ),
      )
      await one.settle()
      const held = new Map<string | null, number>()
      for (const id of ids) {
        const owner = await one.owner(id)
        held.set(owner, (held.get(owner) ?? 0) + 1)
      }
      for (const agent of one.people) same(held.get(agent), capacity, `what ${agent} was given`)
    },
  },
  {
    name: 'G23 two queues that share a person do not give her more than she can take, offers counted',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli'], agent: { capacity: 2 }, queue: { offerMs: 30_000 } })
      const { workspace } = one.office
      granted(
        await workspace.queues.put({
          id: 'second',
          name: 'Second',
          mode: 'shared',
          claimOnReply: true,
          strategy: { _tag: 'LeastBusy' },
        }),
      )
      granted(
        await workspace.agents.put({ id: 'eli', name: 'Eli', role: 'agent', queues: ['line', 'second'], capacity: 2 }),
      )
      await one.comeIn('eli')
      const ids = await Promise.all(['a', 'b', 'c', 'd'].map(one.asks))
      for (const id of ids.slice(2)) granted(await one.office.as('mia').transfer(id, { to: { queue: 'second' } }))
      await one.settle()
      let inHand = 0
      for (const id of ids) {
        const { owner, offer } = await one.now(id)
        if (owner === 'eli' || offer?.agents.includes('eli') === true) inHand += 1
      }
      same(inHand, 2, 'what she has, and was asked to take')
      const [seat] = (await workspace.as('eli').presence.list()).filter(({ agent }) => agent === 'eli')
      assert((seat?.load ?? 9) <= 2, `her load is ${seat?.load}`)
    },
  },
  {
    name: 'G23 what she takes herself is hers, and nothing is given on top of it',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli'], agent: { capacity: 1 }, queue: { strategy: { _tag: 'Manual' } } })
      await one.comeIn()
      const ids = await Promise.all(['a', 'b', 'c'].map(one.asks))
      const [first, second, third] = ids
      granted(await one.office.as('eli').claim(first ?? ''))
      granted(await one.office.as('mia').assign(second ?? '', { agents: ['eli'] }))
      granted(
        await one.office.workspace.queues.put({
          id: 'line',
          name: 'Line',
          mode: 'shared',
          claimOnReply: true,
          strategy: { _tag: 'LeastBusy' },
        }),
      )
      await one.settle()
      same(await one.owner(third ?? ''), null, 'what came on top')
      granted(await one.office.as('eli').close(first ?? ''))
      await one.settle()
      same(await one.owner(third ?? ''), null, 'while she has as much as she can take')
      granted(await one.office.as('eli').close(second ?? ''))
      await one.settle()
      same(await one.owner(third ?? ''), 'eli', 'when she has room')
    },
  },
]
