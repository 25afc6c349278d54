import {
  type Conversation,
  countChanges,
  decide,
  evolve,
  fold,
  isWaiting,
  maySee,
  react,
  scopesSeen,
  visibilityOf,
} from '@guichet/engine/domain'
import { describe, expect } from 'vitest'
import { live } from './history.ts'
import { law } from './law.ts'
import { agents, queues } from './shop.ts'

describe('over every history of commands, offers and queues', () => {
  law('an offer never outlives its time, and stands only while nobody has what is offered', ({ states, journal }) => {
    for (const [index, { at, what, actor }] of journal.entries()) {
      if (what._tag !== 'OfferAccepted' && what._tag !== 'OfferDeclined') continue
      const offer = fold(journal.slice(0, index))?.offer
      expect(at).toBeLessThan(offer?.until ?? 0)
      expect(offer?.agents).toContain(actor.id)
    }
    for (const state of states) {
      if (state.offer === null) continue
      expect(isWaiting(state)).toBe(true)
      expect(state.offer.agents.length).toBeGreaterThan(0)
      for (const id of state.offer.agents) {
        const agent = agents.get(id)
        expect(agent && maySee(agent, state, queues.get(state.queue))).toBe(true)
      }
    }
  })

  law('what the engine gives waited and was not offered, and whoever gets it is there', (_, steps) => {
    let state: Conversation | undefined = live([]).states[0]
    for (const { command: asked, facts: given } of steps) {
      const decision = decide(state, asked, given)
      for (const entry of decision._tag === 'Accepted' ? decision.entries : []) {
        const { what } = entry
        const to = what._tag === 'Distributed' ? [what.agent] : what._tag === 'Offered' ? what.agents : []
        if (to.length > 0) {
          expect(state !== undefined && isWaiting(state)).toBe(true)
          expect([state?.offer, state?.handover]).toEqual([null, null])
        }
        for (const agent of to) expect(given.seats?.get(agent)?.presence).toBe('online')
        state = evolve(state, entry)
      }
    }
  })

  law('it is known since when a conversation stands in its queue, and since when the customer waits', ({ states }) => {
    for (const state of states) {
      expect(state.queuedSince !== null).toBe(isWaiting(state))
      if (!isWaiting(state)) expect(state.passed).toEqual([])
      const attended =
        state.control === 'team' && (state.status === 'open' || state.status === 'pending') && !state.deleted
      if (!attended) expect(state.waitingSince).toBeNull()
      else if (state.lastMessage?.by === 'contact') expect(state.waitingSince).not.toBeNull()
      else if (state.lastMessage?.by === 'agent') expect(state.waitingSince).toBeNull()
    }
  })

  law('whatever begins to wait is distributed, and whoever has room again is named', ({ journal }) => {
    let before: Conversation | undefined
    for (const entry of journal) {
      const after = evolve(before, entry)
      if (after === undefined) throw new Error('the journal begins with a start')
      const waits = (state: Conversation | undefined) => state !== undefined && isWaiting(state) && state.offer === null
      const begins = waits(after) && !(waits(before) && before?.queue === after.queue)
      const reactions = react(before, entry, after)
      expect(reactions.filter(({ _tag }) => _tag === 'Distribute')).toEqual(
        begins ? [{ _tag: 'Distribute', queue: after.queue }] : [],
      )
      const room = new Map<string, number>()
      for (const { scope, by } of countChanges(before, after)) {
        if (scope.startsWith('load:')) room.set(scope, (room.get(scope) ?? 0) + by)
      }
      const freed = reactions.flatMap((one) => (one._tag === 'Freed' ? [`load:${one.agent}`] : []))
      expect(new Set(freed)).toEqual(new Set([...room].filter(([, by]) => by < 0).map(([scope]) => scope)))
      before = after
    }
  })

  law('whoever is offered something counts what she sees', ({ states }) => {
    for (const state of states) {
      if (state.offer === null) continue
      const counters = countChanges(undefined, state)
      for (const id of state.offer.agents) {
        const agent = agents.get(id)
        if (agent === undefined) continue
        const seen = scopesSeen(visibilityOf(agent, queues.values()), [...queues.keys()])
        expect(counters.filter(({ scope, bucket }) => bucket === 'open' && seen.includes(scope))).toHaveLength(1)
        expect(counters).toContainEqual({ scope: `load:${id}`, bucket: 'offered', by: 1 })
      }
    }
  })
})
