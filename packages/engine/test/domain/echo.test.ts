import { type Command, type Conversation, type Facts, decide, evolve, react, statuses } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { facts, now, receive, start, text } from './shop.ts'

const device: Facts['actor'] = { kind: 'system', id: 'phone' }
const echo = (providerAt = now): Command => ({
  _tag: 'Echo',
  message: { address: 'claire', externalId: 'wa-1', parts: text('On my way'), providerAt },
})

const after = (state: Conversation | undefined, command: Command, more: Partial<Facts> = {}) => {
  const decision = decide(state, command, facts({ actor: device, ...more }))
  if (decision._tag === 'Refused') throw new Error(decision.refusal._tag)
  const [entry] = decision.entries
  const next = entry && evolve(state, entry)
  if (entry === undefined || next === undefined) throw new Error('nothing happened')
  return { entry, next, reactions: react(state, entry, next) }
}

const begun = after(undefined, receive('absent'), { actor: { kind: 'contact', id: 'claire' }, start }).next

describe('what somebody of ours wrote elsewhere', () => {
  it('answers the customer, and is not sent once more', () => {
    expect(begun.waitingSince).not.toBeNull()
    const { next, reactions } = after(begun, echo())
    expect(next.waitingSince).toBeNull()
    expect(next.lastMessage).toMatchObject({ by: 'agent', preview: 'On my way' })
    expect(reactions.map(({ _tag }) => _tag)).not.toContain('Deliver')
  })

  it('claims nothing, and takes the conversation from the bots', () => {
    const { next } = after({ ...begun, control: 'bot', botTurns: 2 }, echo())
    expect(next).toMatchObject({ owner: null, assignees: [], control: 'team', botTurns: 0 })
  })

  it('is stored whatever the status, and opens what an answer opens', () => {
    const opened = statuses.map((status) => [status, after({ ...begun, status }, echo()).next.status])
    expect(Object.fromEntries(opened)).toEqual({
      open: 'open',
      pending: 'open',
      closed: 'open',
      spam: 'spam',
      archived: 'archived',
    })
  })

  it('answers nothing when something newer stands there already', () => {
    const { next } = after({ ...begun, status: 'closed', lastActivity: now }, echo(now - 1))
    expect(next).toMatchObject({ status: 'closed', lastMessage: begun.lastMessage })
    expect(after({ ...begun, lastActivity: now }, echo(now - 1)).next.waitingSince).toBe(begun.waitingSince)
  })

  it('begins a conversation with somebody who has none', () => {
    const { next } = after(undefined, echo(), { start })
    expect(next).toMatchObject({ status: 'open', control: 'team', owner: null, address: start.address })
  })

  it('is told by the engine alone', () => {
    for (const kind of ['agent', 'bot', 'contact'] as const) {
      expect(decide(begun, echo(), facts({ actor: { kind, id: 'ana' } }))).toEqual({
        _tag: 'Refused',
        refusal: { _tag: 'Forbidden', action: 'echo' },
      })
    }
  })

  it('is refused when it says nothing', () => {
    const nothing: Command = { _tag: 'Echo', message: { address: 'claire', externalId: 'wa-1', parts: [] } }
    expect(decide(begun, nothing, facts({ actor: device }))).toEqual({ _tag: 'Refused', refusal: { _tag: 'Empty' } })
  })
})

describe('a contact who is reached at another address', () => {
  const engine: Facts['actor'] = { kind: 'system', id: 'engine' }
  const change: Command = { _tag: 'ChangeAddress', from: begun.address, to: 'claire-2' }

  it('is written to at the new one, and known at both', () => {
    const { next } = after(begun, change, { actor: engine })
    expect(next.address).toBe('claire-2')
    expect(next.known).toEqual([begun.address, 'claire-2'])
  })

  it('is not changed twice, nor by who may not', () => {
    const { next } = after(begun, change, { actor: engine })
    expect(decide(next, change, facts({ actor: engine }))).toMatchObject({ refusal: { _tag: 'NothingToDo' } })
    expect(decide(begun, change, facts({ actor: { kind: 'agent', id: 'ana' } }))._tag).toBe('Refused')
  })
})
