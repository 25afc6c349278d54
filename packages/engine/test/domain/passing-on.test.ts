import {
  type Agent,
  type Conversation,
  type Entry,
  decide,
  decideMerge,
  decideSplit,
  evolve,
  fold,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { history, live } from './history.ts'
import { after, agents, by, facts, fromCustomer, now, opened, queues, receive, start, step, text } from './shop.ts'

const without = (...gone: ReadonlyArray<string>): ReadonlyMap<string, Agent> =>
  new Map([...agents].filter(([id]) => !gone.includes(id)))

const movedToDeliveries: ReadonlyMap<string, Agent> = new Map(
  [...agents].map(([id, agent]) => [id, id === 'ben' ? { ...agent, queues: ['deliveries'] } : agent]),
)

const assigned = (): Conversation =>
  after(after(opened(), { _tag: 'Claim' }, by('ana')), { _tag: 'Assign', agents: ['ben', 'chloe'] }, by('ana'))

/** What entries of a journal say by themselves, whatever was decided. */
const entry = (state: Conversation, what: Entry['what'], actor = by('ana').actor): Conversation | undefined =>
  evolve(state, { seq: state.seq + 1, at: now, actor, what })

describe('an owner who is taken off', () => {
  const unassign = { _tag: 'Unassign', agents: ['ana'] } as const

  it('hands it to the next assignee, and the entry says to whom', () => {
    const { state, entries } = step(assigned(), unassign, by('ana'))
    expect([state?.owner, entries[0]?.what]).toEqual(['ben', { _tag: 'Unassigned', agents: ['ana'], owner: 'ben' }])
  })

  it('does not hand it to an assignee who was removed, nor to one who may not answer there any more', () => {
    expect(step(assigned(), unassign, by('ana', { agents: without('ben') })).state?.owner).toBe('chloe')
    expect(step(assigned(), unassign, by('ana', { agents: movedToDeliveries })).state?.owner).toBe('chloe')
  })

  it('leaves it to its queue when none of the others can have it', () => {
    const { state } = step(assigned(), unassign, by('ana', { agents: without('ben', 'chloe') }))
    expect([state?.owner, state?.queuedSince]).toEqual([null, now])
  })

  it('passed it to whoever was next in entries that do not say to whom', () => {
    expect(entry(assigned(), { _tag: 'Unassigned', agents: ['ana'] })?.owner).toBe('ben')
  })
})

describe('who leaves a conversation among colleagues as its owner', () => {
  const discussed = (): Conversation => {
    const place = { ...start, conversation: 'c5', contact: '', address: '' }
    const talk = { _tag: 'Discuss', title: 'The boiler', participants: ['ben', 'dan'], parts: text('Hot?') } as const
    const { state } = step(undefined, talk, by('ana', { start: place }))
    if (state === undefined) throw new Error('nothing was discussed')
    return state
  }

  it('leaves it to the first of them who is still there, and stays while there is none', () => {
    const leave = { _tag: 'Leave' } as const
    expect(step(discussed(), leave, by('ana')).state?.owner).toBe('ben')
    expect(step(discussed(), leave, by('ana', { agents: without('ben') })).state?.owner).toBe('dan')
    const alone = step(discussed(), leave, by('ana', { agents: without('ben', 'dan') }))
    expect([alone.refusal, alone.state?.owner]).toEqual([{ _tag: 'NothingToDo' }, 'ana'])
    expect(entry(discussed(), { _tag: 'Left' })?.owner).toBe('ben')
  })

  it('keeps it when its snooze ends, though she is away: there is no queue that it could wait in', () => {
    const snoozed = after(discussed(), { _tag: 'Snooze', until: now + 1 }, by('ana'))
    const seats = new Map([['ana', { presence: 'offline' as const, load: 0 }]])
    const engine = facts({ actor: { kind: 'system', id: 'engine' }, now: now + 1, seats })
    expect(after(snoozed, { _tag: 'EndSnooze' }, engine)).toMatchObject({ status: 'open', owner: 'ana' })
  })
})

describe('what is opened again after its owner was removed', () => {
  const closed = (): Conversation => after(after(opened(), { _tag: 'Claim' }, by('ana')), { _tag: 'Close' }, by('ana'))
  const gone = { agents: without('ana') }

  it('waits in its queue, whoever opened it', () => {
    const reopened = step(closed(), { _tag: 'Reopen' }, by('chloe', gone))
    expect(reopened.state).toMatchObject({ status: 'open', owner: null, assignees: [], queuedSince: now })
    expect(reopened.entries[0]?.what).toEqual({
      _tag: 'Reopened',
      cameBack: { formerOwner: 'ana', because: 'gone' },
    })
    const spam = after(closed(), { _tag: 'MarkSpam' }, by('ana'))
    expect(after(spam, { _tag: 'MarkNotSpam' }, by('chloe', gone)).owner).toBeNull()
    expect(after(closed(), receive('encore'), fromCustomer(gone)).owner).toBeNull()
    expect(after(closed(), receive('encore'), fromCustomer({ agents: movedToDeliveries })).owner).toBe('ana')
  })

  it('is whose answer opened it, where the queue says so', () => {
    const claimed = after(opened(), { _tag: 'Claim' }, by('ana'))
    const shared = after(claimed, { _tag: 'Assign', agents: ['chloe'] }, by('ana'))
    const done = after(shared, { _tag: 'Close' }, by('ana'))
    const answered = after(done, { _tag: 'Reply', parts: text('Oui') }, by('chloe', gone))
    expect(answered).toMatchObject({ status: 'open', owner: 'chloe', assignees: ['chloe'] })
    const calm = new Map([...queues].map(([id, queue]) => [id, { ...queue, claimOnReply: false }]))
    const unclaimed = after(done, { _tag: 'Reply', parts: text('Oui') }, by('chloe', { ...gone, queues: calm }))
    expect(unclaimed).toMatchObject({ status: 'open', owner: null, assignees: ['chloe'] })
  })

  it('stays hers while she is there, though she serves the queue no more, when it is opened by hand', () => {
    const moved = new Map([...agents].map(([id, agent]) => [id, { ...agent, queues: [] }]))
    expect(after(closed(), { _tag: 'Reopen' }, by('ana', { agents: moved })).owner).toBe('ana')
    // What comes back by itself is given to nobody who may not answer there.
    expect(after(closed(), receive('encore'), fromCustomer({ agents: moved })).owner).toBeNull()
  })

  it('is not what is split off: that waits in the queue', () => {
    const message = {
      direction: 'in',
      author: fromCustomer().actor,
      parts: text('a'),
      sentAt: now,
      matched: 'contact',
    } as const
    const decision = decideSplit(
      closed(),
      { message: 1, following: false, close: false },
      [{ seq: 1, at: now, message, parts: message.parts }],
      by('chloe', { ...gone, start: { ...start, conversation: 'c9', follows: 'c1' } }),
    )
    if (decision._tag === 'Refused') throw new Error(JSON.stringify(decision.refusal))
    expect(fold(decision.target)).toMatchObject({ status: 'open', owner: null })
  })
})

describe('a merge into what is not open', () => {
  const other = (): Conversation => ({ ...after(opened(), { _tag: 'Claim' }, by('ben')), id: 'c2' })
  const merge = (from: Conversation, into: Conversation, over: Parameters<typeof by>[1] = {}): Conversation => {
    const decision = decideMerge(from, into, [], 'contact', by('chloe', over))
    if (decision._tag === 'Refused') throw new Error(JSON.stringify(decision.refusal))
    const result = decision.target.reduce<Conversation | undefined>(evolve, into)
    if (result === undefined) throw new Error('nothing is left')
    return result
  }
  const seat = (presence: 'online' | 'away' | 'offline') => ({ seats: new Map([['ben', { presence, load: 0 }]]) })

  it('opens it as the customer would, and is its former owner’s only where her message would be', () => {
    const closed = after(other(), { _tag: 'Close' }, by('ben'))
    expect(merge(opened(), closed, seat('online'))).toMatchObject({ status: 'open', owner: 'ben' })
    for (const over of [seat('away'), seat('offline'), { agents: without('ben') }]) {
      const merged = merge(opened(), closed, over)
      const written = after(closed, receive('encore'), fromCustomer(over))
      expect([merged.status, merged.owner, merged.queuedSince]).toEqual(['open', null, now])
      expect([written.status, written.owner]).toEqual([merged.status, merged.owner])
      expect(merged.passed).toEqual(['ben'])
    }
    const never = new Map([...queues].map(([id, queue]) => [id, { ...queue, sticky: 'never' as const }]))
    expect(merge(opened(), closed, { queues: never }).owner).toBeNull()
    expect(merge(opened(), closed, {}).owner).toBe('ben')
  })

  it('leaves it closed when nobody waits in what is merged', () => {
    const closed = after(other(), { _tag: 'Close' }, by('ben'))
    const done = after(opened(), { _tag: 'Close' }, by('chloe'))
    expect(merge(done, closed, seat('away'))).toMatchObject({ status: 'closed', owner: 'ben' })
  })

  it('wakes what is snoozed where a message would, and lets it sleep otherwise', () => {
    const asleep = after(other(), { _tag: 'Snooze' }, by('ben'))
    expect(merge(opened(), asleep, seat('away'))).toMatchObject({ status: 'open', owner: null })
    const { account } = facts()
    const keeps = { account: { ...account, policy: { ...account.policy, pending: 'keep' as const } } }
    expect(merge(opened(), asleep, keeps)).toMatchObject({ status: 'pending', owner: 'ben' })
    const both = after(opened(), { _tag: 'Snooze' }, by('chloe'))
    expect(merge(both, asleep)).toMatchObject({ status: 'pending', owner: 'ben' })
  })
})

it('whoever is removed meanwhile, what is opened or handed on is never handed to somebody who is not there', () => {
  const people = [...agents.keys()]
  fc.assert(
    fc.property(history, fc.array(fc.subarray(people), { minLength: 40, maxLength: 40 }), (steps, removed) => {
      const { states } = live([])
      let state = states[0] as Conversation
      steps.forEach(({ command, facts: given }, index) => {
        const there = without(...(removed[index] ?? []))
        const decision = decide(state, command, { ...given, agents: there })
        for (const one of decision._tag === 'Accepted' ? decision.entries : []) {
          const next = evolve(state, one) as Conversation
          const opens = next.status === 'open' && state.status !== 'open'
          if (next.owner !== null && (opens || next.owner !== state.owner)) {
            expect([one.what._tag, [...there.keys()]]).toEqual([one.what._tag, expect.arrayContaining([next.owner])])
          }
          state = next
        }
      })
    }),
    { numRuns: 300 },
  )
})
