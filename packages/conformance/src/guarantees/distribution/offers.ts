import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, refused } from '../office.ts'
import { stage, throughEngine } from './stage.ts'

const offerMs = 30_000

export const offerCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G27 an offer that nobody answers goes to the next at its time, and the first to accept has it',
    body: async (rig) => {
      const one = await stage(rig, { queue: { strategy: { _tag: 'FirstN', n: 2 }, offerMs } })
      await one.comeIn()
      const id = await one.asks('zoe')
      await one.settle()
      const first = (await one.now(id)).offer
      same([first?.agents.length, first?.until], [2, rig.clock.now() + offerMs], 'the first offer')
      rig.clock.advance(offerMs - 1)
      await one.settle()
      same((await one.now(id)).offer, first, 'just before its time')
      rig.clock.advance(1)
      await one.settle()
      const second = (await one.now(id)).offer
      const left = one.people.filter((agent) => first?.agents.includes(agent) !== true)
      // Two are asked; whoever has not let it pass is among them.
      same(
        left.every((agent) => second?.agents.includes(agent)),
        true,
        'who is asked next',
      )
      const [gus = ''] = left
      const eli = one.people.find((agent) => second?.agents.includes(agent) !== true) ?? ''
      same(refused(await one.office.as(eli).acceptOffer(id)), { _tag: 'NotOffered' }, 'somebody who is not asked')
      granted(await one.office.as(gus).acceptOffer(id))
      same(await one.owner(id), gus, 'who has it')
      same(
        (await history(one.office.as('mia'), id)).entries.map(({ what }) => what._tag),
        ['MessageReceived', 'Offered', 'OfferExpired', 'Offered', 'OfferAccepted'],
        'the journal',
      )
    },
  },
  {
    name: 'G27 who declines is not asked again while somebody else is left, and a claim ends the offer',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli', 'flo'], queue: { strategy: { _tag: 'LongestIdle' }, offerMs } })
      await one.comeIn()
      const id = await one.asks('zoe')
      await one.settle()
      const [first = ''] = (await one.now(id)).offer?.agents ?? []
      granted(await one.office.as(first).declineOffer(id))
      await one.settle()
      const [second = ''] = (await one.now(id)).offer?.agents ?? []
      same([first, second].sort(), ['eli', 'flo'], 'who was asked')
      // Whoever declined may still take it: what people do stands above what the engine plans.
      granted(await one.office.as(first).claim(id))
      same([(await one.now(id)).offer, await one.owner(id)], [null, first], 'after the claim')
      same(
        refused(await one.office.as(second).acceptOffer(id)),
        { _tag: 'AlreadyOwned', owner: first },
        'what the other is told',
      )
      rig.clock.advance(offerMs)
      await one.settle()
      same(await one.owner(id), first, 'after the time of the offer')
    },
  },
  {
    name: 'G27 offers outlive a restart and end at their time, also when nobody was running then',
    body: async (rig) => {
      let engines = [rig.engine()]
      const one = await stage(rig, {
        people: ['eli', 'flo'],
        queue: { strategy: { _tag: 'LongestIdle' }, offerMs },
        engines: () => engines,
      })
      await one.comeIn()
      const id = await one.asks('zoe')
      await one.settle()
      const [first = ''] = (await one.now(id)).offer?.agents ?? []
      const engine = await rig.restart()
      engines = [engine]
      const office = throughEngine(one, engine)
      same(granted(await office.as('mia').get(id)).offer?.agents, [first], 'after the restart')
      rig.clock.advance(10 * offerMs)
      await engine.settle()
      const next = granted(await office.as('mia').get(id)).offer
      same(next?.agents.includes(first), false, 'the first is asked again')
      granted(await office.as(next?.agents[0] ?? '').acceptOffer(id))
    },
  },
  {
    name: 'G42 whom something is offered to sees, counts and finds it wherever it stands, until the offer is over',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli'], queue: { strategy: { _tag: 'LongestIdle' }, offerMs } })
      await one.comeIn()
      const id = await one.asks('zoe')
      await one.settle()
      const eli = one.office.as('eli')
      const seen = async () => {
        const [{ items, counts }, found] = [await eli.list(), await eli.get(id)]
        return { listed: items.length, counted: counts.all, found: found.ok }
      }
      // She leaves the queue; what was offered to her still is.
      granted(await one.office.workspace.agents.put({ id: 'eli', name: 'Eli', role: 'agent', queues: [] }))
      same(await seen(), { listed: 1, counted: 1, found: true }, 'while it is offered')
      rig.clock.advance(offerMs)
      await one.settle()
      same(await seen(), { listed: 0, counted: 0, found: false }, 'when the offer is over')
    },
  },
]
