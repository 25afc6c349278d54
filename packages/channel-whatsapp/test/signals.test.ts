import type { SendOutcome, Signal } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { type GraphServer, openGraph } from './support/graph-server.ts'
import { messages as samples } from './support/samples.ts'
import { openTown } from './support/town.ts'
import { fromZoe, statuses, zoesAddress } from './support/webhook.ts'

const channel = whatsApp()
const to = zoesAddress

const wires = async (signal: Signal) => {
  const made = await channel.signal?.(signal, accountWith())
  return made?._tag === 'Rendered' ? made.wires.map(({ body }) => body) : made?.feature
}

const told = async (graph: GraphServer, signal: Signal): Promise<SendOutcome | undefined> => {
  const account = accountWith({ graphOrigin: graph.origin })
  const made = await channel.signal?.(signal, account)
  const [wire] = made?._tag === 'Rendered' ? made.wires : []
  if (wire === undefined) return undefined
  const context = { idempotencyKey: 'acme/c/2/0', signal: new AbortController().signal, fetch }
  return channel.send(wire, account, { ...context, blob: () => Promise.reject(new Error('no file')) })
}

const read: Signal = { _tag: 'Read', to, externalId: 'wamid.1' }
const typing: Signal = { _tag: 'Typing', to, on: true, answers: 'wamid.1' }
const reaction: Signal = { _tag: 'Reaction', to, externalId: 'wamid.1', direction: 'in', emoji: '👍' }

describe('what the telephone of a customer shows beside messages', () => {
  const head = { messaging_product: 'whatsapp' }

  it('is that a message was read, with those before it', async () => {
    expect(await wires(read)).toEqual([{ ...head, status: 'read', message_id: 'wamid.1' }])
  })

  it('is that somebody types, which is said of the newest message, and that alone', async () => {
    const indicator = { typing_indicator: { type: 'text' } }
    expect(await wires(typing)).toEqual([{ ...head, status: 'read', message_id: 'wamid.1', ...indicator }])
    expect(await wires({ _tag: 'Typing', to, on: true })).toEqual([])
    expect(await wires({ _tag: 'Typing', to, on: false, answers: 'wamid.1' })).toEqual([])
  })

  it('is a sign beside a message, and an empty one that takes it away', async () => {
    const body = { ...head, recipient_type: 'individual', type: 'reaction' }
    expect(await wires(reaction)).toEqual([
      { ...body, to: '16505551234', reaction: { message_id: 'wamid.1', emoji: '👍' } },
    ])
    expect(await wires({ ...reaction, to: 'US.7', emoji: null })).toEqual([
      { ...body, recipient: 'US.7', reaction: { message_id: 'wamid.1', emoji: '' } },
    ])
    expect(await wires({ ...reaction, to: 'zoe' })).toBe('recipient address')
  })

  it('is nothing in a group, and nobody else has the conversation', async () => {
    for (const signal of [read, typing, reaction]) expect(await wires({ ...signal, to: 'group:1' })).toBe('a group')
    expect(await wires({ _tag: 'Control', to, ours: true })).toBe('control')
  })

  it('is taken by the API as it is said, without a key that no status would bring back', async () => {
    const graph = await openGraph()
    expect(await told(graph, read)).toEqual({ _tag: 'Accepted' })
    expect(await told(graph, typing)).toEqual({ _tag: 'Accepted' })
    expect(graph.told).toHaveLength(2)
    expect(await told(graph, reaction)).toEqual({ _tag: 'Accepted', externalId: graph.sent[0]?.id })
    for (const body of [...graph.told, ...graph.sent.map((one) => one.body)]) {
      expect(body).not.toHaveProperty('biz_opaque_callback_data')
    }
  })

  it.each([
    ['a yes that says nothing', { status: 200, body: '{}' }, 'Ambiguous'],
    ['nonsense', { status: 200, body: '<html>' }, 'Ambiguous'],
    ['too many requests', { status: 429 }, 'Retry'],
    ['a message that is not there', { status: 400, body: '{"error":{"code":100,"message":"No"}}' }, 'Rejected'],
    ['a connection that breaks', 'resets', 'Ambiguous'],
  ] as const)('is never taken for said after %s', async (_, fate, outcome) => {
    const graph = await openGraph()
    for (const signal of [read, typing, reaction]) {
      graph.script('messages', fate)
      expect(await told(graph, signal)).toMatchObject({ _tag: outcome })
    }
  })
})

describe('the engine tells a customer', () => {
  it('that an agent has read what was written, once, by its newest message', async () => {
    const { ana, engine, graph, post, conversation } = await openTown()
    await post(fromZoe(samples.text, samples.location))
    await ana.conversations.markRead(await conversation())
    await ana.conversations.markRead(await conversation())
    await engine.settle()
    expect(graph.told).toEqual([{ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.2' }])
  })

  it('that an agent types', async () => {
    const { ana, engine, graph, post, conversation } = await openTown()
    await post(fromZoe(samples.text))
    await ana.conversations.typing(await conversation(), true)
    await engine.settle()
    expect(graph.told).toMatchObject([{ message_id: 'wamid.1', typing_indicator: { type: 'text' } }])
  })

  it('how an agent reacts, and that she takes it back', async () => {
    const { ana, engine, graph, post, conversation, messages } = await openTown()
    await post(fromZoe(samples.text))
    const id = await conversation()
    expect(await ana.conversations.react(id, { message: 1, emoji: '👍' })).toMatchObject({ ok: true })
    await engine.settle()
    expect(await ana.conversations.react(id, { message: 1, emoji: null })).toMatchObject({ ok: true })
    await engine.settle()
    expect(graph.sent.map(({ body }) => body['reaction'])).toEqual([
      { message_id: 'wamid.1', emoji: '👍' },
      { message_id: 'wamid.1', emoji: '' },
    ])
    // What becomes of a sign is no status of a message.
    await post(statuses({ id: graph.sent[0]?.id, status: 'delivered' }))
    expect(await messages()).toHaveLength(1)
  })

  it('G19 nothing of it when the time to answer is over', async () => {
    const { ana, clock, engine, graph, post, conversation } = await openTown()
    await post(fromZoe(samples.text))
    clock.advance(25 * 3_600_000)
    const id = await conversation()
    expect(await ana.conversations.react(id, { message: 1, emoji: '👍' })).toMatchObject({
      refusal: { _tag: 'CannotSend', reason: 'window' },
    })
    await ana.conversations.typing(id, true)
    await engine.settle()
    expect([...graph.sent, ...graph.told]).toEqual([])
  })
})
