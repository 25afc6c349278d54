import {
  type Command,
  type Conversation,
  type Entry,
  type Facts,
  type Happening,
  botMay,
  botTurnsAtMost,
  decide,
  evolve,
  mayLeave,
  react,
  timersOf,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { history, live } from './history.ts'
import { after, by, channel, facts, fromCustomer, now, opened, receive, start, step, text } from './shop.ts'

const account = { ...facts().account, bots: true }
const bots = new Set(['helper', 'clerk'])
const asBot = (over: Partial<Facts> = {}): Facts => facts({ actor: { kind: 'bot', id: 'helper' }, account, ...over })
const asEngine = (over: Partial<Facts> = {}): Facts =>
  facts({ actor: { kind: 'system', id: 'engine' }, account, ...over })
const ana = by('ana', { account, bots })
const says = (words: string): Command => ({ _tag: 'Reply', parts: text(words) })
const automated = (): Conversation => opened({ account })
const lacking = ['firstName', 'email'] as const
const waiting = (): Conversation => after(automated(), { _tag: 'HandOver', reason: 'asked' }, asBot({ lacking }))
const silenced = (because: string) => ({ _tag: 'BotSilenced', bot: 'helper', because })

describe('the gate of the bots', () => {
  it('is open in the hands of the bots, and closed by everything that takes it out of them', () => {
    expect(botMay(automated(), 'helper')).toBeNull()
    const acts: ReadonlyArray<readonly [Command, string]> = [
      [{ _tag: 'Claim' }, 'team'],
      [{ _tag: 'Assign', agents: ['ben'] }, 'team'],
      [says('Bonjour'), 'team'],
      [{ _tag: 'HandOver' }, 'team'],
      [{ _tag: 'Snooze' }, 'team'],
      [{ _tag: 'Transfer', to: { queue: 'calm' } }, 'team'],
      [{ _tag: 'BlockBot', bot: 'helper' }, 'blocked'],
      [{ _tag: 'Close' }, 'status'],
      [{ _tag: 'MarkSpam' }, 'status'],
      [{ _tag: 'Archive' }, 'status'],
    ]
    for (const [act, because] of acts) {
      const closed = after(automated(), act, ana)
      expect([act._tag, botMay(closed, 'helper')]).toEqual([act._tag, silenced(because)])
      expect([act._tag, step(closed, says('Me again'), asBot()).refusal]).toEqual([act._tag, silenced(because)])
    }
  })

  it('decides every act of a bot, whatever has happened before', () => {
    const acts: ReadonlyArray<Command> = [
      says('Hi'),
      { _tag: 'Close' },
      { _tag: 'HandOver' },
      { _tag: 'Tag', tags: ['x'] },
    ]
    fc.assert(
      fc.property(history, fc.constantFrom(...acts), (steps, act) => {
        const state = live(steps).states.at(-1)
        if (state === undefined) return
        const decision = decide(state, act, asBot())
        const gate = botMay(state, 'helper')
        if (gate !== null) expect(decision).toEqual({ _tag: 'Refused', refusal: gate })
        else if (decision._tag === 'Refused') expect(decision.refusal._tag).not.toBe('BotSilenced')
      }),
    )
  })

  it('says so to whoever asks for a bot that does not exist, and lets a bot that is gone be unblocked', () => {
    const nobody = { _tag: 'UnknownBot', bot: 'nobody' }
    for (const _tag of ['BlockBot', 'UnblockBot', 'RunBot'] as const) {
      expect(step(automated(), { _tag, bot: 'nobody' }, ana).refusal).toEqual(nobody)
    }
    const blocked = after(automated(), { _tag: 'BlockBot', bot: 'helper' }, ana)
    const gone = { ...ana, bots: new Set<string>() }
    expect(after(blocked, { _tag: 'UnblockBot', bot: 'helper' }, gone).blockedBots).toEqual([])
  })

  it('closes on a bot that talks to itself, until somebody else writes', () => {
    let state = automated()
    for (let turn = 0; turn < botTurnsAtMost; turn += 1) state = after(state, says(`${turn}`), asBot())
    expect(step(state, says('and…'), asBot()).refusal).toEqual({
      _tag: 'TooMany',
      what: 'messages of bots in a row',
      max: botTurnsAtMost,
    })
    const answered = after(state, receive('Stop'), fromCustomer({ account }))
    expect(step(answered, says('Sorry'), asBot()).refusal).toBeNull()
  })

  it('is not asked about what machines write', () => {
    const absent: Command = { _tag: 'Receive', message: { ...receive('absent').message, automatic: 'reply' } }
    const said = after(automated(), says('Hello'), asBot())
    expect(after(said, absent, fromCustomer({ account })).botTurns).toBe(1)
  })
})

describe('a bot that is run by hand', () => {
  it('speaks once more while people have control, until its turn is over', () => {
    const owned = after(automated(), { _tag: 'Claim' }, ana)
    const asked = after(owned, { _tag: 'RunBot', bot: 'helper' }, ana)
    expect([asked.control, asked.askedBot]).toEqual(['team', 'helper'])
    const { state, entries } = step(asked, says('Parcel 12 is late'), asBot())
    expect(entries[0]?.what).toMatchObject({ asked: true })
    expect(state).toMatchObject({ control: 'team', owner: 'ana', lastMessage: { by: 'bot' } })
    const done = after(state as Conversation, { _tag: 'FinishBot', bot: 'helper' }, asEngine())
    expect(botMay(done, 'helper')).toEqual(silenced('team'))
  })

  it('is stopped by a person who writes, and by being blocked', () => {
    const asked = after(after(automated(), { _tag: 'Claim' }, ana), { _tag: 'RunBot', bot: 'helper' }, ana)
    expect(botMay(after(asked, says('I have it'), ana), 'helper')).toEqual(silenced('team'))
    expect(after(asked, { _tag: 'BlockBot', bot: 'helper' }, ana)).toMatchObject({ askedBot: null })
    expect(botMay(after(asked, { _tag: 'BlockBot', bot: 'clerk' }, ana), 'helper')).toBeNull()
  })

  it('is not run where it could not speak', () => {
    const run: Command = { _tag: 'RunBot', bot: 'helper' }
    expect(step(after(automated(), { _tag: 'Close' }, ana), run, ana).refusal).toEqual(silenced('status'))
    expect(step(after(automated(), { _tag: 'BlockBot', bot: 'helper' }, ana), run, ana).refusal).toEqual(
      silenced('blocked'),
    )
    expect(step(waiting(), run, ana).refusal).toEqual(silenced('handover'))
  })

  it('is asked by the entry that runs it', () => {
    const { state, entries } = step(automated(), { _tag: 'RunBot', bot: 'clerk' }, ana)
    const reactions = entries.flatMap((entry) => react(automated(), entry, state as Conversation))
    expect(reactions).toContainEqual({ _tag: 'AskBot', seq: 2, bot: 'clerk' })
  })
})

describe('a handover', () => {
  it('is at once when nothing has to be asked for', () => {
    expect(after(automated(), { _tag: 'HandOver' }, asBot())).toMatchObject({ control: 'team', handover: null })
    expect(after(automated(), { _tag: 'HandOver' }, { ...ana, lacking })).toMatchObject({ control: 'team' })
  })

  it('waits for details, for as long as the account says, in silence', () => {
    const policy = { ask: lacking, waitMs: 60_000 }
    const patient = asBot({ lacking: ['email'], account: { ...account, handover: policy } })
    const state = after(automated(), { _tag: 'HandOver', reason: 'asked' }, patient)
    expect(state).toMatchObject({
      control: 'bot',
      handover: { reason: 'asked', ask: ['email'], until: now + 60_000 },
    })
    expect(timersOf(state)).toContainEqual({ kind: 'handover', key: 'c1', at: now + 60_000 })
    expect(botMay(state, 'helper')).toEqual(silenced('handover'))
    expect(step(state, { _tag: 'HandOver' }, asEngine({ lacking })).refusal).toEqual({ _tag: 'NothingToDo' })
  })

  it('is completed by what the customer writes next, but not by a machine', () => {
    const absent: Command = { _tag: 'Receive', message: { ...receive('absent').message, automatic: 'reply' } }
    expect(after(waiting(), absent, fromCustomer({ account })).handover).not.toBeNull()
    const { state, entries } = step(waiting(), receive('claire@example.org'), fromCustomer({ account }))
    expect(state).toMatchObject({ control: 'team', handover: null, status: 'open' })
    expect(entries[0]?.what).toMatchObject({ completesHandover: true })
    expect(entries.flatMap((entry) => react(waiting(), entry, state as Conversation))).not.toContainEqual(
      expect.objectContaining({ _tag: 'AskBot' }),
    )
  })

  it('is completed by its time, not before', () => {
    const late: Command = { _tag: 'CompleteHandover', because: 'timeout' }
    const until = waiting().handover?.until ?? 0
    expect(step(waiting(), late, asEngine({ now: until - 1 })).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(after(waiting(), late, asEngine({ now: until }))).toMatchObject({ control: 'team', handover: null })
    const asked = after(automated(), { _tag: 'HandOver' }, asBot({ lacking }))
    const form = after(asked, says('Your email?'), asEngine())
    const over = after(form, late, asEngine({ now: until }))
    // Nobody has answered the customer yet: neither the bot nor the question did.
    expect([over.waitingSince, over.queuedSince]).toEqual([until, until])
    expect(step(waiting(), late, { ...ana, now: until }).refusal).toMatchObject({ _tag: 'Forbidden' })
  })

  it('is over when somebody takes it up, and where nobody waits any more', () => {
    const acts: ReadonlyArray<Command> = [
      { _tag: 'Claim' },
      { _tag: 'HandOver' },
      { _tag: 'Transfer', to: { queue: 'calm' } },
      { _tag: 'Assign', agents: ['ben'] },
      { _tag: 'Snooze' },
      { _tag: 'Close' },
      { _tag: 'MarkSpam' },
      { _tag: 'Archive' },
      says('Bonjour'),
    ]
    for (const act of acts) expect([act._tag, after(waiting(), act, ana).handover]).toEqual([act._tag, null])
    expect(after(waiting(), { _tag: 'GiveToBot' }, ana)).toMatchObject({ control: 'bot', handover: null })
  })

  it('never waits anywhere but in an open conversation of the bots', () => {
    fc.assert(
      fc.property(history, (steps) => {
        for (const state of live(steps).states) {
          if (state.handover !== null) expect([state.status, state.control]).toEqual(['open', 'bot'])
        }
      }),
    )
  })
})

describe('the bots of the account', () => {
  const reactions = (state: Conversation | undefined, command: Command, given: Facts) => {
    const next = step(state, command, given)
    expect(next.refusal).toBeNull()
    return next.entries.flatMap((entry) => react(state, entry, next.state as Conversation))
  }

  it('are asked when the customer writes to them, and not when people have it', () => {
    const first = reactions(undefined, receive('Bonjour'), fromCustomer({ start, account }))
    expect(first).toContainEqual({ _tag: 'AskBot', seq: 1, bot: null })
    const again = reactions(automated(), receive('Alors ?'), fromCustomer({ account }))
    expect(again).toContainEqual({ _tag: 'AskBot', seq: 2, bot: null })
    const owned = after(automated(), { _tag: 'Claim' }, ana)
    const then = reactions(owned, receive('Alors ?'), fromCustomer({ account }))
    expect(then.filter(({ _tag }) => _tag === 'AskBot')).toEqual([])
  })

  it('are asked when they get a conversation whose customer waits', () => {
    const owned = after(automated(), { _tag: 'Claim' }, ana)
    expect(reactions(owned, { _tag: 'GiveToBot' }, ana)).toContainEqual({ _tag: 'AskBot', seq: 3, bot: null })
    const form = after(waiting(), says('Your email?'), asEngine())
    expect(reactions(form, { _tag: 'GiveToBot' }, ana)).toContainEqual({ _tag: 'AskBot', seq: 4, bot: null })
    const answered = after(owned, says('Bonjour'), ana)
    expect(reactions(answered, { _tag: 'GiveToBot' }, ana).filter(({ _tag }) => _tag === 'AskBot')).toEqual([])
    const spam = after(automated(), { _tag: 'MarkSpam' }, ana)
    expect(reactions(spam, { _tag: 'MarkNotSpam' }, ana)).toContainEqual({ _tag: 'AskBot', seq: 3, bot: null })
  })

  it('are given nothing where there are none, and nothing that is not open', () => {
    expect(step(opened(), { _tag: 'GiveToBot' }, by('ana')).refusal).toEqual({ _tag: 'Unsupported', feature: 'bots' })
    const closed = after(automated(), { _tag: 'Close' }, ana)
    expect(step(closed, { _tag: 'GiveToBot' }, ana).refusal).toMatchObject({ _tag: 'WrongStatus', status: 'closed' })
  })
})

describe('what a bot has said and has not left yet', () => {
  const said = (state: Conversation): { readonly state: Conversation; readonly entry: Entry } => {
    const next = step(state, says('Goodbye'), asBot())
    return { state: next.state as Conversation, entry: next.entries[0] as Entry }
  }
  const then = (state: Conversation, command: Command, given: Facts) => {
    const next = step(state, command, given)
    return { state: next.state as Conversation, since: next.entries }
  }

  it('leaves although the bot has handed over or closed since', () => {
    const { state, entry } = said(automated())
    for (const _tag of ['HandOver', 'Close'] as const) {
      const next = then(state, { _tag }, asBot())
      expect(mayLeave(next.state, entry, next.since)).toBeNull()
    }
  })

  it('stays when a person has stepped in, whatever the bot did first', () => {
    const { state, entry } = said(automated())
    const handed = then(state, { _tag: 'HandOver' }, asBot())
    const claimed = then(handed.state, { _tag: 'Claim' }, ana)
    expect(mayLeave(claimed.state, entry, [...handed.since, ...claimed.since])).toEqual(silenced('team'))
    const blocked = then(state, { _tag: 'BlockBot', bot: 'helper' }, ana)
    expect(mayLeave(blocked.state, entry, blocked.since)).toEqual(silenced('blocked'))
  })

  it('is not kept back by what colleagues only file, or by an owner, when it was asked for by hand', () => {
    const owned = after(automated(), { _tag: 'Claim' }, ana)
    const { state, entry } = said(after(owned, { _tag: 'RunBot', bot: 'helper' }, ana))
    const tagged = then(
      after(state, { _tag: 'FinishBot', bot: 'helper' }, asEngine()),
      { _tag: 'Tag', tags: ['a'] },
      ana,
    )
    expect(mayLeave(tagged.state, entry, tagged.since)).toBeNull()
    const answered = then(tagged.state, says('I do it'), ana)
    expect(mayLeave(answered.state, entry, answered.since)).toEqual(silenced('team'))
  })
})

describe('memory', () => {
  it('stands beside what the bot said', () => {
    const reply: Command = { _tag: 'Reply', parts: text('Which one?'), meta: { step: 'which' } }
    const { entries } = step(automated(), reply, asBot({ channel }))
    const what = entries[0]?.what as Extract<Happening, { readonly _tag: 'MessageSent' }>
    expect(what.message.meta).toEqual({ step: 'which' })
    expect(evolve(automated(), entries[0] as Entry)?.botTurns).toBe(1)
  })
})
