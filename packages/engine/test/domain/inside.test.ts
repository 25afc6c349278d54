import { type Command, bucketsOf, decide, evolve, maySee, withReaction } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { after, agents, by, channel, facts, fromCustomer, now, opened, step, text } from './shop.ts'

const inside = { conversation: 'c5', contact: '', address: '', follows: null }
const discuss = { _tag: 'Discuss', title: ' Retour ', participants: ['dan', 'ana'], parts: text('Qui sait ?') } as const

const begun = () => {
  const next = step(undefined, discuss, by('ana', { start: inside, channel: null }))
  if (next.state === undefined) throw new Error(JSON.stringify(next.refusal))
  return next.state
}

describe('a conversation among colleagues', () => {
  it('begins with who asks as its owner and who was asked as its participants', () => {
    expect(begun()).toMatchObject({
      account: 'internal',
      channel: 'internal',
      queue: 'internal',
      title: 'Retour',
      owner: 'ana',
      assignees: ['ana'],
      participants: ['dan'],
      inbound: 1,
      lastMessage: { by: 'agent', preview: 'Qui sait ?' },
    })
    expect(bucketsOf(begun())).toEqual(['internal'])
    expect(bucketsOf({ ...begun(), status: 'closed' })).toEqual(['closed'])
  })

  it('is seen by who is part of it and by managers', () => {
    const sees = [...agents.values()].filter((agent) => maySee(agent, begun(), undefined)).map(({ id }) => id)
    expect(sees).toEqual(['ana', 'chloe', 'dan'])
  })

  it('needs a title, words, and colleagues who are there', () => {
    const refusal = (over: Partial<typeof discuss>, given = by('ana', { start: inside })) =>
      step(undefined, { ...discuss, ...over } as Command, given).refusal
    expect(refusal({ title: ' ' as ' Retour ' })).toMatchObject({ _tag: 'Invalid', what: 'discussion' })
    expect(refusal({ parts: text(' ') })).toEqual({ _tag: 'Empty' })
    expect(refusal({ participants: ['eve'] as never })).toEqual({ _tag: 'UnknownAgent', agent: 'eve' })
    expect(refusal({}, fromCustomer({ start: inside }))).toMatchObject({ _tag: 'Forbidden' })
  })

  it('goes on in notes, which everybody else has to read, and opens again by a word', () => {
    const closed = after(begun(), { _tag: 'Close' }, by('ana', { channel: null }))
    expect(closed.status).toBe('closed')
    const next = step(closed, { _tag: 'Reply', parts: text('Moi.') }, by('dan', { channel: null, now: now + 5 }))
    expect(next.entries.map(({ what }) => what._tag)).toEqual(['NoteAdded'])
    expect(next.state).toMatchObject({
      status: 'open',
      inbound: 2,
      lastMessage: { seq: 3, by: 'agent', preview: 'Moi.' },
      lastActivity: now + 5,
    })
    const unseen = { _tag: 'Reply', parts: text('Et ?'), expectedLastMessage: 1 } as const
    expect(step(next.state, unseen, by('ana')).refusal).toEqual({ _tag: 'Unseen', expected: 1, actual: 3 })
  })

  it('lets people come and go, and refuses what takes a customer or a queue', () => {
    const invited = after(begun(), { _tag: 'Invite', agents: ['ben'] }, by('ana'))
    expect(invited.participants).toEqual(['dan', 'ben'])
    expect(after(invited, { _tag: 'Leave' }, by('dan')).participants).toEqual(['ben'])
    const inherited = after(invited, { _tag: 'Leave' }, by('ana'))
    expect([inherited.owner, inherited.assignees, inherited.participants]).toEqual(['dan', ['dan'], ['ben']])
    const alone = after(after(invited, { _tag: 'Leave' }, by('dan')), { _tag: 'Leave' }, by('ben'))
    expect(step(alone, { _tag: 'Leave' }, by('ana')).refusal).toEqual({ _tag: 'NothingToDo' })
    for (const command of [
      { _tag: 'Transfer', to: { queue: 'service' } },
      { _tag: 'Release' },
      { _tag: 'MarkSpam' },
      { _tag: 'GiveToBot' },
    ] as const) {
      expect(step(begun(), command, by('ana')).refusal).toEqual({ _tag: 'Unsupported', feature: command._tag })
    }
    expect(step(opened(), { _tag: 'Transfer', to: { queue: 'internal' } }, by('ana')).refusal).toEqual({
      _tag: 'UnknownQueue',
      queue: 'internal',
    })
  })
})

describe('a reaction', () => {
  const target = { direction: 'in', author: { kind: 'contact', id: 'claire' }, deleted: false, files: [] } as const

  it('is one sign of each, which another replaces and null takes back', () => {
    const ana = { kind: 'agent', id: 'ana' } as const
    const once = withReaction([], ana, '👍')
    expect(withReaction(once, ana, '🎉')).toEqual([{ by: ana, emoji: '🎉' }])
    expect(withReaction(withReaction(once, { kind: 'contact', id: 'ana' }, '🎉'), ana, null)).toHaveLength(1)
  })

  it('is recorded, and refused when it says nothing new, is no sign, or is about nothing', () => {
    const react = (emoji: string | null, over: Partial<typeof target> | null, reactions: ReadonlyArray<never> = []) => {
      const given = by('ana', { channel, ...(over === null ? {} : { target: { ...target, ...over, reactions } }) })
      const decision = decide(opened(), { _tag: 'React', message: 1, emoji }, given)
      return decision._tag === 'Refused' ? decision.refusal : decision.entries[0]?.what
    }
    expect(react('👍', {})).toEqual({ _tag: 'Reacted', message: 1, emoji: '👍' })
    expect(react(null, {})).toEqual({ _tag: 'NothingToDo' })
    expect(react('👍', {}, [{ by: { kind: 'agent', id: 'ana' }, emoji: '👍' }] as never)).toEqual({
      _tag: 'NothingToDo',
    })
    expect(react('two words', {})).toMatchObject({ _tag: 'Invalid', what: 'reaction' })
    expect(react('👍', null)).toEqual({ _tag: 'UnknownMessage', message: 1 })
  })

  it('changes nothing of the conversation, and a customer does not know of notes', () => {
    const state = opened()
    const entry = { seq: 2, at: now, actor: facts().actor, what: { _tag: 'Reacted', message: 1, emoji: '👍' } } as const
    expect(evolve(state, entry)).toEqual({ ...state, seq: 2 })
    const asked = { _tag: 'React', message: 1, emoji: '👍' } as const
    expect(step(state, asked, fromCustomer({ target: { ...target, direction: 'note' } })).refusal).toEqual({
      _tag: 'UnknownMessage',
      message: 1,
    })
    expect(step(state, asked, fromCustomer({ target })).refusal).toBeNull()
  })
})
