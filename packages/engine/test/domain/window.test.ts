import {
  type Command,
  type Conversation,
  type Facts,
  type Part,
  defaultInboundPolicy,
  fold,
  nothingSaid,
  react,
  timersOf,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, by, channel, facts, fromCustomer, now, opened, reach, receive, start, step, text } from './shop.ts'

const hour = 3_600_000
const day = 24 * hour
const windowed = { ...channel, window: { hours: 24, templates: true }, consent: true }
const system = { kind: 'system', id: 'engine' } as const
const approved: ReadonlyArray<Part> = [
  { _tag: 'ProviderTemplate', name: 'again', language: 'en', values: [], text: 'May we write?' },
]

const written = (providerAt: number): Command => ({
  _tag: 'Receive',
  message: { ...receive('Encore').message, providerAt },
})
const onPhone = (over: Partial<Facts> = {}): Facts => facts({ channel: windowed, ...over })
const asCustomer = (over: Partial<Facts> = {}): Facts => fromCustomer({ channel: windowed, ...over })
const asAna = (over: Partial<Facts> = {}): Facts => by('ana', { channel: windowed, ...over })
const heard = (): Conversation => opened({ channel: windowed })
const reply: Command = { _tag: 'Reply', parts: text('Bonjour') }
const stopped = { ...nothingSaid, all: { given: false, scope: 'all', by: 'contact', word: 'STOP', at: now } } as const

describe('G08 the time for an answer', () => {
  it('counts from the provider’s time of the customer’s newest message, which never lies in the future', () => {
    const state = heard()
    expect(state.heardAt).toBe(now)
    const late = after(state, written(now - hour), asCustomer({ now: now + hour }))
    expect(late.heardAt).toBe(now)
    const next = after(late, written(now + 2 * hour), asCustomer({ now: now + 3 * hour }))
    expect(next.heardAt).toBe(now + 2 * hour)
    expect(after(next, written(now + day), asCustomer({ now: now + 4 * hour })).heardAt).toBe(now + 4 * hour)
  })

  it('law: never moves back, whatever times a provider names, and is that of the newest', () => {
    const arrivals = fc.array(fc.record({ sent: fc.integer({ min: -1e9, max: 1e9 }), wait: fc.nat(1e6) }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(arrivals, (all) => {
        let state = heard()
        let at = now
        let newest = now
        for (const { sent, wait } of all) {
          at += wait
          const next = after(state, written(now + sent), asCustomer({ now: at }))
          newest = Math.max(newest, Math.min(now + sent, at))
          expect(next.heardAt).toBe(newest)
          state = next
        }
      }),
    )
  })

  it('is not opened by what a machine says', () => {
    const state = heard()
    const { message } = receive('Someone joined')
    const told: Command = { _tag: 'Receive', message: { ...message, automatic: 'notification' } }
    const next = after(state, told, asCustomer({ now: now + hour }))
    expect([next.heardAt, next.remindAt]).toEqual([state.heardAt, state.remindAt])
  })

  it('is opened by a sign of the customer from its time on, where the provider counts it as a word', () => {
    const window = { ...windowed.window, reactions: true }
    const agent = { kind: 'agent', id: 'ana' } as const
    const target = { direction: 'out', author: agent, deleted: false, files: [] } as const
    const sign = (emoji: string | null, at = now + hour): Command => ({ _tag: 'React', message: 1, emoji, at })
    const reacts = (command: Command, over: Partial<Facts> = {}) =>
      after(heard(), command, asCustomer({ channel: { ...windowed, window }, now: now + 2 * hour, target, ...over }))
    expect(reacts(sign('👍'))).toMatchObject({ heardAt: now + hour, remindAt: now + 23 * hour })
    expect(reacts(sign('👍', now + day)).heardAt).toBe(now + 2 * hour)
    expect(reacts(sign('👍', now - day)).heardAt).toBe(now)
    expect(reacts(sign('👍'), { channel: windowed }).heardAt).toBe(now)
    const reacted = { reactions: [{ by: asCustomer().actor, emoji: '👍' }] }
    expect(reacts(sign(null), { target: { ...target, ...reacted } }).heardAt).toBe(now)
  })

  it('goes on in a new conversation at the same address, and is not known of another account', () => {
    const begun = after(
      undefined as unknown as Conversation,
      written(now - hour),
      asCustomer({ start: { ...start, heardAt: now - 5, elsewhere: { by: 'shop' } } }),
    )
    expect(begun).toMatchObject({ heardAt: now - 5, elsewhere: { by: 'shop' } })
    const moved = after(begun, { _tag: 'Transfer', to: { account: 'mail' } }, by('chloe', { reach }))
    expect(moved).toMatchObject({ heardAt: null, windowRefusedAt: null, remindAt: null, elsewhere: null })
  })
})

describe('G19 nothing is sent where nothing can be', () => {
  const later = asAna({ now: now + day })
  const no = (reason: string, until?: number) => ({
    _tag: 'CannotSend',
    reason,
    ...(until === undefined ? {} : { until }),
  })

  it.each<readonly [string, Command]>([
    ['a reply', reply],
    ['what is scheduled', { _tag: 'Schedule', at: now + day + 1, content: { parts: text('Bonjour') } }],
    ['a form', { _tag: 'Reply', parts: [{ _tag: 'Choices', choices: [{ id: 'a', label: 'A' }] }] }],
  ])('refuses %s when the window is closed', (_, command) => {
    expect(step(heard(), command, later).refusal).toEqual(no('window'))
  })

  it('refuses nothing within it, nor an approved template after it, nor a note', () => {
    expect(step(heard(), reply, asAna({ now: now + day - 1 })).refusal).toBeNull()
    expect(step(heard(), { _tag: 'Reply', parts: approved }, later).refusal).toBeNull()
    expect(step(heard(), { _tag: 'AddNote', parts: text('à voir') }, later).refusal).toBeNull()
  })

  it('refuses to schedule what would leave after the end, and sends nothing whose time came too late', () => {
    const early: Command = { _tag: 'Schedule', at: now + hour, content: { parts: text('Bonjour') } }
    const late: Command = { ...early, at: now + day }
    expect(step(heard(), late, asAna()).refusal).toEqual(no('window'))
    const waiting = after(heard(), early, asAna())
    const change = { _tag: 'ChangeSchedule', schedule: 2, at: now + day } as const
    expect(step(waiting, { ...change, content: { parts: text('Bonsoir') } }, asAna()).refusal).toEqual(no('window'))
    expect(step(waiting, change, asAna({ sending: { consent: stopped } })).refusal).toEqual(no('optedOut'))
    const due: Command = { _tag: 'SendScheduled', schedule: 2, read: 2, content: { parts: text('Bonjour') } }
    const tooLate = onPhone({ actor: system, now: now + day })
    expect(step(waiting, due, tooLate).entries[0]?.what).toMatchObject({
      _tag: 'ScheduleCancelled',
      because: 'refused',
      reason: 'CannotSend',
    })
    expect(step(waiting, due, onPhone({ actor: system, now: now + hour })).entries[0]?.what._tag).toBe('MessageSent')
  })

  it('refuses to begin a conversation with words where the customer has never written', () => {
    const begin = asAna({ start })
    expect(step(undefined, { _tag: 'Start', parts: text('Bonjour') }, begin).refusal).toEqual(no('window'))
    expect(step(undefined, { _tag: 'Start', parts: approved }, begin).refusal).toBeNull()
  })

  it('refuses everything to whoever has opted out or is blocked, templates as well', () => {
    for (const parts of [text('Bonjour'), approved]) {
      const command: Command = { _tag: 'Reply', parts }
      expect(step(heard(), command, asAna({ sending: { consent: stopped } })).refusal).toEqual(no('optedOut'))
      const blocked = { sending: { blocked: { until: now + 9 } } }
      expect(step(heard(), command, asAna(blocked)).refusal).toEqual(no('blocked', now + 9))
    }
  })

  it('refuses everything while another application has the conversation, until it gives it back', () => {
    const given = after(heard(), { _tag: 'ChangeControl', ours: false, by: 'shop' }, onPhone({ actor: system }))
    expect(given.elsewhere).toEqual({ by: 'shop' })
    expect(step(given, reply, asAna()).refusal).toEqual(no('elsewhere'))
    const back = after(given, { _tag: 'ChangeControl', ours: true, by: null }, onPhone({ actor: system }))
    expect(step(back, reply, asAna()).refusal).toBeNull()
  })

  it('knows which application has the conversation, also when it is told once more without the name', () => {
    const given = after(heard(), { _tag: 'ChangeControl', ours: false, by: 'shop' }, onPhone({ actor: system }))
    const again = step(given, { _tag: 'ChangeControl', ours: false, by: null }, onPhone({ actor: system }))
    expect(again.refusal).toEqual({ _tag: 'NothingToDo' })
  })

  it('believes a provider that says that the window is closed, until the customer writes', () => {
    const refuse = (at: number): Command => ({ _tag: 'RefuseWindow', at })
    const closed = after(heard(), refuse(now + 5), onPhone({ actor: system, now: now + 9 }))
    expect(step(closed, reply, asAna({ now: now + 9 })).refusal).toEqual(no('window'))
    const again = after(closed, written(now + 10), asCustomer({ now: now + 10 }))
    expect(step(again, reply, asAna({ now: now + 11 })).refusal).toBeNull()
    // What was begun before that was refused for a reason that is over.
    expect(step(again, refuse(now + 7), onPhone({ actor: system, now: now + 12 })).refusal).toEqual({
      _tag: 'NothingToDo',
    })
  })
})

describe('a word before the window closes', () => {
  const end = now + day
  const remind: Command = { _tag: 'RemindOfWindow' }
  const timer = { kind: 'window', key: 'c1', at: end - 2 * hour }

  it('is set two hours before, or when the account says, and by the newest message', () => {
    expect(timersOf(heard())).toEqual([timer])
    const policy = { ...defaultInboundPolicy, windowReminderMs: hour }
    const account = { ...facts().account, policy }
    expect(timersOf(opened({ channel: windowed, account }))).toEqual([{ ...timer, at: end - hour }])
    expect(
      timersOf(opened({ channel: windowed, account: { ...account, policy: { ...policy, windowReminderMs: 0 } } })),
    ).toEqual([])
    const next = after(heard(), written(now + hour), asCustomer({ now: now + hour }))
    expect(timersOf(next)).toEqual([{ ...timer, at: timer.at + hour }])
    const late = after(next, written(now), asCustomer({ now: now + 2 * hour }))
    expect(timersOf(late)).toEqual(timersOf(next))
  })

  it('is said at once when less is left, and not at all when nothing is', () => {
    const arrived = now + day - 9
    expect(timersOf(after(heard(), written(now + 1), asCustomer({ now: arrived })))).toEqual([
      { ...timer, at: arrived },
    ])
    const begin = asCustomer({ start, now: now + day })
    expect(timersOf(step(undefined, written(now), begin).state)).toEqual([])
  })

  it('is not set where the provider sets no time', () => {
    expect(timersOf(opened())).toEqual([])
  })

  it('is cancelled by an answer, and by whatever else ends the wait', () => {
    const state = heard()
    for (const command of [reply, { _tag: 'Close' }, { _tag: 'MarkSpam' }] as const) {
      const { state: next, entries } = step(state, command, asAna())
      expect(entries.flatMap((entry) => react(state, entry, next as Conversation))).toContainEqual({
        _tag: 'CancelTimer',
        kind: 'window',
        key: 'c1',
      })
    }
  })

  it('is said once for each window, by the engine alone, with the end', () => {
    const due = onPhone({ actor: system, now: timer.at })
    expect(step(heard(), remind, { ...due, now: timer.at - 1 }).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(step(heard(), remind, asAna({ now: timer.at })).refusal).toEqual({
      _tag: 'Forbidden',
      action: 'remindOfWindow',
    })
    const { state, entries } = step(heard(), remind, due)
    expect(entries[0]?.what).toEqual({ _tag: 'WindowClosing', until: end })
    expect(timersOf(state)).toEqual([])
    expect(step(state, remind, due).refusal).toEqual({ _tag: 'NothingToDo' })
    const next = after(state as Conversation, written(timer.at + 1), asCustomer({ now: timer.at + 1 }))
    expect(timersOf(next)).toEqual([{ ...timer, at: timer.at + 1 + day - 2 * hour }])
  })
})

describe('the consent of a contact', () => {
  const stop: Command = { _tag: 'ChangeConsent', given: false, scope: 'all', word: ' STOP ', at: now + hour }
  const again: Command = { ...stop, given: true, word: 'she asked for it' }

  it('is journalled with its word and its time, which is not in the future, and changes nothing else', () => {
    const { state, entries } = step(heard(), stop, asCustomer())
    expect(entries[0]?.what).toEqual({ _tag: 'ConsentChanged', given: false, scope: 'all', word: 'STOP', at: now })
    expect(state).toEqual({ ...heard(), seq: 2 })
    expect(fold(entries)).toBeUndefined()
  })

  it('is noted as taken back by whoever may answer, and as given again by who answers for contacts', () => {
    expect(step(heard(), stop, asAna()).refusal).toBeNull()
    expect(step(heard(), stop, by('dan', { channel: windowed })).refusal).toEqual({ _tag: 'NotFound' })
    const sending = { consent: stopped }
    expect(step(heard(), again, asAna({ sending })).refusal).toEqual({ _tag: 'Forbidden', action: 'editContacts' })
    expect(step(heard(), again, by('chloe', { channel: windowed, sending })).refusal).toBeNull()
    expect(step(heard(), { ...again, word: ' ' }, by('chloe', { channel: windowed, sending })).refusal).toMatchObject({
      _tag: 'Invalid',
      what: 'consent',
    })
  })

  it('is nothing that a bot, or anybody on a channel without it, can change', () => {
    const bot = { kind: 'bot', id: 'helper' } as const
    const withBot = { ...heard(), control: 'bot' as const }
    expect(step(withBot, stop, onPhone({ actor: bot })).refusal).toEqual({ _tag: 'Forbidden', action: 'changeConsent' })
    expect(step(opened(), stop, by('ana')).refusal).toEqual({ _tag: 'Unsupported', feature: 'consent' })
  })

  it('is said once', () => {
    expect(step(heard(), stop, asCustomer({ sending: { consent: stopped } })).refusal).toEqual({ _tag: 'NothingToDo' })
  })
})
