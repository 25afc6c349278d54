import {
  type Command,
  type Conversation,
  type Facts,
  type MessageReaction,
  type TargetFacts,
  decide,
  evolve,
  ourSign,
  react,
  statuses,
  withFailedReaction,
  withReaction,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channel, facts, now, opened } from './shop.ts'

const begun = opened()
const target: TargetFacts = { direction: 'in', author: { kind: 'contact', id: 'claire' }, deleted: false, files: [] }
const tells = { ...channel, tellsReactions: true, asksControl: true }
const ana = { kind: 'agent', id: 'ana' } as const
const error = { code: 'rejected', message: 'no' }

const decided = (state: Conversation, command: Command, over: Partial<Facts> = {}) => {
  const decision = decide(state, command, facts({ channel: tells, target, ...over }))
  if (decision._tag === 'Refused') return { refusal: decision.refusal, reactions: [] }
  const [entry] = decision.entries
  const after = entry && evolve(state, entry)
  if (entry === undefined || after === undefined) throw new Error('nothing happened')
  return { what: entry.what, after, reactions: react(state, entry, after).filter(({ _tag }) => _tag === 'Signal') }
}

const like: Command = { _tag: 'React', message: 1, emoji: '👍' }

describe('a reaction', () => {
  it('leaves where customers are told, with work in the same commit', () => {
    const { what, reactions } = decided(begun, like)
    expect(what).toEqual({ _tag: 'Reacted', message: 1, emoji: '👍', leaves: true })
    expect(reactions).toEqual([{ _tag: 'Signal', seq: 2, message: 1 }])
  })

  it('stays inside where they are not, beside a note, and when it is the customer’s own', () => {
    const inside: ReadonlyArray<Partial<Facts>> = [
      { channel },
      { channel: null },
      { target: { ...target, direction: 'note' } },
      { actor: { kind: 'contact', id: 'claire' } },
    ]
    for (const over of inside) {
      const { what, reactions } = decided(begun, like, over)
      expect(what).toEqual({ _tag: 'Reacted', message: 1, emoji: '👍' })
      expect(reactions).toEqual([])
    }
  })

  it('takes who may answer, unless it stays inside', () => {
    const bens = { ...begun, owner: 'ben', assignees: ['ben'] }
    expect(decided(bens, like).refusal).toEqual({ _tag: 'AlreadyOwned', owner: 'ben' })
    expect(decided(bens, like, { channel }).refusal).toBeUndefined()
  })

  it('is refused in the statuses in which an answer is, and opens nothing', () => {
    const refusals = statuses.map((status) => [status, decided({ ...begun, status }, like).refusal?._tag ?? 'leaves'])
    expect(Object.fromEntries(refusals)).toEqual({
      open: 'leaves',
      pending: 'leaves',
      closed: 'leaves',
      spam: 'Spam',
      archived: 'Archived',
    })
    expect(decided({ ...begun, status: 'closed' }, like).after?.status).toBe('closed')
  })

  it('is refused for whatever an answer is refused for', () => {
    const window = { hours: 24, templates: false }
    const late = { now: now + 24 * 3_600_000, channel: { ...tells, window } }
    expect(decided(begun, like, late).refusal).toEqual({ _tag: 'CannotSend', reason: 'window' })
    const elsewhere = { ...begun, elsewhere: { by: 'shop' } }
    expect(decided(elsewhere, like).refusal).toEqual({ _tag: 'CannotSend', reason: 'elsewhere' })
    const blocked = { sending: { blocked: { until: null } } }
    expect(decided(begun, like, blocked).refusal).toEqual({ _tag: 'CannotSend', reason: 'blocked' })
  })

  it('that could not be told may be tried once more, and one that was may not', () => {
    const once: ReadonlyArray<MessageReaction> = [{ by: ana, emoji: '👍' }]
    const failed = withFailedReaction(once, { by: ana, emoji: '👍', error })
    expect(decided(begun, like, { target: { ...target, reactions: once } }).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(decided(begun, like, { target: { ...target, reactions: failed } }).what?._tag).toBe('Reacted')
  })

  it('fails by the word of the engine alone, and only while it stands and has not failed', () => {
    const fail: Command = { _tag: 'FailReaction', message: 1, by: ana, emoji: '👍', error }
    const engine = { actor: { kind: 'system', id: 'engine' } } as const
    const stands = (...reactions: ReadonlyArray<MessageReaction>) => ({ ...engine, target: { ...target, reactions } })
    expect(decided(begun, fail).refusal).toEqual({ _tag: 'Forbidden', action: 'direct' })
    expect(decided(begun, fail, stands({ by: ana, emoji: '👍' })).what?._tag).toBe('ReactionFailed')
    expect(decided(begun, { ...fail, emoji: null }, engine).what?._tag).toBe('ReactionFailed')
    const over = [engine, stands({ by: ana, emoji: '🎉' }), stands({ by: ana, emoji: '👍', failed: error })]
    for (const one of over) expect(decided(begun, fail, one).refusal).toEqual({ _tag: 'NothingToDo' })
  })
})

const by = fc.record({
  kind: fc.constantFrom('agent' as const, 'bot' as const, 'contact' as const),
  id: fc.constantFrom('a', 'b'),
})
const acts = fc.array(fc.tuple(by, fc.option(fc.constantFrom('👍', '🎉', '👀'))), { maxLength: 12 })

describe('the one sign of all of ours', () => {
  it('is that of who reacted last among those whose reaction stands, and never the customer’s', () => {
    fc.assert(
      fc.property(acts, (all) => {
        const stands = all.reduce<ReadonlyArray<MessageReaction>>((so, [who, sign]) => withReaction(so, who, sign), [])
        const standing = all.filter(
          ([who], at) => !all.slice(at + 1).some(([next]) => next.kind === who.kind && next.id === who.id),
        )
        const ours = standing.filter(([who, sign]) => who.kind !== 'contact' && sign !== null).at(-1)?.[1] ?? null
        expect(ourSign(stands)).toBe(ours)
      }),
    )
  })

  it('is marked as failed where it stands, and nothing else is', () => {
    fc.assert(
      fc.property(acts, by, fc.constantFrom('👍', '🎉', '👀'), (all, who, emoji) => {
        const stands = all.reduce<ReadonlyArray<MessageReaction>>((so, [one, sign]) => withReaction(so, one, sign), [])
        const after = withFailedReaction(stands, { by: who, emoji, error })
        expect(after.map(({ failed: _, ...one }) => one)).toEqual(stands)
        for (const one of after) {
          expect(one.failed !== undefined).toBe(one.by.kind === who.kind && one.by.id === who.id && one.emoji === emoji)
        }
      }),
    )
  })
})

describe('a conversation that another application has', () => {
  const away = { ...begun, elsewhere: { by: 'shop' } }
  const take: Command = { _tag: 'TakeControl' }
  const pass: Command = { _tag: 'PassControl' }

  it('is asked back as work, and is not ours until the provider says so', () => {
    const { what, after, reactions } = decided(away, take)
    expect(what).toEqual({ _tag: 'ControlAsked', ours: true })
    expect(after?.elsewhere).toEqual({ by: 'shop' })
    expect(reactions).toEqual([{ _tag: 'Signal', seq: 2, message: null }])
  })

  it('is passed on in the same way', () => {
    expect(decided(begun, pass).what).toEqual({ _tag: 'ControlAsked', ours: false })
  })

  it('is not asked for when it is so already, by who may not answer, or where nobody can be asked', () => {
    expect(decided(begun, take).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(decided(away, pass).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(decided({ ...away, owner: 'ben', assignees: ['ben'] }, take).refusal?._tag).toBe('AlreadyOwned')
    for (const one of [channel, null]) {
      expect(decided(away, take, { channel: one }).refusal).toEqual({ _tag: 'Unsupported', feature: 'control' })
    }
  })

  it('is refused by the word of the engine alone, and not when it has come meanwhile', () => {
    const refuse: Command = { _tag: 'RefuseControl', ours: true, error }
    const engine = { actor: { kind: 'system', id: 'engine' } } as const
    expect(decided(away, refuse).refusal).toEqual({ _tag: 'Forbidden', action: 'direct' })
    expect(decided(away, refuse, engine).what).toEqual({ _tag: 'ControlRefused', ours: true, error })
    expect(decided(begun, refuse, engine).refusal).toEqual({ _tag: 'NothingToDo' })
  })
})
