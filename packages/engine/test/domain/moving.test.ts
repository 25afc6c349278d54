import {
  type Conversation,
  type Entry,
  type Message,
  type Movable,
  byTime,
  countChanges,
  decideMerge,
  decideSplit,
  evolve,
  fold,
  movedAtMost,
  textOf,
  timersOf,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Lived, history, live } from './history.ts'
import { after, by, facts, fromCustomer, now, opened, receive, start, text } from './shop.ts'

const messageIn = ({ what }: Entry): Message | undefined =>
  what._tag === 'MessageReceived' ||
  what._tag === 'MessageSent' ||
  what._tag === 'NoteAdded' ||
  what._tag === 'MessageMovedIn'
    ? what.message
    : undefined

/** What still stands in a journal, as a reader of the store finds it. */
const standing = (journal: ReadonlyArray<Entry>): ReadonlyArray<Movable> => {
  const gone = new Set(
    journal.flatMap(({ what, seq }) => {
      if (what._tag === 'MessagesMovedOut') return what.messages
      // The histories also delete and edit what is not there yet.
      return what._tag === 'MessageDeleted' && what.message < seq ? [what.message] : []
    }),
  )
  const edited = new Map(
    journal.flatMap(({ what, seq }) =>
      what._tag === 'MessageEdited' && what.message < seq ? [[what.message, what.parts] as const] : [],
    ),
  )
  return journal.flatMap((entry) => {
    const message = messageIn(entry)
    if (message === undefined || gone.has(entry.seq)) return []
    return [{ seq: entry.seq, at: entry.at, message, parts: edited.get(entry.seq) ?? message.parts }]
  })
}

const words = (messages: ReadonlyArray<Movable>): ReadonlyArray<string> =>
  messages
    .map(({ message, parts }) => `${message.direction} ${message.sentAt} ${message.author.id} ${textOf(parts)}`)
    .sort()

const inOrder = (journal: ReadonlyArray<Entry>): boolean => {
  const arrived = journal.filter(({ what }) => what._tag === 'MessageMovedIn')
  const times = arrived.map((entry) => ({ seq: entry.seq, sentAt: messageIn(entry)?.sentAt ?? 0 }))
  return [...times].sort(byTime).every((one, index) => one === times[index])
}

const chloe = by('chloe')
const place = { ...start, conversation: 'c9', follows: 'c1' }

const asOther = ({ journal }: Lived): ReadonlyArray<Entry> =>
  journal.map((entry) =>
    entry.what._tag === 'MessageReceived' && entry.what.start !== undefined
      ? { ...entry, what: { ...entry.what, start: { ...entry.what.start, conversation: 'c2' } } }
      : entry,
  )

const told = (decision: { readonly _tag: 'Refused'; readonly refusal: unknown }): never => {
  throw new Error(JSON.stringify(decision.refusal))
}

describe('a split', () => {
  it('loses nothing and doubles nothing, keeps the times, and both rows are the folds of their journals', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.boolean(), fc.boolean(), (steps, n, following, close) => {
        const lived = live(steps)
        const state = fold(lived.journal) as Conversation
        const before = standing(lived.journal)
        const chosen = before[n % Math.max(1, before.length)]
        if (state.deleted || chosen === undefined) return
        const split = { message: chosen.seq, following, close }
        const decision = decideSplit(state, split, before, { ...chloe, now: now + 99, start: place })
        if (decision._tag === 'Refused') return told(decision)
        const source = [...lived.journal, ...decision.source]
        expect([...words(standing(source)), ...words(standing(decision.target))].sort()).toEqual(words(before))
        expect(inOrder(decision.target)).toBe(true)
        const left = fold(source) as Conversation
        const right = fold(decision.target) as Conversation
        expect([left.seq, right.seq]).toEqual([source.length, decision.target.length])
        expect(standing(source).map(({ seq }) => seq)).not.toContain(chosen.seq)
        expect(decision.moved.map(({ from }) => from)).not.toContain(left.lastMessage?.seq)
        expect(right).toMatchObject({ contact: 'claire', queue: state.queue, owner: state.owner, follows: 'c1' })
        if (close) expect(['closed', 'spam', 'archived']).toContain(left.status)
      }),
      { numRuns: 300 },
    )
  })

  it('closes what it leaves only when it is asked to, in the same act', () => {
    const two = after(opened(), receive('Et autre chose'), fromCustomer({ now: now + 1 }))
    const messages = standing([
      { seq: 1, at: now, actor: { kind: 'contact', id: 'claire' }, what: received('Bonjour', now) },
      { seq: 2, at: now + 1, actor: { kind: 'contact', id: 'claire' }, what: received('Et autre chose', now + 1) },
    ])
    const alone = decideSplit(two, { message: 2, following: false, close: false }, messages, { ...chloe, start: place })
    if (alone._tag === 'Refused') return told(alone)
    expect(alone.source.map(({ what }) => what._tag)).toEqual(['MessagesMovedOut'])
    const left = alone.source.reduce<Conversation | undefined>(evolve, two)
    expect(left).toMatchObject({ status: 'open', lastMessage: { seq: 1, preview: 'Bonjour' } })
    const right = fold(alone.target)
    expect(right).toMatchObject({ lastMessage: { preview: 'Et autre chose' }, waitingSince: now, inbound: 1 })
  })

  it('is refused for a message that does not stand there, and to who may not steer', () => {
    const split = { message: 7, following: false, close: true }
    expect(decideSplit(opened(), split, [], { ...chloe, start: place })).toEqual({
      _tag: 'Refused',
      refusal: { _tag: 'UnknownMessage', message: 7 },
    })
    const owned = after(opened(), { _tag: 'Claim' }, by('ana'))
    expect(decideSplit(owned, split, [], by('ben', { start: place }))).toMatchObject({
      refusal: { _tag: 'NotOwner', owner: 'ana' },
    })
  })
})

const received = (said: string, sentAt: number): Entry['what'] => ({
  _tag: 'MessageReceived',
  message: {
    direction: 'in',
    author: { kind: 'contact', id: 'claire' },
    parts: text(said),
    matched: 'contact',
    sentAt,
  },
})

describe('a merge', () => {
  it('loses nothing and doubles nothing, keeps the times, and leaves a row that is in no list and no count', () => {
    fc.assert(
      fc.property(history, history, (one, other) => {
        const [from, into] = [live(one), live(other)]
        const state = fold(from.journal) as Conversation
        const journal = asOther(into)
        const target = fold(journal) as Conversation
        if (state.deleted || target.deleted) return
        if (state.account !== target.account || state.address !== target.address) return
        const all = standing(from.journal)
        const decision = decideMerge(state, target, all, 'contact', { ...chloe, now: now + 99 })
        if (decision._tag === 'Refused') {
          expect(decision.refusal).toEqual({ _tag: 'Spam' })
          return
        }
        const source = [...from.journal, ...decision.source]
        const merged = [...journal, ...decision.target]
        expect(standing(source)).toEqual([])
        expect(words(standing(merged))).toEqual([...words(all), ...words(standing(journal))].sort())
        expect(inOrder(decision.target)).toBe(true)
        const gone = fold(source) as Conversation
        const now_ = fold(merged) as Conversation
        expect(gone).toMatchObject({ mergedInto: 'c2', deleted: true, status: 'closed', lastMessage: null })
        expect(timersOf(gone)).toEqual([])
        expect(countChanges(undefined, gone)).toEqual([])
        for (const tag of state.tags) expect(now_.tags).toContain(tag)
        for (const agent of [...state.assignees, ...state.participants]) {
          expect([...now_.assignees, ...now_.participants]).toContain(agent)
        }
        const waited = state.status === 'open' || state.status === 'pending'
        if (waited) expect(['open', 'pending']).toContain(now_.status)
      }),
      { numRuns: 300 },
    )
  })

  it('says what does not go together', () => {
    const one = opened()
    const other = { ...one, id: 'c2' }
    const refusal = (a: Conversation, b: Conversation, threading: 'contact' | 'thread' = 'contact') => {
      const decision = decideMerge(a, b, [], threading, chloe)
      return decision._tag === 'Refused' ? decision.refusal : null
    }
    expect(refusal(one, one)).toEqual({ _tag: 'Same' })
    expect(refusal(one, { ...other, account: 'mail' })).toEqual({ _tag: 'Mismatch', what: 'account' })
    expect(refusal(one, { ...other, address: 'tom@example.org' })).toEqual({ _tag: 'Mismatch', what: 'contact' })
    expect(refusal(one, { ...other, address: 'tom@example.org' }, 'thread')).toBeNull()
    expect(refusal({ ...one, deleted: true }, other)).toEqual({ _tag: 'NotFound' })
    expect(refusal(one, { ...other, deleted: true })).toEqual({ _tag: 'NotFound' })
    expect(refusal(one, { ...other, status: 'spam' })).toEqual({ _tag: 'Spam' })
    const many = Array.from({ length: movedAtMost + 1 }, (_, n) => ({
      seq: n + 1,
      at: now,
      message: { direction: 'note', author: chloe.actor, parts: [], sentAt: now, mentions: [] } as const,
      parts: [],
    }))
    const decision = decideMerge(one, other, many, 'contact', facts({ actor: chloe.actor }))
    expect(decision).toMatchObject({ refusal: { _tag: 'TooMany', max: movedAtMost } })
  })

  it('lets quotes point at their messages where these went along', () => {
    const note = (seq: number, quote?: number): Movable => {
      const message = {
        direction: 'note',
        author: chloe.actor,
        parts: text(`note ${seq}`),
        sentAt: now + seq,
        mentions: [],
        ...(quote === undefined ? {} : { quote }),
      } as const
      return { seq, at: now, message, parts: message.parts }
    }
    const decision = decideSplit(
      { ...opened(), seq: 9 },
      { message: 3, following: true, close: false },
      [note(2), note(3, 2), note(5, 3)],
      { ...chloe, start: place },
    )
    if (decision._tag === 'Refused') return told(decision)
    expect(decision.target.map((entry) => messageIn(entry)?.quote)).toEqual([undefined, 1])
    expect(decision.moved).toEqual([
      { from: 3, to: 1 },
      { from: 5, to: 2 },
    ])
  })
})
