import {
  type Conversation,
  type Timer,
  bucketsOf,
  countChanges,
  decide,
  evolve,
  fold,
  lostSight,
  maySee,
  react,
  scopesCalling,
  scopesInHand,
  scopesOwned,
  scopesSeen,
  statuses,
  tabCounts,
  tabScopes,
  timersOf,
  visibilityOf,
} from '@guichet/engine/domain'
import { describe, expect } from 'vitest'
import { law } from './law.ts'
import { agents, queues } from './shop.ts'

describe('over every history of commands', () => {
  law('the state is the fold of the journal', ({ states, journal }) => {
    expect(fold(journal)).toEqual(states.at(-1))
  })

  law('the journal is numbered from one without gaps', ({ journal }) => {
    expect(journal.map((entry) => entry.seq)).toEqual(journal.map((_, index) => index + 1))
  })

  law('the status is always one of five', ({ states }) => {
    for (const { status } of states) expect(statuses).toContain(status)
  })

  law('there is at most one owner, who is an assignee and may answer there', ({ states }) => {
    for (const state of states) {
      if (state.owner === null) continue
      expect(state.assignees).toContain(state.owner)
      const owner = agents.get(state.owner)
      expect(owner && maySee(owner, state, queues.get(state.queue))).toBe(true)
    }
  })

  law('a conversation is never left with neither queue nor owner', ({ states }) => {
    for (const { queue } of states) expect(queues.has(queue)).toBe(true)
  })

  law('what is locked is owned', ({ states }) => {
    for (const state of states) if (state.locked) expect(state.owner).not.toBeNull()
  })

  law('only pending conversations, and archived ones that were, have an end of snooze', ({ states }) => {
    for (const { status, snoozedUntil, statusBeforeArchive } of states) {
      if (snoozedUntil !== null) expect([status, statusBeforeArchive]).toContain('pending')
    }
  })

  law('the timers that are set are those that the state asks for', ({ journal }) => {
    let state: Conversation | undefined
    const set = new Map<string, Timer>()
    for (const entry of journal) {
      const next = evolve(state, entry)
      if (next === undefined) throw new Error('the journal begins with a start')
      for (const reaction of react(state, entry, next)) {
        if (reaction._tag === 'SetTimer') set.set(`${reaction.timer.kind} ${reaction.timer.key}`, reaction.timer)
        if (reaction._tag === 'CancelTimer') set.delete(`${reaction.kind} ${reaction.key}`)
      }
      state = next
      expect(new Set(set.values())).toEqual(new Set(timersOf(next)))
    }
  })

  law('refused means unchanged, and the same question gets the same answer', ({ states }, steps) => {
    const state = states.at(-1)
    const frozen = JSON.stringify(state)
    for (const { command: asked, facts: given } of steps) {
      expect(decide(state, asked, given)).toEqual(decide(state, asked, given))
      expect(JSON.stringify(state)).toBe(frozen)
    }
  })

  law('counters are exactly what counting would give', ({ states }) => {
    const sums = new Map<string, number>()
    let before: Conversation | undefined
    for (const state of states) {
      for (const { scope, bucket, by } of countChanges(before, state)) {
        sums.set(`${scope} ${bucket}`, (sums.get(`${scope} ${bucket}`) ?? 0) + by)
      }
      before = state
    }
    const now_ = new Map(countChanges(undefined, before).map(({ scope, bucket, by }) => [`${scope} ${bucket}`, by]))
    expect(new Map([...sums].filter(([, sum]) => sum !== 0))).toEqual(now_)
  })

  law('every viewer counts what she sees, and nothing else', ({ states }) => {
    const last = states.at(-1)
    if (last === undefined) return
    const counters = countChanges(undefined, last)
    for (const viewer of agents.values()) {
      const all = [...queues.keys()]
      const visibility = visibilityOf(viewer, queues.values())
      const counts = tabCounts(
        counters,
        tabScopes(scopesSeen(visibility, all), scopesOwned(viewer.id, all), scopesCalling(viewer.id, visibility, all)),
      )
      const sees = maySee(viewer, last, queues.get(last.queue))
      expect(counts.all).toBe(sees ? 1 : 0)
      const calls = last.mentioned.includes(viewer.id) && (last.status === 'open' || last.status === 'pending')
      expect(counts.mentions).toBe(sees && calls ? 1 : 0)
      for (const bucket of bucketsOf(last)) expect(counts[bucket]).toBe(sees ? 1 : 0)
    }
  })

  law('what an agent has in hand counts for a viewer only if she sees it, and for herself always', ({ states }) => {
    for (const state of states) {
      const counters = countChanges(undefined, state)
      for (const viewer of agents.values()) {
        const visibility = visibilityOf(viewer, queues.values())
        const counted = (agent: string): number =>
          counters
            .filter(({ scope, bucket }) => bucket === 'open' && scopesInHand(agent, visibility).includes(scope))
            .reduce((sum, { by }) => sum + by, 0)
        const has = (agent: string): boolean => state.owner === agent && bucketsOf(state).includes('open')
        expect(counted(viewer.id)).toBe(has(viewer.id) ? 1 : 0)
        const sees = maySee(viewer, state, queues.get(state.queue))
        for (const { id } of agents.values()) expect(counted(id)).toBeLessThanOrEqual(sees && has(id) ? 1 : 0)
      }
    }
  })

  law('who loses sight of a conversation is told so, by the entry that took it away', ({ journal }) => {
    let before: Conversation | undefined
    for (const entry of journal) {
      const after = evolve(before, entry)
      if (after === undefined) throw new Error('the journal begins with a start')
      for (const viewer of agents.values()) {
        const saw = before !== undefined && maySee(viewer, before, queues.get(before.queue))
        const sees = maySee(viewer, after, queues.get(after.queue))
        if (saw && !sees)
          expect([entry.what, viewer.id, lostSight(viewer, entry, after, queues)]).toEqual([
            entry.what,
            viewer.id,
            true,
          ])
      }
      before = after
    }
  })
})
