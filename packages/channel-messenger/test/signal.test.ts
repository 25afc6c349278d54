import type { SendOutcome, Signal } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type InstagramSettings, instagram, type MessengerSettings, messenger } from '../src/index.ts'
import { openGraph } from './support/graph.ts'
import { accountOf, at, instagramAccount, marie, otherApp, page, pageSettings } from './support/payloads.ts'

/** A page or an account at Meta to which Marie has written, and what signals to her come to. */
const besideMessages = async (
  product: 'messenger' | 'instagram',
  more: Partial<MessengerSettings & InstagramSettings> = {},
) => {
  const graph = await openGraph({ product, node: page, token: pageSettings.token })
  graph.wrote(marie, at)
  const outcomesOf = async (
    channel: ReturnType<typeof messenger> | ReturnType<typeof instagram>,
    settings: MessengerSettings & InstagramSettings,
    signal: Signal,
  ): Promise<ReadonlyArray<SendOutcome> | string> => {
    const account = accountOf(settings)
    const rendered = await channel.signal?.(signal, account)
    if (rendered?._tag !== 'Rendered') return rendered?.feature ?? 'nothing'
    const context = {
      idempotencyKey: 'k',
      signal: AbortSignal.timeout(60_000),
      fetch,
      blob: async () => new Uint8Array(),
    }
    return Promise.all(rendered.wires.map((wire) => channel.send(wire, account, context)))
  }
  const settings = { ...instagramAccount, ...pageSettings, graph: graph.origin, ...more }
  const channel = product === 'messenger' ? messenger() : instagram()
  return { graph, tell: (signal: Signal) => outcomesOf(channel, settings, signal) }
}

const accepted = [{ _tag: 'Accepted' }]
const reaction = { _tag: 'Reaction', to: marie, externalId: 'm_1', direction: 'in', emoji: '❤️' } as const

describe.each(['messenger', 'instagram'] as const)('beside messages of %s', (product) => {
  it.each([
    [{ _tag: 'Read', to: marie, externalId: 'm_1' }, 'mark_seen'],
    [{ _tag: 'Typing', to: marie, on: true, answers: 'm_1' }, 'typing_on'],
    [{ _tag: 'Typing', to: marie, on: false }, 'typing_off'],
  ] as const)('%j is shown to the customer by %s, alone in its request', async (signal, action) => {
    const { graph, tell } = await besideMessages(product)
    expect(await tell(signal)).toEqual(accepted)
    expect(graph.actions).toEqual([{ recipient: { id: marie }, sender_action: action }])
    expect(graph.asked).toEqual([`/v25.0/${page}/messages`])
    expect(graph.taken).toEqual([])
  })

  it.each([
    ['taken', {}, true, 'take_thread_control', {}],
    ['given to whom Meta is set up with', {}, false, 'release_thread_control', {}],
    [
      'passed to the application that is set',
      { passTo: otherApp },
      false,
      'pass_thread_control',
      { target_app_id: otherApp },
    ],
  ])('a conversation is %s', async (_, settings, ours, edge, says) => {
    const { graph, tell } = await besideMessages(product, settings)
    expect(await tell({ _tag: 'Control', to: marie, ours })).toEqual(accepted)
    expect(graph.controls).toEqual([{ edge, body: { recipient: { id: marie }, ...says } }])
  })

  it('a conversation that was only asked for is not ours yet', async () => {
    const { graph, tell } = await besideMessages(product, { control: 'request' })
    expect(await tell({ _tag: 'Control', to: marie, ours: true })).toMatchObject([
      { _tag: 'Rejected', code: 'requested' },
    ])
    expect(graph.controls.map(({ edge }) => edge)).toEqual(['request_thread_control'])
  })

  it.each([
    ['no permission', 400, { code: 10, message: 'no' }, { _tag: 'Rejected', code: '10' }],
    ['no right of the token', 403, { code: 200, message: 'no' }, { _tag: 'Rejected', code: '200' }],
    ['an expired token', 401, { code: 190, error_subcode: 463, message: 'no' }, { because: 'auth' }],
    ['too much to do', 400, { code: 613, message: 'no' }, { _tag: 'Retry', scope: 'account' }],
    ['a closed window', 400, { code: 10, error_subcode: 2018278, message: 'no' }, { because: 'window' }],
  ] as const)('%s is said of messages only where it stands in their way', async (_, status, error, outcome) => {
    const { graph, tell } = await besideMessages(product)
    graph.next({ status, body: JSON.stringify({ error }) }, 'control')
    const [found] = await tell({ _tag: 'Control', to: marie, ours: true })
    expect(found).toMatchObject(outcome)
    if (!('because' in outcome)) expect(found).not.toHaveProperty('because')
  })

  it.each(['{"success":false}', '{}', 'nonsense'])('an answer of %s is in doubt', async (body) => {
    const { graph, tell } = await besideMessages(product)
    graph.next({ status: 200, body }, 'control')
    expect(await tell({ _tag: 'Control', to: marie, ours: true })).toMatchObject([{ _tag: 'Ambiguous' }])
  })

  it('a guest is shown nothing: she has no id that it could be shown to', async () => {
    const { graph, tell } = await besideMessages(product)
    expect(await tell({ _tag: 'Read', to: 'user_ref:box-7', externalId: 'm_1' })).toMatch(/guest/)
    expect(graph.asked).toEqual([])
  })
})

describe('a reaction of ours', () => {
  it.each([
    ['❤️', { message_id: 'm_1', reaction: 'love' }],
    ['❤', { message_id: 'm_1', reaction: 'love' }],
    ['👍', { message_id: 'm_1', reaction: 'like' }],
    ['😂', { message_id: 'm_1', reaction: 'haha' }],
  ])('by %s stands beside a message on Instagram', async (emoji, payload) => {
    const { graph, tell } = await besideMessages('instagram')
    expect(await tell({ ...reaction, emoji })).toEqual(accepted)
    expect(graph.actions).toEqual([{ recipient: { id: marie }, sender_action: 'react', payload }])
  })

  it('is taken away again', async () => {
    const { graph, tell } = await besideMessages('instagram')
    expect(await tell({ ...reaction, emoji: null })).toEqual(accepted)
    expect(graph.actions).toMatchObject([{ sender_action: 'unreact', payload: { message_id: 'm_1' } }])
  })

  it('by a sign that Meta has no word for, or to a message of our own, cannot be shown', async () => {
    const { graph, tell } = await besideMessages('instagram')
    expect(await tell({ ...reaction, emoji: '🪑' })).toBe('a reaction by 🪑')
    expect(await tell({ ...reaction, direction: 'out' })).toBe('a reaction to a message of our own')
    expect(graph.asked).toEqual([])
  })

  it('is none of what Messenger tells', () => {
    expect(messenger().capabilities.signals).not.toContain('Reaction')
    expect(instagram().capabilities.signals).toContain('Reaction')
  })
})
