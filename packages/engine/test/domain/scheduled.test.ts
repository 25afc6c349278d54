import {
  type Command,
  type Conversation,
  type Facts,
  type ScheduledContent,
  react,
  timersOf,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { history, live } from './history.ts'
import { after, agents, by, channel, facts, fromCustomer, now, opened, receive, start, step, text } from './shop.ts'

const hour = 3_600_000
const later = now + hour
const content: ScheduledContent = { parts: text('Did it arrive?') }
const schedule = (over: Partial<Extract<Command, { readonly _tag: 'Schedule' }>> = {}): Command => ({
  _tag: 'Schedule',
  at: later,
  content,
  ...over,
})
const system = (over: Partial<Facts> = {}): Facts =>
  facts({ actor: { kind: 'system', id: 'engine' }, now: later, ...over })
const send = (over: Partial<Extract<Command, { readonly _tag: 'SendScheduled' }>> = {}): Command => ({
  _tag: 'SendScheduled',
  schedule: 2,
  read: 2,
  content,
  ...over,
})

/** Ana has written something for later: entry 2. */
const waiting = (over: Partial<Extract<Command, { readonly _tag: 'Schedule' }>> = {}): Conversation =>
  after(opened(), schedule(over), by('ana'))

const refusal = (state: Conversation, command: Command, given: Facts) => step(state, command, given).refusal

describe('a scheduled message', () => {
  it('waits, with a timer of its own, and changes nothing else', () => {
    const before = opened()
    const { state, entries } = step(before, schedule({ unlessTheyWrite: true }), by('ana'))
    expect(state).toEqual({
      ...before,
      seq: 2,
      scheduled: [{ id: 2, at: later, by: 'ana', unlessTheyWrite: true, content: 2 }],
    })
    expect(timersOf(state)).toEqual([{ kind: 'send', key: 'c1', at: later, schedule: 2 }])
    expect(entries.flatMap((entry) => react(before, entry, state as Conversation))).toEqual([
      { _tag: 'SetTimer', timer: { kind: 'send', key: 'c1', at: later, schedule: 2 } },
    ])
  })

  it.each([
    ['the present', { at: now }, { _tag: 'PastTime', until: now, now }],
    ['no time', { at: Number.NaN }, { _tag: 'Invalid', what: 'schedule', issues: [expect.any(String)] }],
    ['the end of time', { at: 1e16 }, { _tag: 'Invalid', what: 'schedule', issues: [expect.any(String)] }],
    ['nothing to say', { content: { parts: text(' ') } }, { _tag: 'Empty' }],
    ['too much', { content: { parts: text('a'.repeat(1_001)) } }, { _tag: 'TextTooLong', length: 1_001, max: 1_000 }],
    ['somebody unknown', { content: { ...content, mentions: ['eve'] } }, { _tag: 'UnknownAgent', agent: 'eve' }],
    [
      'a file',
      { content: { parts: [{ _tag: 'File', file: { blob: 'b', name: 'a.png', mime: 'image/png', size: 1 } }] } },
      { _tag: 'Unsupported', feature: 'files in a scheduled message' },
    ],
  ] as const)('is refused with %s', (_, over, expected) =>
    expect(refusal(opened(), schedule(over), by('ana'))).toEqual(expected),
  )

  it('is refused where a reply is refused', () => {
    expect(refusal({ ...opened(), status: 'spam' }, schedule(), by('ana'))).toEqual({ _tag: 'Spam' })
    expect(refusal(opened(), schedule(), by('dan'))).toEqual({ _tag: 'NotFound' })
    expect(refusal(opened(), schedule(), by('ana', { channel: null }))).toEqual({
      _tag: 'CannotSend',
      reason: 'noChannel',
    })
    const copied = { content: { ...content, cc: ['x@example.org'] } }
    expect(refusal(opened(), schedule(copied), by('ana', { channel: { ...channel, cc: false } }))).toEqual({
      _tag: 'Unsupported',
      feature: 'cc',
    })
  })

  it('is one of twenty at most', () => {
    let state = opened()
    for (let n = 0; n < 20; n += 1) state = after(state, schedule({ at: later + n }), by('ana'))
    expect([state.scheduled.length, timersOf(state)]).toEqual([
      20,
      [{ kind: 'send', key: 'c1', at: later, schedule: 2 }],
    ])
    expect(refusal(state, schedule(), by('ana'))).toEqual({ _tag: 'TooMany', what: 'scheduled messages', max: 20 })
  })

  it('leaves after those that were meant to leave before, also at the same moment', () => {
    const state = after(after(waiting(), schedule({ at: later - 1 }), by('ana')), schedule(), by('ana'))
    const order: Array<number> = []
    let rest: Conversation = state
    for (let timer = timersOf(rest)[0]; timer?.schedule !== undefined; timer = timersOf(rest)[0]) {
      order.push(timer.schedule)
      const id = timer.schedule
      const sent = step(rest, send({ schedule: id, read: id }), system())
      const set = sent.entries.flatMap((entry) => react(rest, entry, sent.state as Conversation))
      expect(set.filter(({ _tag }) => _tag === 'SetTimer')).toHaveLength(rest.scheduled.length > 1 ? 1 : 0)
      rest = sent.state as Conversation
    }
    expect(order).toEqual([3, 2, 4])
  })

  it('is changed by its author alone, in time, in words or in both', () => {
    const change = (over: object): Command => ({ _tag: 'ChangeSchedule', schedule: 2, ...over })
    const words: ScheduledContent = { parts: text('And?') }
    expect(after(waiting(), change({ at: later + 1 }), by('ana')).scheduled).toMatchObject([
      { at: later + 1, content: 2 },
    ])
    const both = after(waiting(), change({ at: later + 1, content: words }), by('ana'))
    expect(both.scheduled).toEqual([{ id: 2, at: later + 1, by: 'ana', unlessTheyWrite: false, content: 3 }])
    expect(refusal(waiting(), change({ at: later + 1 }), by('ben'))).toMatchObject({ _tag: 'Forbidden' })
    expect(refusal(waiting(), change({ at: now }), by('ana'))).toMatchObject({ _tag: 'PastTime' })
    expect(refusal(waiting(), change({ content: { parts: [] } }), by('ana'))).toEqual({ _tag: 'Empty' })
    expect(refusal(waiting(), change({ at: later }), by('ana'))).toEqual({ _tag: 'NothingToDo' })
    expect(refusal(waiting(), { ...change({ at: later }), schedule: 9 } as Command, by('ana'))).toEqual({
      _tag: 'UnknownSchedule',
      schedule: 9,
    })
  })

  it('is cancelled by its author, a manager, and whoever may answer there', () => {
    const cancel: Command = { _tag: 'CancelSchedule', schedule: 2 }
    for (const who of ['ana', 'ben', 'chloe']) expect(after(waiting(), cancel, by(who)).scheduled).toEqual([])
    const bens = { ...waiting(), owner: 'ben', assignees: ['ben'] }
    expect(after(bens, cancel, by('ana')).scheduled).toEqual([])
    const mine = { ...after(opened(), schedule(), by('ben')), owner: 'ben', assignees: ['ben'] }
    expect(refusal(mine, cancel, by('ana'))).toEqual({ _tag: 'AlreadyOwned', owner: 'ben' })
    expect(refusal(opened(), cancel, by('ana'))).toEqual({ _tag: 'UnknownSchedule', schedule: 2 })
  })

  it('is sent as its author would send it, when its time has come', () => {
    const { state, entries } = step(waiting(), send(), system())
    expect(entries).toMatchObject([
      {
        actor: { kind: 'agent', id: 'ana' },
        what: { _tag: 'MessageSent', schedule: 2, claimed: true, message: { sentAt: later, parts: content.parts } },
      },
    ])
    expect(state).toMatchObject({
      scheduled: [],
      owner: 'ana',
      lastMessage: { by: 'agent', preview: 'Did it arrive?' },
    })
    expect(refusal(state as Conversation, send(), system())).toEqual({ _tag: 'UnknownSchedule', schedule: 2 })
  })

  it('is not sent early, nor with words that were changed since they were read, nor by anybody but the engine', () => {
    expect(refusal(waiting(), send(), system({ now: later - 1 }))).toEqual({ _tag: 'NothingToDo' })
    expect(refusal(waiting(), send({ read: 1 }), system())).toMatchObject({ _tag: 'Conflict' })
    expect(refusal(waiting(), send(), by('chloe', { now: later }))).toMatchObject({ _tag: 'Forbidden' })
  })

  it('outlives closing, and reopens what it is sent in', () => {
    const closed = after(waiting(), { _tag: 'Close' }, by('ana'))
    expect(closed.scheduled).toHaveLength(1)
    expect(after(closed, send(), system())).toMatchObject({ status: 'open', scheduled: [] })
  })

  it.each([
    ['is gone', { agents: new Map([...agents].filter(([id]) => id !== 'ana')) }, {}, 'UnknownAgent'],
    ['has lost it to another', {}, { owner: 'ben', assignees: ['ben'] }, 'AlreadyOwned'],
    ['cannot see it', {}, { queue: 'deliveries' }, 'NotFound'],
    ['has no channel any more', { channel: null }, {}, 'CannotSend'],
    ['has a channel that takes less now', { channel: { ...channel, maxTextLength: 5 } }, {}, 'TextTooLong'],
  ] as const)('is cancelled with the reason when its author %s', (_, over, changed, reason) => {
    const { entries, state } = step({ ...waiting(), ...changed }, send(), system(over))
    expect(entries).toMatchObject([
      {
        actor: { kind: 'system' },
        what: { _tag: 'ScheduleCancelled', schedule: 2, because: 'refused', reason },
      },
    ])
    expect(state?.scheduled).toEqual([])
  })

  it('is dropped by the word of the customer it was to wait for, in that entry, and by no machine', () => {
    const state = after(waiting({ unlessTheyWrite: true }), schedule(), by('ana'))
    const { entries, state: next } = step(state, receive('It did!'), fromCustomer())
    expect(entries).toMatchObject([{ what: { _tag: 'MessageReceived', cancelled: [2] } }])
    expect(next?.scheduled.map(({ id }) => id)).toEqual([3])
    const away = receive('I am away')
    const automatic = step(state, { ...away, message: { ...away.message, automatic: 'reply' } }, fromCustomer())
    expect(automatic.state?.scheduled).toHaveLength(2)
    expect(automatic.entries[0]?.what).not.toHaveProperty('cancelled')
  })

  it('is dropped by the customer also in what is snoozed or closed', () => {
    const state = waiting({ unlessTheyWrite: true })
    for (const command of [{ _tag: 'Close' }, { _tag: 'Snooze', until: later }] as const) {
      const { entries, state: next } = step(after(state, command, by('ana')), receive('Hello'), fromCustomer())
      expect(entries).toMatchObject([{ what: { cancelled: [2], status: 'open' } }])
      expect(next?.scheduled).toEqual([])
    }
  })

  it.each([
    ['spam', { _tag: 'MarkSpam' }],
    ['archived', { _tag: 'Archive' }],
  ] as const)('is cancelled by what makes the conversation %s, in that entry', (_, command) => {
    const { entries, state } = step(waiting(), command, by('chloe'))
    expect(entries).toMatchObject([{ what: { cancelled: [2] } }])
    expect(timersOf(state)).toEqual([])
    expect(step(opened(), command, by('chloe')).entries[0]?.what).not.toHaveProperty('cancelled')
  })

  it('is gone with what is deleted', () => {
    const state = after(waiting(), { _tag: 'Delete' }, by('chloe'))
    expect([state.scheduled, timersOf(state)]).toEqual([[], []])
  })
})

describe('over every history of commands', () => {
  it('a scheduled message waits until it is sent, cancelled or out of the way, once', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { journal, states } = live(steps)
        const left = new Set<number>()
        const end = (id: number) => expect(left.delete(id)).toBe(true)
        for (const { seq, what } of journal) {
          if (what._tag === 'MessageScheduled') left.add(seq)
          if (what._tag === 'MessageSent' && what.schedule !== undefined) end(what.schedule)
          if (what._tag === 'ScheduleCancelled') end(what.schedule)
          if ('cancelled' in what) what.cancelled?.forEach(end)
          if (what._tag === 'Deleted') left.clear()
        }
        const last = states.at(-1)
        expect(last?.scheduled.map(({ id }) => id)).toEqual([...left])
        for (const { status, scheduled } of states) {
          if (status === 'spam' || status === 'archived') expect(scheduled).toEqual([])
          expect(scheduled.length).toBeLessThanOrEqual(20)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a conversation that we begin', () => {
  const begin: Command = { _tag: 'Start', parts: text('Your parcel is here'), subject: ' Parcel ' }
  const boxes = new Map([...agents, ['ana', { ...agents.get('ana')!, email: 'ana@shop.example' }]])

  it('is owned by who begins it, with the team, and waits for nobody', () => {
    const { state, entries } = step(undefined, begin, by('ana', { start }))
    expect(entries).toHaveLength(1)
    expect(state).toMatchObject({
      id: 'c1',
      contact: 'claire',
      address: 'claire@example.org',
      known: ['claire@example.org'],
      owner: 'ana',
      assignees: ['ana'],
      control: 'team',
      queue: 'service',
      status: 'open',
      subject: 'Parcel',
      inbound: 0,
      queuedSince: null,
      waitingSince: null,
      lastMessage: { by: 'agent', seq: 1 },
    })
    expect(entries.flatMap((entry) => react(undefined, entry, state as Conversation))).toMatchObject([
      { _tag: 'Deliver', seq: 1 },
    ])
  })

  it('goes to the team also where bots answer first', () => {
    const account = { ...facts().account, bots: true }
    expect(step(undefined, begin, by('ana', { start, account })).state?.control).toBe('team')
  })

  it('is begun by agents of the queue that the account leads to, and by managers', () => {
    const who = (given: Facts) => step(undefined, begin, given).refusal
    expect(who(by('chloe', { start }))).toBeNull()
    expect(who(by('dan', { start }))).toEqual({ _tag: 'MayNotReply', agent: 'dan' })
    expect(who(by('eve', { start }))).toEqual({ _tag: 'UnknownAgent', agent: 'eve' })
    expect(who(facts({ start, actor: { kind: 'bot', id: 'b' } }))).toEqual({ _tag: 'Forbidden', action: 'start' })
    expect(who(by('ana'))).toEqual({ _tag: 'NotReachable', account: 'site' })
  })

  it('is held to what the channel takes', () => {
    const long: Command = { _tag: 'Start', parts: text('a'.repeat(2_000)) }
    expect(step(undefined, long, by('ana', { start })).refusal).toMatchObject({ _tag: 'TextTooLong' })
    expect(step(undefined, begin, by('ana', { start, channel: null })).refusal).toMatchObject({ _tag: 'CannotSend' })
  })

  it('is the active one where there is one, held to what a reply is held to', () => {
    expect(after(opened(), begin, by('ana'))).toMatchObject({ seq: 2, owner: 'ana', id: 'c1' })
    const bens = { ...opened(), owner: 'ben', assignees: ['ben'] }
    expect(step(bens, begin, by('ana')).refusal).toEqual({ _tag: 'AlreadyOwned', owner: 'ben' })
    expect(step(bens, begin, by('dan')).refusal).toEqual({ _tag: 'Forbidden', action: 'start' })
  })

  it('can ask for answers in the box of who writes, where there is one and the channel can say so', () => {
    const asked: Command = { ...begin, replyTo: 'agent' } as Command
    const reaches = { ...channel, replyTo: true }
    const answer = (over: Partial<Facts>) => step(undefined, asked, by('ana', { start, ...over }))
    expect(answer({}).refusal).toEqual({ _tag: 'Unsupported', feature: 'replyTo' })
    expect(answer({ channel: reaches }).refusal).toMatchObject({ _tag: 'Invalid', what: 'replyTo' })
    expect(answer({ channel: reaches, agents: boxes }).entries).toMatchObject([
      { what: { message: { replyTo: 'agent' } } },
    ])
    const account = step(opened(), { _tag: 'Reply', parts: text('Hi'), replyTo: 'account' }, by('ana'))
    expect(account.entries[0]?.what).not.toHaveProperty('message.replyTo')
  })
})
