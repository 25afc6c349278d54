import { plan } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { agent, noon, queueWith, told, waits } from './planning.ts'

const one = waits('c1', 10)
const two = waits('c2', 5)
const three = waits('c3', 1)
const roundRobin = { _tag: 'RoundRobin' } as const

describe('a plan', () => {
  it('G25 serves the higher priority first, then who has waited longer, then by id', () => {
    const waiting = [
      waits('late', 1),
      waits('b', 60),
      waits('a', 60),
      waits('low', 900, { priority: 'low' }),
      waits('now', 0, { priority: 'urgent' }),
      waits('soon', 0, { priority: 'high' }),
    ]
    const steps = plan(queueWith(roundRobin, { waiting, candidates: [agent('ana')] }))
    expect(steps.map(({ conversation }) => conversation)).toEqual(['now', 'soon', 'a', 'b', 'late', 'low'])
  })

  it('stops when everybody is full, counting what it has given', () => {
    const candidates = [agent('ana', { load: 1, capacity: 2 }), agent('ben', { load: 3, capacity: 3 })]
    expect(told(plan(queueWith(roundRobin, { waiting: [one, two, three], candidates })))).toEqual(['c1>ana'])
  })

  it('gives nothing to who has more than she can take', () => {
    const candidates = [agent('ana', { load: 9, capacity: 2 }), agent('ben', { capacity: 0 })]
    expect(plan(queueWith(roundRobin, { waiting: [one], candidates }))).toEqual([])
  })

  it('is empty without candidates, and without anybody who waits', () => {
    expect(plan(queueWith(roundRobin, { waiting: [one] }))).toEqual([])
    expect(plan(queueWith(roundRobin, { candidates: [agent('ana')] }))).toEqual([])
  })

  it('leaves a queue for everyone, or for people to assign, alone', () => {
    const facts = { waiting: [one], candidates: [agent('ana')] }
    expect(plan(queueWith({ _tag: 'Everyone' }, facts))).toEqual([])
    expect(plan(queueWith({ _tag: 'Manual' }, facts))).toEqual([])
  })

  it('numbers turns on from the highest that was given', () => {
    const candidates = [agent('ana', { turn: 3 }), agent('ben', { turn: 9 })]
    const steps = plan(queueWith(roundRobin, { waiting: [one, two], candidates, turn: 7 }))
    expect(steps.map(({ turn }) => turn)).toEqual([10, 11])
  })

  it('offers instead of assigning when offers have a time', () => {
    expect(plan(queueWith(roundRobin, { offerMs: 20_000, waiting: [one], candidates: [agent('ana')] }))).toEqual([
      { _tag: 'Offer', conversation: 'c1', agents: ['ana'], until: noon + 20_000, turn: 1 },
    ])
  })
})

describe('who is asked', () => {
  it('G24 in round robin: the lowest turn, then the lowest load, then the longest idle, then by id', () => {
    const waiting = ['1', '2', '3', '4', '5'].map((id) => waits(id))
    const candidates = [
      agent('turn', { turn: 2 }),
      agent('load', { turn: 1, load: 4 }),
      agent('idle', { turn: 1, lastAssignedAt: noon - 5 }),
      agent('b', { turn: 1, lastAssignedAt: noon - 9 }),
      agent('a', { turn: 1, lastAssignedAt: noon - 9 }),
    ]
    expect(told(plan(queueWith(roundRobin, { waiting, candidates, turn: 2 })))).toEqual([
      '1>a',
      '2>b',
      '3>idle',
      '4>load',
      '5>turn',
    ])
  })

  it('with the least busy first, by the share of what each can take', () => {
    const candidates = [agent('small', { load: 1, capacity: 2 }), agent('large', { load: 2, capacity: 8 })]
    expect(told(plan(queueWith({ _tag: 'LeastBusy' }, { waiting: [one, two, three], candidates })))).toEqual([
      'c1>large',
      'c2>large',
      // Half full, both of them: then the lower number.
      'c3>small',
    ])
  })

  it('with the longest idle first: who never had one before all others', () => {
    const candidates = [
      agent('ana', { lastAssignedAt: noon - 1 }),
      agent('ben', { lastAssignedAt: noon - 9 }),
      agent('eve'),
    ]
    expect(told(plan(queueWith({ _tag: 'LongestIdle' }, { waiting: [one, two, three], candidates })))).toEqual([
      'c1>eve',
      'c2>ben',
      'c3>ana',
    ])
  })

  it('as the first n of the order, for thirty seconds unless the queue says otherwise', () => {
    const candidates = [agent('ana', { turn: 3 }), agent('ben', { turn: 1 }), agent('eve', { turn: 2 })]
    const facts = queueWith({ _tag: 'FirstN', n: 2 }, { waiting: [one, two], candidates, turn: 3 })
    expect(plan(facts)).toEqual([
      { _tag: 'Offer', conversation: 'c1', agents: ['ben', 'eve'], until: noon + 30_000, turn: 4 },
      { _tag: 'Offer', conversation: 'c2', agents: ['ana', 'ben'], until: noon + 30_000, turn: 5 },
    ])
    expect(plan({ ...facts, offerMs: 5_000 })[0]).toMatchObject({ until: noon + 5_000 })
  })

  it('as fewer than n when fewer have room, each offer taking room', () => {
    const candidates = [agent('ana', { capacity: 1 }), agent('ben', { capacity: 2 })]
    const facts = queueWith({ _tag: 'FirstN', n: 5 }, { waiting: [one, two, three], candidates })
    expect(told(plan(facts))).toEqual(['c1>ana+ben', 'c2>ben'])
  })
})

describe('who let one pass', () => {
  const candidates = [agent('ana'), agent('ben', { turn: 1 })]

  it('G27 is not asked again while somebody else is left', () => {
    const waiting = [waits('c1', 10, { passed: ['ana'] })]
    expect(told(plan(queueWith(roundRobin, { waiting, candidates })))).toEqual(['c1>ben'])
    expect(told(plan(queueWith({ _tag: 'FirstN', n: 2 }, { waiting, candidates })))).toEqual(['c1>ben'])
  })

  it('G27 is asked again when nobody else is left', () => {
    const waiting = [waits('c1', 10, { passed: ['ana', 'ben'] })]
    expect(told(plan(queueWith(roundRobin, { waiting, candidates })))).toEqual(['c1>ana'])
    expect(told(plan(queueWith({ _tag: 'FirstN', n: 2 }, { waiting, candidates })))).toEqual(['c1>ana+ben'])
  })

  it('G25 makes it wait behind the others of its priority, and before those of a lower one', () => {
    const waiting = [waits('c1', 10, { passed: ['ana'] }), two, waits('c3', 99, { priority: 'low' })]
    const alone = [agent('ana', { capacity: 2 })]
    expect(told(plan(queueWith(roundRobin, { waiting, candidates: alone })))).toEqual(['c2>ana', 'c1>ana'])
  })

  it('keeps her turn for the next', () => {
    const waiting = [waits('c1', 10, { passed: ['ana'] }), two]
    expect(told(plan(queueWith(roundRobin, { waiting, candidates })))).toEqual(['c1>ben', 'c2>ana'])
  })
})

describe('a strategy of the host', () => {
  const custom = { _tag: 'Custom', name: 'host' } as const
  const candidates = [agent('eve', { load: 1, capacity: 2 }), agent('ana'), agent('full', { load: 1, capacity: 1 })]
  const facts = queueWith(custom, { waiting: [one, two, three], candidates })

  it('chooses among those with room, seeing what it has given already', () => {
    const shown: Array<string> = []
    const steps = plan(facts, (waiting, room) => {
      shown.push(`${waiting.conversation}: ${room.map(({ agent: id, load }) => `${id} ${load}`).join(', ')}`)
      return room.at(-1)?.agent ?? null
    })
    expect(told(steps)).toEqual(['c1>eve', 'c2>ana', 'c3>ana'])
    expect(shown).toEqual(['c1: ana 0, eve 1', 'c2: ana 0', 'c3: ana 1'])
  })

  it('is not shown who let it pass, while somebody else is left', () => {
    const passed = [waits('c1', 10, { passed: ['ana'] })]
    expect(told(plan({ ...facts, waiting: passed }, (_, room) => room[0]?.agent ?? null))).toEqual(['c1>eve'])
  })

  it.each([
    ['names nobody', () => null],
    ['names a stranger', () => 'stranger'],
    ['names somebody who is full', () => 'full'],
    [
      'throws',
      () => {
        throw new Error('unwell')
      },
    ],
    ['answers something else', () => Promise.resolve('ana') as unknown as string],
  ])('gives a conversation to nobody when it %s, and goes on with the next', (_, answer) => {
    const steps = plan(facts, (waiting) => (waiting.conversation === 'c1' ? answer() : 'ana'))
    expect(told(steps)).toEqual(['c2>ana', 'c3>ana'])
  })

  it('cannot take anybody off the list', () => {
    const emptying = plan(facts, (_, room) => ((room as Array<unknown>).splice(0).length > 0 ? 'ana' : null))
    expect(told(emptying)).toEqual(['c1>ana', 'c2>ana', 'c3>ana'])
  })

  it('that the engine does not know plans nothing', () => {
    expect(plan(facts)).toEqual([])
  })
})
