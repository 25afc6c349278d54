import type { Strategy } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Counter, type Day, dayOf, distribute, factsAt, happens, loadOf, opening } from './day.ts'
import { anyStrategy, ordered } from './planning.ts'

/** The counter before and after each plan of a day. */
const lived = (day: Day): ReadonlyArray<{ readonly before: Counter; readonly after: Counter }> => {
  let counter = opening(day)
  return day.happenings.map((what) => {
    const before = happens(counter, what)
    counter = distribute(before, day)
    return { before, after: counter }
  })
}

const law = (
  name: string,
  strategy: fc.Arbitrary<Strategy>,
  holds: (moments: ReturnType<typeof lived>, day: Day) => void,
): void => {
  it(name, () =>
    fc.assert(
      fc.property(dayOf(strategy), (day) => holds(lived(day), day)),
      { numRuns: 200 },
    ),
  )
}

describe('over a generated day at the counter', () => {
  law('G23 nobody has more in her hands than she can take', anyStrategy, (moments) => {
    for (const { after } of moments) {
      for (const { agent, capacity } of after.people) {
        if (capacity !== null) expect(loadOf(after, agent)).toBeLessThanOrEqual(capacity)
      }
    }
  })

  law('every conversation waits, is offered or has one owner', anyStrategy, (moments) => {
    for (const { before, after } of moments) {
      const all = [...after.waiting.keys(), ...after.offered.keys(), ...after.owned.keys()]
      expect(new Set(all).size).toBe(all.length)
      expect(all).toHaveLength(before.waiting.size + before.offered.size + before.owned.size)
    }
  })

  law('nobody is given anything while away', anyStrategy, (moments) => {
    for (const { before, after } of moments) {
      for (const { agent } of after.people) {
        if (!after.there.has(agent)) expect(loadOf(after, agent)).toBe(loadOf(before, agent))
      }
    }
  })

  law('G27 no offer outlives its time', anyStrategy, (moments, { strategy, offerMs }) => {
    const stands = offerMs ?? (strategy._tag === 'FirstN' ? 30_000 : 0)
    for (const { after } of moments) {
      for (const { until, agents } of after.offered.values()) {
        expect(until).toBeGreaterThan(after.now)
        expect(until).toBeLessThanOrEqual(after.now + stands)
        expect(agents.length).toBeGreaterThan(0)
      }
    }
  })

  law('G25 nobody waits while somebody who is there has room', ordered, (moments) => {
    for (const { after } of moments) {
      const room = after.people.filter(
        ({ agent, capacity }) => after.there.has(agent) && (capacity === null || loadOf(after, agent) < capacity),
      )
      if (room.length > 0) expect(after.waiting.size).toBe(0)
    }
  })

  law(
    'G25 nobody is served before an earlier one of the same priority whom somebody would take',
    ordered,
    (moments) => {
      for (const { before, after } of moments) {
        const left = [...after.waiting.values()]
        for (const one of before.waiting.values()) {
          if (after.waiting.has(one.conversation)) continue
          for (const other of left.filter(({ priority, since }) => priority === one.priority && since < one.since)) {
            const taker = after.owned.get(one.conversation)?.agent
            const takers = taker === undefined ? (after.offered.get(one.conversation)?.agents ?? []) : [taker]
            for (const agent of takers) expect(other.passed).toContain(agent)
          }
        }
      }
    },
  )

  law('turns only rise', anyStrategy, (moments) => {
    for (const { before, after } of moments) {
      expect(after.turn).toBeGreaterThanOrEqual(before.turn)
      for (const { turn } of after.people) expect(turn).toBeLessThanOrEqual(after.turn)
    }
  })

  law('a plan made again at once has nothing to add', ordered, (moments, day) => {
    for (const { after } of moments) expect(distribute(after, day)).toEqual(after)
  })

  law(
    'the queue is empty in the end, when all come, take what they are offered and close it',
    ordered,
    (moments, day) => {
      let counter = moments.at(-1)?.after ?? opening(day)
      counter = {
        ...counter,
        there: new Set(counter.people.map(({ agent }) => agent)),
        people: counter.people.map((one) => ({ ...one, capacity: one.capacity === 0 ? 1 : one.capacity })),
      }
      const open = (): number => counter.waiting.size + counter.offered.size + counter.owned.size
      for (let left = open(); left > 0; left = open()) {
        counter = distribute(counter, day)
        while (counter.offered.size > 0) counter = happens(counter, { _tag: 'Accept', offer: 0, agent: 0 })
        while (counter.owned.size > 0) counter = happens(counter, { _tag: 'Close', owned: 0 })
        expect(open()).toBeLessThan(left)
      }
      expect(factsAt(counter, day).waiting).toEqual([])
    },
  )
})
