import type { FileRef, OutboundMessage, SendOutcome } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { instagram, messenger } from '../src/index.ts'
import { type Graph, type GraphOptions, openGraph } from './support/graph.ts'
import { accountOf, at, instagramAccount, instagramId, marie, page, pageSettings } from './support/payloads.ts'

const chair: FileRef = { blob: 'b1', name: 'chaise "1".png', mime: 'image/png', size: 9 }
const bytes = new TextEncoder().encode('PNG bytes')

const outbound = (more: Partial<OutboundMessage> = {}): OutboundMessage => ({
  workspace: 'acme',
  conversation: 'c1',
  seq: 4,
  to: marie,
  cc: [],
  subject: null,
  parts: [{ _tag: 'Text', text: 'Yes, until six.' }],
  sentAt: at + 1_000,
  answers: { externalId: 'm_1', meta: { at } },
  authorName: 'Ana',
  ...more,
})

/** A page at Meta to which Marie has just written. */
const pageAtMeta = async (more: Partial<GraphOptions> = {}): Promise<Graph> => {
  const graph = await openGraph({ node: page, token: pageSettings.token, ...more })
  graph.wrote(marie, at)
  graph.setNow(at + 2_000)
  return graph
}

/** Sends all wires of a message as the engine does, one after the other as long as they are accepted. */
const send = async (
  graph: Graph,
  message: OutboundMessage,
  {
    channel = messenger(),
    settings = {},
    signal = AbortSignal.timeout(60_000),
  }: {
    readonly channel?: ReturnType<typeof messenger>
    readonly settings?: object
    readonly signal?: AbortSignal
  } = {},
): Promise<ReadonlyArray<SendOutcome>> => {
  const account = accountOf({ ...pageSettings, graph: graph.origin, ...settings })
  const rendered = await channel.render(message, account)
  if (rendered._tag === 'Unsupported') throw new Error(`unsupported: ${rendered.feature}`)
  const outcomes: Array<SendOutcome> = []
  for (const [piece, wire] of rendered.wires.entries()) {
    const idempotencyKey = `acme/c1/${message.seq}/${piece}`
    const outcome = await channel.send(wire, account, { idempotencyKey, signal, fetch, blob: async () => bytes })
    outcomes.push(outcome)
    if (outcome._tag !== 'Accepted') break
  }
  return outcomes
}

const graphError = (code: number, subcode?: number, more: object = {}) =>
  JSON.stringify({
    error: { code, ...(subcode === undefined ? {} : { error_subcode: subcode }), message: 'no', ...more },
  })

describe('a text', () => {
  it('goes to the page, as a response, with our key', async () => {
    const graph = await pageAtMeta()
    expect(await send(graph, outbound())).toEqual([{ _tag: 'Accepted', externalId: 'm_out_1' }])
    expect(graph.asked).toEqual([`/v25.0/${page}/messages`])
    expect(graph.taken[0]?.body).toEqual({
      recipient: { id: marie },
      messaging_type: 'RESPONSE',
      message: { text: 'Yes, until six.', metadata: 'acme/c1/4/0' },
    })
  })

  it('quotes the message that it answers, with its first piece', async () => {
    const graph = await pageAtMeta()
    const parts = [{ _tag: 'Text', text: 'word '.repeat(900) }] as const
    await send(graph, outbound({ parts, quote: { externalId: 'm_1', parts: [] } }))
    expect(graph.taken.map(({ body }) => body.reply_to)).toEqual([{ mid: 'm_1' }, undefined, undefined])
  })

  it('proves that it has the secret of the application, where one is set', async () => {
    const graph = await pageAtMeta({ proofSecret: 'shh' })
    expect(await send(graph, outbound(), { settings: { proofSecret: 'shh' } })).toMatchObject([{ _tag: 'Accepted' }])
    expect(await send(graph, outbound())).toMatchObject([{ _tag: 'Rejected', because: 'auth' }])
  })

  it('goes to the version that is asked for', async () => {
    const graph = await pageAtMeta()
    await send(graph, outbound(), { settings: { version: 'v23.0' } })
    expect(graph.asked).toEqual([`/v23.0/${page}/messages`])
  })

  it('reaches a guest by her reference', async () => {
    const graph = await pageAtMeta()
    graph.wrote('user_ref:box-7', at)
    expect(await send(graph, outbound({ to: 'user_ref:box-7' }))).toMatchObject([{ _tag: 'Accepted' }])
    expect(graph.taken[0]?.body.recipient).toEqual({ user_ref: 'box-7' })
  })
})

describe('a file', () => {
  const parts = [
    { _tag: 'Text', text: 'This one' },
    { _tag: 'File', file: chair },
  ] as const

  it('is uploaded, and sent as a message of its own after the words', async () => {
    const graph = await pageAtMeta()
    expect(await send(graph, outbound({ parts }))).toEqual([
      { _tag: 'Accepted', externalId: 'm_out_1' },
      { _tag: 'Accepted', externalId: 'm_out_2' },
    ])
    expect(graph.uploads).toEqual([{ id: 'att_1', type: 'image', name: chair.name, mime: 'image/png', bytes }])
    expect(graph.taken.map(({ body }) => body.message)).toEqual([
      { text: 'This one', metadata: 'acme/c1/4/0' },
      { attachment: { type: 'image', payload: { attachment_id: 'att_1' } }, metadata: 'acme/c1/4/1' },
    ])
  })

  it.each([
    ['no answer that can be read', { status: 502, body: '<html>' }],
    ['no id', { status: 200, body: '{}' }],
    ['an end of the connection', 'resets'],
  ] as const)('whose upload meets %s may be sent again: nobody has seen anything', async (_, turn) => {
    const graph = await pageAtMeta()
    graph.next(turn, 'message_attachments')
    expect(await send(graph, outbound({ parts: parts.slice(1) }))).toMatchObject([{ _tag: 'Retry' }])
    expect(graph.taken).toEqual([])
  })

  it('that is refused at its upload is not sent', async () => {
    const graph = await pageAtMeta()
    graph.next({ status: 400, body: graphError(100, 2018047) }, 'message_attachments')
    expect(await send(graph, outbound({ parts: parts.slice(1) }))).toMatchObject([
      { _tag: 'Rejected', code: '100/2018047', because: 'content' },
    ])
  })

  it('that cannot be read has not been handed over', async () => {
    const graph = await pageAtMeta()
    const account = accountOf({ ...pageSettings, graph: graph.origin })
    const wire = { to: marie, content: { _tag: 'File', kind: 'image', file: chair } } as const
    const blob = () => Promise.reject(new Error('the file is gone'))
    const context = { idempotencyKey: 'k', signal: AbortSignal.timeout(60_000), fetch, blob }
    expect(await messenger().send(wire, account, context)).toMatchObject({ _tag: 'Retry' })
    expect(graph.asked).toEqual([])
  })
})

describe('on Instagram', () => {
  it.each([
    ['linked to a page', page, { page }],
    ['by Instagram Login', instagramId, { page: undefined }],
  ])(
    'a message of an account %s goes there, and its files say for which product',
    async (_, node, { page: linked }) => {
      const graph = await openGraph({
        product: 'instagram',
        node,
        token: instagramAccount.token,
        ...(linked === undefined ? {} : { platform: 'instagram' }),
      })
      graph.wrote(marie, at)
      graph.setNow(at)
      const { page: _page, ...login } = instagramAccount
      const account = accountOf({ ...login, ...(linked === undefined ? {} : { page: linked }), graph: graph.origin })
      const channel = instagram()
      const parts = [
        { _tag: 'Text', text: 'é'.repeat(600) },
        { _tag: 'File', file: chair },
      ] as const
      const rendered = await channel.render(outbound({ parts }), account)
      const wires = rendered._tag === 'Rendered' ? rendered.wires : []
      for (const wire of wires) {
        const context = { idempotencyKey: 'k', signal: AbortSignal.timeout(60_000), fetch, blob: async () => bytes }
        expect(await channel.send(wire, account, context)).toMatchObject({ _tag: 'Accepted' })
      }
      expect(graph.taken.map(({ body }) => Buffer.byteLength(body.message?.text ?? ''))).toEqual([1000, 200, 0])
      expect(graph.asked.at(-1)).toBe(`/v25.0/${node}/messages`)
    },
  )

  it('our key is left out where the account says so', async () => {
    const graph = await openGraph({ product: 'instagram', node: page, token: instagramAccount.token })
    graph.wrote(marie, at)
    graph.setNow(at)
    const account = accountOf({ ...instagramAccount, graph: graph.origin, metadata: false })
    const wire = { to: marie, content: { _tag: 'Message', message: { text: 'Hello' } } } as const
    const context = { idempotencyKey: 'k', signal: AbortSignal.timeout(60_000), fetch, blob: async () => bytes }
    expect(await instagram().send(wire, account, context)).toMatchObject({ _tag: 'Accepted' })
    expect(graph.taken[0]?.body.message).toEqual({ text: 'Hello' })
  })
})

describe('G19 the window', () => {
  const hour = 3_600_000
  const late = (hours: number, more: Partial<OutboundMessage> = {}) => outbound({ sentAt: at + hours * hour, ...more })

  it.each([
    [23, 'RESPONSE'],
    [25, 'MESSAGE_TAG'],
    [167, 'MESSAGE_TAG'],
  ])('%i hours after the customer wrote an agent answers by %s', async (hours, type) => {
    const graph = await pageAtMeta()
    graph.setNow(at + hours * hour)
    expect(await send(graph, late(hours))).toMatchObject([{ _tag: 'Accepted' }])
    expect(graph.taken[0]?.body.messaging_type).toBe(type)
  })

  it('is closed to a bot after a day: what it says is never passed off as a person’s', async () => {
    const graph = await pageAtMeta()
    graph.setNow(at + 25 * hour)
    const { authorName: _, ...bot } = late(25)
    expect(await send(graph, bot)).toMatchObject([{ _tag: 'Rejected', code: '10/2018278', because: 'window' }])
  })

  it('is closed to agents as well where the application may not use the tag', async () => {
    const graph = await pageAtMeta()
    graph.setNow(at + 25 * hour)
    const channel = messenger({ humanAgent: false })
    expect(channel.capabilities.window).toEqual({ hours: 24, templates: false, reactions: true })
    expect(await send(graph, late(25), { channel })).toMatchObject([{ _tag: 'Rejected', because: 'window' }])
  })
})

describe('what the Graph API says', () => {
  it.each([
    [4, undefined, { _tag: 'Retry', scope: 'account' }],
    [4, 2018022, { _tag: 'Retry', scope: 'message' }],
    [17, undefined, { _tag: 'Retry', scope: 'account' }],
    [32, undefined, { _tag: 'Retry', scope: 'account' }],
    [341, undefined, { _tag: 'Retry', scope: 'account' }],
    [613, 2018338, { _tag: 'Retry', scope: 'account' }],
    [80001, undefined, { _tag: 'Retry', scope: 'account' }],
    [80014, undefined, { _tag: 'Retry', scope: 'account' }],
    [80015, undefined, { _tag: 'Rejected', code: '80015' }],
    [-1, undefined, { _tag: 'Retry', scope: 'message' }],
    [1, undefined, { _tag: 'Retry', scope: 'message' }],
    [2, undefined, { _tag: 'Retry', scope: 'message' }],
    [1200, undefined, { _tag: 'Retry', scope: 'message' }],
    [1357046, undefined, { _tag: 'Ambiguous' }],
    [2, 1357046, { _tag: 'Ambiguous' }],
    [10, 2018278, { _tag: 'Rejected', because: 'window' }],
    [10, 2018065, { _tag: 'Rejected', because: 'window' }],
    [10, 2534022, { _tag: 'Rejected', because: 'window' }],
    [1545041, undefined, { _tag: 'Rejected', because: 'window' }],
    [10, 1545041, { _tag: 'Rejected', because: 'recipient' }],
    [551, 1545041, { _tag: 'Rejected', because: 'recipient' }],
    [200, 1545041, { _tag: 'Rejected', because: 'recipient' }],
    [551, undefined, { _tag: 'Rejected', because: 'recipient' }],
    [100, 2018001, { _tag: 'Rejected', because: 'recipient' }],
    [10, 2018108, { _tag: 'Rejected', because: 'recipient' }],
    [230, undefined, { _tag: 'Rejected', because: 'recipient' }],
    [100, undefined, { _tag: 'Rejected', because: 'content', code: '100' }],
    [100, 2018109, { _tag: 'Rejected', because: 'content' }],
    [100, 2018047, { _tag: 'Rejected', because: 'content' }],
    [100, 2018007, { _tag: 'Rejected', because: 'content' }],
    [190, 463, { _tag: 'Rejected', because: 'auth', code: '190/463' }],
    [190, 467, { _tag: 'Rejected', because: 'auth' }],
    [102, undefined, { _tag: 'Rejected', because: 'auth' }],
    [10, undefined, { _tag: 'Rejected', because: 'auth' }],
    [200, 2018028, { _tag: 'Rejected', because: 'auth' }],
    [299, undefined, { _tag: 'Rejected', because: 'auth' }],
    [10, 1893063, { _tag: 'Rejected', because: 'account' }],
    [368, undefined, { _tag: 'Rejected', because: 'account' }],
    [10303, undefined, { _tag: 'Rejected', because: 'account' }],
    [10, 2018300, { _tag: 'Rejected', code: '10/2018300' }],
    [99_999, undefined, { _tag: 'Rejected', code: '99999' }],
  ])('%i/%s', async (code, subcode, outcome) => {
    const graph = await pageAtMeta()
    graph.next({ status: 400, body: graphError(code, subcode) })
    const [found] = await send(graph, outbound())
    expect(found).toMatchObject(outcome)
    if (!('because' in outcome)) expect(found).not.toHaveProperty('because')
  })

  it('of an error that nobody knows decides itself whether it passes', async () => {
    const graph = await pageAtMeta()
    graph.next({ status: 500, body: graphError(99_999, undefined, { is_transient: true }) })
    expect(await send(graph, outbound())).toMatchObject([{ _tag: 'Retry' }])
  })
})

describe('G17 what goes wrong on the way', () => {
  it.each([
    ['a time-out after it was written', { takes: 'hangs' }, { _tag: 'Ambiguous' }, 1],
    ['an end of the connection after it was taken', { takes: 'resets' }, { _tag: 'Ambiguous' }, 1],
    ['an end of the connection', 'resets', { _tag: 'Ambiguous' }, 0],
    [
      '429 with Retry-After',
      { status: 429, body: '', headers: { 'retry-after': '30' } },
      { _tag: 'Retry', scope: 'account', afterMs: 30_000 },
      0,
    ],
    ['429 without Retry-After', { status: 429, body: '' }, { _tag: 'Retry', scope: 'account' }, 0],
    [
      'a throttle with Retry-After',
      { status: 400, body: graphError(613), headers: { 'retry-after': '5' } },
      { _tag: 'Retry', scope: 'account', afterMs: 5_000 },
      0,
    ],
    ['408', { status: 408, body: '' }, { _tag: 'Ambiguous' }, 0],
    ['425', { status: 425, body: '' }, { _tag: 'Retry', scope: 'message' }, 0],
    [
      '400 that breaks off before its code',
      { status: 400, body: '{"error":', headers: { 'content-length': '100' } },
      { _tag: 'Retry', scope: 'message' },
      0,
    ],
    ['500 with nonsense', { status: 500, body: '<html>' }, { _tag: 'Ambiguous' }, 0],
    ['503', { status: 503, body: '' }, { _tag: 'Ambiguous' }, 0],
    ['200 with nonsense', { status: 200, body: 'OK' }, { _tag: 'Ambiguous' }, 0],
    ['200 without an id', { status: 200, body: '{"recipient_id":"1"}' }, { _tag: 'Ambiguous' }, 0],
    ['200 with an error', { status: 200, body: graphError(190) }, { _tag: 'Rejected', because: 'auth' }, 0],
    ['401 with nonsense', { status: 401, body: '' }, { _tag: 'Rejected', because: 'auth' }, 0],
    ['413', { status: 413, body: '' }, { _tag: 'Rejected', because: 'content' }, 0],
    ['404', { status: 404, body: '' }, { _tag: 'Rejected', code: '404', because: 'account' }, 0],
    [
      'a redirect',
      { status: 302, body: '', headers: { location: '/' } },
      { _tag: 'Rejected', code: '302', because: 'account' },
      0,
    ],
  ] as const)('%s is never a message that was sent for sure', async (_, turn, outcome, taken) => {
    const graph = await pageAtMeta()
    graph.next(turn)
    const stop = new AbortController()
    const heard = graph.whenAsked()
    const sending = send(graph, outbound(), { signal: stop.signal })
    await heard
    if (typeof turn === 'object' && 'takes' in turn && turn.takes === 'hangs') stop.abort()
    const [found, ...more] = await sending
    expect(found).toMatchObject(outcome)
    if (!('afterMs' in outcome)) expect(found).not.toHaveProperty('afterMs')
    expect(more).toEqual([])
    expect(graph.taken).toHaveLength(taken)
  })

  it('an expired token is said to be one', async () => {
    const graph = await pageAtMeta()
    graph.setToken('another')
    expect(await send(graph, outbound())).toMatchObject([{ _tag: 'Rejected', code: '190/463', because: 'auth' }])
  })

  it('a provider that cannot be reached has been told nothing', async () => {
    const graph = await pageAtMeta()
    const settings = { graph: 'http://127.0.0.1:1' }
    expect(await send(graph, outbound(), { settings })).toMatchObject([{ _tag: 'Retry' }])
  })
})
