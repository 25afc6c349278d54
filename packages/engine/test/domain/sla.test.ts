import {
  type Command,
  type Conversation,
  type Facts,
  type SlaFacts,
  type SlaPolicy,
  decide,
  decideSplit,
  fold,
  timersOf,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { history, live } from './history.ts'
import { after, by, facts, fromCustomer, now, opened, receive, start, step, text } from './shop.ts'

const minute = 60_000

const policy = (over: Partial<SlaPolicy> = {}): SlaPolicy => ({
  id: 'usual',
  name: 'Usual',
  when: {},
  firstResponse: 10 * minute,
  nextResponse: 20 * minute,
  resolution: 100 * minute,
  hours: null,
  ...over,
})

const promising = (...policies: ReadonlyArray<SlaPolicy>): SlaFacts => ({
  policies,
  after: (_, from, ms) => from + ms,
})

const usual = { sla: promising(policy()) }
const reply: Command = { _tag: 'Reply', parts: text('Bonjour') }
const at = (minutes: number, over: Partial<Facts> = {}) => by('ana', { now: now + minutes * minute, ...usual, ...over })
const written = (minutes: number, over: Partial<Facts> = {}) =>
  fromCustomer({ now: now + minutes * minute, ...usual, ...over })
const engine = (minutes: number, over: Partial<Facts> = {}) =>
  at(minutes, { actor: { kind: 'system', id: 'engine' }, ...over })

/** What is due, in minutes from the beginning. */
const due = ({ sla }: Conversation) =>
  [sla?.firstResponse, sla?.nextResponse, sla?.resolution].map((time) =>
    time === null || time === undefined ? null : (time - now) / minute,
  )

describe('promises', () => {
  it('begin with the first message, and stand in the entry that began them', () => {
    const { entries, state } = step(undefined, receive('Bonjour'), written(0, { start }))
    expect(state?.sla).toEqual(entries[0]?.sla)
    expect(state && due(state)).toEqual([10, null, 100])
    expect(timersOf(state)).toContainEqual({ kind: 'sla', key: 'c1', at: now + 10 * minute })
  })

  it('are nothing where nothing is promised, and no entry says so', () => {
    const { entries, state } = step(undefined, receive('Bonjour'), fromCustomer({ start }))
    expect(state?.sla).toBeNull()
    expect(entries[0]).not.toHaveProperty('sla')
  })

  it('of a response are kept by an answer of a person, and by nothing else', () => {
    const waiting = opened(usual)
    const noted = after(waiting, { _tag: 'AddNote', parts: text('à voir') }, at(1))
    expect(noted.sla).toBe(waiting.sla)
    expect(due(after(noted, receive('encore'), written(2)))).toEqual([10, null, 100])
    expect(due(after(noted, reply, at(3)))).toEqual([null, null, 100])
  })

  it('of a next response count from the first message that nobody has answered', () => {
    const answered = after(opened(usual), reply, at(3))
    const asked = after(answered, receive('et ?'), written(30))
    expect(due(asked)).toEqual([null, 50, 100])
    expect(due(after(asked, receive('alors ?'), written(40)))).toEqual([null, 50, 100])
    expect(due(after(asked, reply, at(41)))).toEqual([null, null, 100])
  })

  it('are not begun by machines', () => {
    const answered = after(opened(usual), reply, at(3))
    const absent: Command = { _tag: 'Receive', message: { ...receive('absent').message, automatic: 'reply' } }
    expect(after(answered, absent, written(4)).sla).toBe(answered.sla)
  })

  it('end with the close, and the resolution begins anew when the customer comes back', () => {
    const closed = after(after(opened(usual), reply, at(3)), { _tag: 'Close' }, at(5))
    expect(due(closed)).toEqual([null, null, null])
    expect(timersOf(closed)).toEqual([])
    expect(due(after(closed, receive('encore'), written(300)))).toEqual([null, 320, 400])
    expect(due(after(closed, { _tag: 'Reopen' }, at(300)))).toEqual([null, null, 400])
  })

  it.each(['MarkSpam', 'Archive', 'Delete'] as const)('stop with %s', (_tag) => {
    const stopped = after(opened(usual), { _tag }, by('chloe', { now: now + minute, ...usual }))
    expect(due(stopped)).toEqual([null, null, null])
  })

  it('begin anew when spam turns out to be none', () => {
    const spam = after(opened(usual), { _tag: 'MarkSpam' }, at(1))
    expect(due(after(spam, { _tag: 'MarkNotSpam' }, at(500)))).toEqual([510, null, 600])
  })

  it('go on while it is snoozed: the customer does not know of it', () => {
    expect(due(after(opened(usual), { _tag: 'Snooze' }, at(1)))).toEqual([10, null, 100])
  })

  it('wait for the handover while bots have it', () => {
    const bots = { account: { ...facts().account, bots: true } }
    const automated = opened({ ...usual, ...bots })
    expect(automated.sla).toBeNull()
    const handed = after(automated, { _tag: 'HandOver' }, engine(60, bots))
    expect(due(handed)).toEqual([70, null, 160])
  })

  it('are made good by a person who answers before people were asked', () => {
    const bots = { account: { ...facts().account, bots: true } }
    const automated = opened({ ...usual, ...bots })
    // An answer that nobody has asked people for makes good whatever was waited for.
    expect(due(after(automated, reply, at(60, bots)))).toEqual([null, null, 160])
  })

  it('are those of the first policy whose conditions hold', () => {
    const sla = promising(
      policy({ id: 'urgent', when: { priorities: ['urgent'] }, firstResponse: minute }),
      policy({ id: 'deliveries', when: { queues: ['deliveries'] }, firstResponse: 5 * minute, resolution: null }),
      policy({ id: 'mail', when: { channels: ['email'] } }),
    )
    const waiting = opened({ sla })
    expect(waiting.sla).toMatchObject({ policy: null, firstResponse: null, asked: now })
    const moved = after(waiting, { _tag: 'Transfer', to: { queue: 'deliveries' } }, at(3, { sla }))
    expect(moved.sla?.policy).toBe('deliveries')
    // Since when the customer waits does not change by being handed on.
    expect(due(moved)).toEqual([5, null, null])
    const flagged = after(moved, { _tag: 'Flag', flag: 'urgent' }, by('chloe', { now: now + 4 * minute, sla }))
    expect(flagged.sla?.policy).toBe('urgent')
    expect(due(flagged)).toEqual([1, null, 100])
  })

  it('stand as they were given when the policy is edited', () => {
    const waiting = opened(usual)
    const sla = promising(policy({ firstResponse: minute }))
    expect(due(after(waiting, { _tag: 'Tag', tags: ['vip'] }, at(1, { sla })))).toEqual([10, null, 100])
  })

  it('end when the last policy is removed', () => {
    expect(after(opened(usual), { _tag: 'Tag', tags: ['vip'] }, by('ana')).sla).toBeNull()
  })
})

describe('messages that go to another conversation', () => {
  it('are waited for there from then on, unless their answer goes along', () => {
    const asked = opened(usual)
    const message = {
      direction: 'in' as const,
      sentAt: now,
      author: { kind: 'contact' as const, id: 'claire' },
      parts: text('a'),
      matched: 'contact',
    }
    const answer = {
      direction: 'out' as const,
      sentAt: now + 1,
      author: { kind: 'agent' as const, id: 'ana' },
      parts: text('b'),
    }
    const split = (...messages: ReadonlyArray<typeof message | typeof answer>): Conversation => {
      const standing = messages.map((one, index) => ({ seq: index + 1, at: now, message: one, parts: one.parts }))
      const place = { ...start, conversation: 'c2', follows: 'c1' }
      const decision = decideSplit(
        asked,
        { message: 1, following: true, close: false },
        standing,
        at(5, { start: place }),
      )
      const state = decision._tag === 'Accepted' ? fold(decision.target) : undefined
      if (state === undefined) throw new Error('nothing was split')
      return state
    }
    expect(due(split(message))).toEqual([15, null, 105])
    expect(due(split(message, answer))).toEqual([null, null, 105])
  })
})

describe('a promise that is not kept', () => {
  const miss = (target: 'firstResponse' | 'nextResponse' | 'resolution'): Command => ({ _tag: 'MissSla', target })

  it('is missed once, and the next one due has its turn', () => {
    const missed = after(opened(usual), miss('firstResponse'), engine(10))
    expect(due(missed)).toEqual([null, null, 100])
    expect(missed.sla?.missed).toEqual(['firstResponse'])
    expect(timersOf(missed)).toContainEqual({ kind: 'sla', key: 'c1', at: now + 100 * minute })
    expect(step(missed, miss('firstResponse'), engine(11)).refusal).toEqual({ _tag: 'NothingToDo' })
  })

  it('is not missed before its time, nor after it was kept', () => {
    const waiting = opened(usual)
    expect(step(waiting, miss('firstResponse'), engine(9)).refusal).toEqual({ _tag: 'NothingToDo' })
    const answered = after(waiting, reply, at(9))
    expect(step(answered, miss('firstResponse'), engine(10)).refusal).toEqual({ _tag: 'NothingToDo' })
  })

  it('is not missed once its policy has been removed: it ends, and another one’s runs instead', () => {
    const waiting = opened(usual)
    const none = step(waiting, miss('firstResponse'), engine(10, { sla: undefined as never }))
    expect(none.entries.map(({ what }) => what)).toEqual([{ _tag: 'SlaEnded', policy: 'usual' }])
    expect([none.state?.sla, timersOf(none.state)]).toEqual([null, []])
    const other = step(
      waiting,
      miss('firstResponse'),
      engine(10, { sla: promising(policy({ id: 'b', firstResponse: 30 * minute })) }),
    )
    expect(other.entries.map(({ what }) => what._tag)).toEqual(['SlaEnded'])
    expect(other.state && [other.state.sla?.policy, due(other.state)]).toEqual(['b', [30, null, 100]])
    expect(other.state?.sla?.missed).toEqual([])
  })

  it('stays overdue until somebody answers, and the next one can be missed again', () => {
    const missed = after(opened(usual), miss('firstResponse'), engine(10))
    expect(after(missed, receive('allô ?'), written(11)).sla?.missed).toEqual(['firstResponse'])
    const answered = after(missed, reply, at(12))
    expect(answered.sla?.missed).toEqual([])
    const asked = after(answered, receive('et ?'), written(30))
    const again = after(asked, miss('nextResponse'), engine(50))
    expect(again.sla?.missed).toEqual(['nextResponse'])
  })

  it('of the resolution stays overdue until it is closed', () => {
    const missed = after(after(opened(usual), reply, at(1)), miss('resolution'), engine(100))
    expect(after(missed, reply, at(101)).sla?.missed).toEqual(['resolution'])
    expect(after(missed, { _tag: 'Close' }, at(102)).sla?.missed).toEqual([])
  })
})

it('whatever happens, the promises are the fold of the journal, and none runs where nobody is to answer', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const promised = steps.map((one) => ({ ...one, facts: { ...one.facts, ...usual } }))
      const { states, journal } = live(promised)
      expect(fold(journal)).toEqual(states.at(-1))
      for (const { sla, status, control, deleted } of states) {
        if (deleted) expect(sla).toBeNull()
        const idle = control === 'bot' || status === 'closed' || status === 'spam' || status === 'archived'
        if (sla === null || !idle) continue
        expect([sla.firstResponse, sla.nextResponse, sla.resolution, sla.began, sla.asked]).toEqual(Array(5).fill(null))
        expect(sla.missed).toEqual([])
      }
    }),
    { numRuns: 300 },
  )
})

it('deciding with promises answers what deciding without them does', () => {
  const waiting = opened()
  const without = decide(waiting, reply, by('ana'))
  const decided = decide(waiting, reply, by('ana', usual))
  const bare = (decision: typeof decided) =>
    decision._tag === 'Accepted' ? decision.entries.map(({ sla: _, ...entry }) => entry) : decision
  expect(bare(decided)).toEqual(bare(without))
})
