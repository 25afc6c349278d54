import type { Conversation, Facts, Presence, SeatFacts } from '@guichet/engine/domain'
import { maySee } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import {
  after,
  agents,
  by,
  departments,
  facts,
  fromCustomer,
  now,
  opened,
  queues,
  reach,
  receive,
  step,
  text,
} from './shop.ts'

const seats = (...all: ReadonlyArray<readonly [string, Presence, number?]>): ReadonlyMap<string, SeatFacts> =>
  new Map(all.map(([agent, presence, load = 0]) => [agent, { presence, load }]))

const engine = (over: Partial<Facts> = {}): Facts =>
  facts({
    actor: { kind: 'system', id: 'engine' },
    seats: seats(['ana', 'online'], ['ben', 'online'], ['dan', 'online']),
    ...over,
  })

const limited = (capacity: number) =>
  new Map([...agents].map(([id, agent]) => [id, id === 'ana' ? { ...agent, capacity } : agent]))

const offered = (...to: ReadonlyArray<string>): Conversation =>
  after(opened(), { _tag: 'OfferTo', agents: to, until: now + 30, by: 'FirstN' }, engine())

const closedBy = (agent: string): Conversation =>
  after(after(opened(), { _tag: 'Claim' }, by(agent)), { _tag: 'Close' }, by(agent))

describe('giving a conversation to somebody', () => {
  const give = { _tag: 'Distribute', agent: 'ana', by: 'RoundRobin' } as const

  it('makes her the owner', () => {
    expect(after(opened(), give, engine())).toMatchObject({ owner: 'ana', assignees: ['ana'], queuedSince: null })
  })

  it('is refused when she is not there, has no room, or does not serve here', () => {
    expect(step(opened(), give, engine({ seats: seats(['ana', 'away']) })).refusal).toEqual({
      _tag: 'NotAvailable',
      agent: 'ana',
      presence: 'away',
    })
    expect(step(opened(), give, engine({ seats: seats() })).refusal).toMatchObject({ presence: 'offline' })
    const full = engine({ agents: limited(2), seats: seats(['ana', 'online', 2]) })
    expect(step(opened(), give, full).refusal).toEqual({ _tag: 'AtCapacity', agent: 'ana', capacity: 2 })
    expect(step(opened(), { ...give, agent: 'dan' }, engine()).refusal).toEqual({ _tag: 'MayNotReply', agent: 'dan' })
    expect(step(opened(), { ...give, agent: 'eve' }, engine()).refusal).toEqual({ _tag: 'UnknownAgent', agent: 'eve' })
  })

  it('is for the engine alone, and never for what somebody has, bots hold or an offer holds', () => {
    expect(step(opened(), give, by('ana')).refusal).toEqual({ _tag: 'Forbidden', action: 'direct' })
    const owned = after(opened(), { _tag: 'Claim' }, by('ben'))
    expect(step(owned, give, engine()).refusal).toEqual({ _tag: 'AlreadyOwned', owner: 'ben' })
    const bots = opened({ account: { ...facts().account, bots: true } })
    expect(step(bots, give, engine()).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(step(offered('ben'), give, engine()).refusal).toEqual({ _tag: 'NothingToDo' })
  })
})

describe('an offer', () => {
  it('is seen by whom it is made to, and taken by whoever accepts first', () => {
    const state = offered('ana', 'ben')
    expect(maySee({ id: 'ana', name: 'Ana', role: 'agent', queues: [] }, state, queues.get('service'))).toBe(true)
    const taken = after(state, { _tag: 'AcceptOffer' }, by('ben'))
    expect(taken).toMatchObject({ owner: 'ben', offer: null, passed: [] })
    expect(step(taken, { _tag: 'AcceptOffer' }, by('ana')).refusal).toEqual({ _tag: 'AlreadyOwned', owner: 'ben' })
  })

  it('is not accepted by others, nor after its time', () => {
    expect(step(offered('ana'), { _tag: 'AcceptOffer' }, by('ben')).refusal).toEqual({ _tag: 'NotOffered' })
    expect(step(offered('ana'), { _tag: 'AcceptOffer' }, by('ana', { now: now + 30 })).refusal).toEqual({
      _tag: 'NotOffered',
    })
  })

  it('ends when everybody has declined, and who declined is remembered', () => {
    const one = after(offered('ana', 'ben'), { _tag: 'DeclineOffer' }, by('ana'))
    expect(one).toMatchObject({ offer: { agents: ['ben'] }, passed: ['ana'] })
    const none = after(one, { _tag: 'DeclineOffer' }, by('ben'))
    expect(none).toMatchObject({ offer: null, passed: ['ana', 'ben'], owner: null })
  })

  it('ends at its time, not before', () => {
    expect(step(offered('ana'), { _tag: 'ExpireOffer' }, engine({ now: now + 29 })).refusal).not.toBeNull()
    const over = after(offered('ana'), { _tag: 'ExpireOffer' }, engine({ now: now + 30 }))
    expect(over).toMatchObject({ offer: null, passed: ['ana'], queuedSince: now })
  })

  it('ends when anybody takes, assigns, transfers or closes', () => {
    expect(after(offered('ana'), { _tag: 'Claim' }, by('ben')).offer).toBeNull()
    expect(after(offered('ana'), { _tag: 'Assign', agents: ['ben'] }, by('chloe'))).toMatchObject({
      owner: 'ben',
      offer: null,
    })
    expect(after(offered('ana'), { _tag: 'Transfer', to: { queue: 'calm' } }, by('ben')).offer).toBeNull()
    expect(after(offered('ana'), { _tag: 'Close' }, by('ben')).offer).toBeNull()
  })

  it('survives what changes nothing about it', () => {
    expect(after(offered('ana'), { _tag: 'SetPriority', priority: 'high' }, by('ben'))).toMatchObject({
      offer: { agents: ['ana'] },
      priority: 'high',
    })
    expect(after(offered('ana'), receive('Encore'), fromCustomer()).offer).not.toBeNull()
  })
})

describe('waiting', () => {
  it('begins with the customer and ends with the answer of a person', () => {
    expect(opened()).toMatchObject({ waitingSince: now, queuedSince: now })
    const answered = after(opened(), { _tag: 'Reply', parts: text('Oui') }, by('ana', { now: now + 5 }))
    expect(answered).toMatchObject({ waitingSince: null, queuedSince: null })
    expect(after(answered, receive('Et ?'), fromCustomer({ now: now + 9 })).waitingSince).toBe(now + 9)
  })

  it('begins at the handover when a bot answered before', () => {
    const bots = opened({ account: { ...facts().account, bots: true } })
    expect(bots).toMatchObject({ waitingSince: null, queuedSince: null })
    const handed = after(bots, { _tag: 'HandOver' }, engine({ now: now + 7 }))
    expect(handed).toMatchObject({ waitingSince: now + 7, queuedSince: now + 7 })
  })

  it('in another queue is counted anew, while the customer waits as long as before', () => {
    const moved = after(opened(), { _tag: 'Overflow', to: 'deliveries', because: 'waited' }, engine({ now: now + 50 }))
    expect(moved).toMatchObject({ queue: 'deliveries', waitingSince: now, queuedSince: now + 50 })
  })

  it('goes on when whoever had it goes away, unless she locked it', () => {
    const claimed = after(opened(), { _tag: 'Claim' }, by('ana'))
    const back = { _tag: 'ReturnToQueue', from: 'ana', because: 'offline' } as const
    const returned = after(claimed, back, engine({ now: now + 3 }))
    expect(returned).toMatchObject({
      owner: null,
      assignees: [],
      passed: ['ana'],
      waitingSince: now,
      queuedSince: now + 3,
    })
    const locked = after(claimed, { _tag: 'Lock' }, by('ana'))
    expect(step(locked, back, engine()).refusal).toEqual({ _tag: 'NothingToDo' })
    const answered = after(claimed, { _tag: 'Reply', parts: text('Oui') }, by('ana'))
    expect(step(answered, back, engine()).refusal).toEqual({ _tag: 'NothingToDo' })
  })
})

describe('coming back', () => {
  const again = (over: Partial<Facts>) => step(closedBy('ana'), receive('Encore moi'), fromCustomer(over))
  const sticky = (kind: 'always' | 'ifAvailable' | 'never') =>
    new Map([...queues].map(([id, queue]) => [id, { ...queue, sticky: kind }]))

  it('finds the former owner while she is there and has room', () => {
    const { state, entries } = again({ seats: seats(['ana', 'online']) })
    expect(state).toMatchObject({ owner: 'ana', status: 'open' })
    expect(entries[0]?.what).toMatchObject({ cameBack: { formerOwner: 'ana', because: 'kept' } })
  })

  const reasons: ReadonlyArray<readonly [string, Partial<Facts>]> = [
    ['away', { seats: seats(['ana', 'away']) }],
    ['offline', { seats: seats(['ana', 'offline']) }],
    ['full', { agents: limited(1), seats: seats(['ana', 'online', 1]) }],
    ['gone', { agents: new Map([...agents].filter(([id]) => id !== 'ana')) }],
    ['policy', { queues: sticky('never'), seats: seats(['ana', 'online']) }],
  ]
  for (const [because, over] of reasons) {
    it(`waits in its queue when she is not to have it, and the journal says why: ${because}`, () => {
      const { state, entries } = again(over)
      expect(state).toMatchObject({ owner: null, assignees: [], status: 'open', queuedSince: now })
      expect(entries[0]?.what).toMatchObject({ cameBack: { formerOwner: 'ana', because } })
    })
  }

  it('is always hers where the queue says so, and where nobody knows who is there', () => {
    expect(again({ queues: sticky('always'), seats: seats(['ana', 'offline']) }).state?.owner).toBe('ana')
    expect(again({}).state?.owner).toBe('ana')
  })

  it('is the same at the end of a snooze', () => {
    const asleep = after(after(opened(), { _tag: 'Claim' }, by('ana')), { _tag: 'Snooze', until: now + 10 }, by('ana'))
    const woken = after(asleep, { _tag: 'EndSnooze' }, engine({ now: now + 10, seats: seats(['ana', 'offline']) }))
    expect(woken).toMatchObject({ status: 'open', owner: null, waitingSince: now, queuedSince: now + 10 })
  })
})

describe('a transfer', () => {
  it('to a department goes to its queue', () => {
    const moved = after(opened(), { _tag: 'Transfer', to: { department: 'after-sales' } }, by('ana', { departments }))
    expect(moved).toMatchObject({ queue: 'deliveries', owner: null })
    expect(
      step(opened(), { _tag: 'Transfer', to: { department: 'moon' } }, by('ana', { departments })).refusal,
    ).toEqual({
      _tag: 'UnknownDepartment',
      department: 'moon',
    })
  })

  it('to an account is where further answers leave from, if the contact is reached there', () => {
    const to = { _tag: 'Transfer', to: { account: 'mail' } } as const
    const moved = after(opened(), to, by('ana', { reach }))
    expect(moved).toMatchObject({
      account: 'mail',
      channel: 'email',
      address: reach.address,
      queue: 'calm',
      owner: null,
    })
    expect(moved.known).toEqual(['claire@example.org', reach.address])
    expect(step(opened(), to, by('ana')).refusal).toEqual({ _tag: 'NotReachable', account: 'mail' })
  })
})

describe('routing', () => {
  it('decides queue and priority of a new conversation, and stands in its journal', () => {
    const routed = { queue: 'calm', rule: 'vip', priority: 'high', because: ['contactKind=client'] } as const
    const start = { conversation: 'c1', contact: 'claire', address: 'claire@example.org', follows: null, routed }
    const { state, entries } = step(undefined, receive('Bonjour'), fromCustomer({ start }))
    expect(state).toMatchObject({ queue: 'calm', priority: 'high' })
    expect(entries[0]?.what).toMatchObject({ start: { routed } })
  })
})
