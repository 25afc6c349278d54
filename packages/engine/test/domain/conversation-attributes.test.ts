import { type AttributeDefinition, type Conversation, decide, evolve, fold } from '@guichet/engine/domain'
import { expect, test } from 'vitest'
import { by, facts, text } from './shop.ts'

const definitions = new Map<string, AttributeDefinition>(
  (
    [
      { id: 'order', name: 'Order', on: 'conversation', kind: 'text' },
      { id: 'urgency', name: 'Urgency', on: 'conversation', kind: 'choice', choices: ['low', 'high'] },
      { id: 'vip', name: 'VIP', on: 'contact', kind: 'boolean' },
    ] as const
  ).map((definition) => [definition.id, definition]),
)

const begun = decide(
  undefined,
  { _tag: 'Receive', message: { address: 'claire', parts: text('Hello'), matched: 'none' } },
  facts({
    actor: { kind: 'contact', id: 'claire' },
    start: { conversation: 'c', contact: 'claire', address: 'claire', follows: null },
  }),
)
const conversation = fold(begun._tag === 'Accepted' ? begun.entries : []) as Conversation

const set = (state: Conversation, attributes: Readonly<Record<string, string | number | boolean | null>>) =>
  decide(state, { _tag: 'SetAttributes', attributes }, by('ana', { attributes: definitions }))

const after = (state: Conversation, attributes: Parameters<typeof set>[1]): Conversation => {
  const decision = set(state, attributes)
  if (decision._tag === 'Refused') throw new Error(JSON.stringify(decision.refusal))
  return decision.entries.reduce((now, entry) => evolve(now, entry) as Conversation, state)
}

test('attributes are set and removed, and what stays is not written again', () => {
  const filed = after(conversation, { order: '7', urgency: 'high' })
  expect(filed.attributes).toEqual({ order: '7', urgency: 'high' })
  const decision = set(filed, { order: '7', urgency: null })
  expect(decision).toMatchObject({ entries: [{ what: { _tag: 'AttributesSet', attributes: { urgency: null } } }] })
  expect(after(filed, { order: '7', urgency: null }).attributes).toEqual({ order: '7' })
  expect(set(filed, { order: '7' })).toEqual({ _tag: 'Refused', refusal: { _tag: 'NothingToDo' } })
  expect(set(filed, { unknown: null })).toEqual({ _tag: 'Refused', refusal: { _tag: 'NothingToDo' } })
})

test('an unknown attribute, one of contacts, and a value of the wrong kind are refused by name', () => {
  expect(set(conversation, { vip: true, colour: 'red', urgency: 'medium', order: 7 })).toEqual({
    _tag: 'Refused',
    refusal: {
      _tag: 'Invalid',
      what: 'attributes',
      issues: [
        'vip: there is no such attribute of a conversation; there are order, urgency',
        'colour: there is no such attribute of a conversation; there are order, urgency',
        'urgency: "medium" is not one of low, high',
        'order: 7 is not a text',
      ],
    },
  })
})

test('nothing of it is left of what was deleted', () => {
  const filed = after(conversation, { order: '7' })
  const decision = decide(filed, { _tag: 'Delete' }, by('chloe'))
  const [entry] = decision._tag === 'Accepted' ? decision.entries : []
  const deleted = entry && evolve(filed, entry)
  expect(deleted?.attributes).toEqual({})
})

test('deleting takes the permission and not the role', () => {
  const ana = { id: 'ana', name: 'Ana', role: 'agent' as const, queues: ['service'] }
  const permitted = new Map([['ana', { ...ana, permissions: ['deleteConversations' as const] }]])
  const chloe = new Map([['chloe', { ...ana, id: 'chloe', role: 'manager' as const, permissions: [] }]])
  expect(decide(conversation, { _tag: 'Delete' }, by('ana'))._tag).toBe('Refused')
  expect(decide(conversation, { _tag: 'Delete' }, by('ana', { agents: permitted }))._tag).toBe('Accepted')
  expect(decide(conversation, { _tag: 'Delete' }, by('chloe', { agents: chloe }))).toEqual({
    _tag: 'Refused',
    refusal: { _tag: 'Forbidden', action: 'erase' },
  })
})
