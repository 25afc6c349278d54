import type { FileRef, Part, SendContext, SendOutcome } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { whatsApp, type WhatsAppSettings } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { type Fate, type GraphServer, openGraph } from './support/graph-server.ts'
import { zoesAddress } from './support/webhook.ts'

const channel = whatsApp()

const text: Part = { _tag: 'Text', text: 'It left today.' }
const picture: Part = { _tag: 'File', file: { blob: 'b1', name: 'chair.png', mime: 'image/png', size: 4 } }
const bytes = Uint8Array.of(137, 80, 78, 71)

/** What sending the first message of some parts comes to. */
const sent = async (
  graph: GraphServer,
  parts: ReadonlyArray<Part>,
  more: Partial<SendContext> = {},
  settings: Partial<WhatsAppSettings> = {},
): Promise<SendOutcome> => {
  const account = accountWith({ graphOrigin: graph.origin, ...settings })
  const rendered = await channel.render(
    { workspace: 'acme', conversation: 'c', seq: 2, to: zoesAddress, cc: [], subject: null, parts, sentAt: 0 },
    account,
  )
  const [wire] = rendered._tag === 'Rendered' ? rendered.wires : []
  if (wire === undefined) throw new Error('nothing to send')
  return channel.send(wire, account, {
    idempotencyKey: 'acme/c/2/0',
    signal: new AbortController().signal,
    fetch,
    blob: async (_: FileRef) => bytes,
    ...more,
  })
}

const error = (
  code: number,
  more: object = {},
  status = 400,
  headers: Readonly<Record<string, string>> = {},
): Fate => ({
  status,
  headers,
  body: JSON.stringify({ error: { message: `(#${code}) No`, code, fbtrace_id: 'Az8', ...more } }),
})

const meeting = async (fate: Fate, parts: ReadonlyArray<Part> = [text]): Promise<SendOutcome> => {
  const graph = await openGraph()
  graph.script('messages', fate)
  const outcome = await sent(graph, parts)
  expect(graph.sent).toEqual([])
  return outcome
}

describe('a message that is sent', () => {
  it('is accepted with its id, and carries our key', async () => {
    const graph = await openGraph()
    const outcome = await sent(graph, [text])
    const [message] = graph.sent
    expect(outcome).toEqual({ _tag: 'Accepted', externalId: message?.id })
    expect(message?.body).toMatchObject({
      to: '16505551234',
      text: { body: 'It left today.' },
      biz_opaque_callback_data: 'acme/c/2/0',
    })
    expect(graph.asked[0]?.headers).toMatchObject({ authorization: 'Bearer EAAtest', 'user-agent': 'guichet' })
  })

  it('carries no key that is too long to come back', async () => {
    const graph = await openGraph()
    await sent(graph, [text], { idempotencyKey: 'k'.repeat(513) })
    expect(graph.sent[0]?.body).not.toHaveProperty('biz_opaque_callback_data')
  })

  it('has its file uploaded before', async () => {
    const graph = await openGraph()
    expect(await sent(graph, [text, picture])).toMatchObject({ _tag: 'Accepted' })
    const [[id, file] = []] = graph.files
    expect(file).toEqual({ bytes, mime: 'image/png' })
    expect(graph.sent[0]?.body).toMatchObject({ type: 'image', image: { id, caption: 'It left today.' } })
  })
})

describe('G17 a message whose fate is unknown is in doubt', () => {
  it('after a time-out when the request was written', async () => {
    const graph = await openGraph()
    graph.script('messages', 'hangs')
    const deadline = new AbortController()
    const sending = sent(graph, [text], { signal: deadline.signal })
    await expect.poll(() => graph.asked.length).toBe(1)
    deadline.abort(new Error('no answer in time'))
    expect(await sending).toMatchObject({ _tag: 'Ambiguous' })
  })

  it('after a connection that was reset', async () => {
    expect(await meeting('resets')).toMatchObject({ _tag: 'Ambiguous' })
  })

  it.each([500, 502, 503, 504, 408])('after %i without a code', async (status) => {
    expect(await meeting({ status, body: '<html>' })).toMatchObject({ _tag: 'Ambiguous' })
  })

  it.each(['', '<html>', '{}', '{"messages":[]}', '{"messages":[{"id":""}]}', '{"messages":'])(
    'after a yes and nonsense: %j',
    async (body) => {
      expect(await meeting({ status: 200, body })).toMatchObject({ _tag: 'Ambiguous' })
    },
  )

  it.each(['held_for_quality_assessment', 'paused'])('while WhatsApp holds it back: %s', async (message_status) => {
    const body = JSON.stringify({ messages: [{ id: 'wamid.1', message_status }] })
    expect(await meeting({ status: 200, body })).toMatchObject({ _tag: 'Ambiguous' })
  })

  it('and one that is only accepted is accepted', async () => {
    const body = JSON.stringify({ messages: [{ id: 'wamid.1', message_status: 'accepted' }] })
    expect(await meeting({ status: 200, body })).toEqual({ _tag: 'Accepted', externalId: 'wamid.1' })
  })
})

describe('G17 a message that was not taken comes again', () => {
  it('when nobody is there', async () => {
    const graph = await openGraph()
    expect(await sent(graph, [text], {}, { graphOrigin: 'http://127.0.0.1:1' })).toMatchObject({ _tag: 'Retry' })
    expect(graph.asked).toEqual([])
  })

  it('after 429, when it says so, and in our own time when it does not', async () => {
    const headers = { 'retry-after': '7' }
    expect(await meeting({ status: 429, headers })).toEqual({
      _tag: 'Retry',
      reason: 'too many requests',
      afterMs: 7000,
      scope: 'account',
    })
    expect(await meeting({ status: 429, body: '{}' })).toEqual({
      _tag: 'Retry',
      reason: 'too many requests',
      scope: 'account',
    })
    expect(await meeting(error(130_429, {}, 400, headers))).toMatchObject({ _tag: 'Retry', afterMs: 7000 })
  })

  const second = 1000
  it.each<[number, 'account' | 'message', number | undefined]>([
    ...[4, 613, 80_007, 130_429, 133_016].map((code) => [code, 'account', undefined] as [number, 'account', undefined]),
    [131_048, 'account', 3600 * second],
    [131_064, 'account', 3600 * second],
    [131_056, 'message', 6 * second],
    [131_049, 'message', 24 * 3600 * second],
    ...[1, 2, 131_000, 131_016, 131_053, 132_069, 133_004].map(
      (code) => [code, 'message', undefined] as [number, 'message', undefined],
    ),
    [131_057, 'account', 60 * second],
    [134_101, 'message', 600 * second],
  ])('after error %i, for the %s', async (code, scope, afterMs) => {
    for (const status of [400, 429, 500]) {
      const outcome = await meeting(error(code, {}, status))
      expect(outcome).toMatchObject({ _tag: 'Retry', scope })
      expect('afterMs' in outcome ? outcome.afterMs : undefined).toBe(afterMs)
    }
  })

  it('when it came too early, and when the reason of a refusal breaks off before its code is there', async () => {
    expect(await meeting({ status: 425 })).toMatchObject({ _tag: 'Retry' })
    const body = '{"error":{"message":"(#130'
    expect(await meeting({ status: 400, body, breaksOff: true })).toMatchObject({ _tag: 'Retry' })
  })

  it('after an unknown error that says it will pass', async () => {
    expect(await meeting(error(987_654, { is_transient: true }))).toMatchObject({ _tag: 'Retry' })
  })

  it.each<[string, Fate]>([
    ['reset', 'resets'],
    ['failed', { status: 500, body: '<html>' }],
    ['answered with nonsense', { status: 200, body: '{}' }],
  ])('when its file could not be handed over: %s', async (_, fate) => {
    const graph = await openGraph()
    graph.script('media', fate)
    expect(await sent(graph, [picture])).toMatchObject({ _tag: 'Retry' })
    expect(graph.asked.map(({ place }) => place)).toEqual(['media'])
  })

  it('when its file cannot be read', async () => {
    const graph = await openGraph()
    const blob = () => Promise.reject(new Error('the disk is away'))
    expect(await sent(graph, [picture], { blob })).toEqual({ _tag: 'Retry', reason: 'the disk is away' })
  })
})

describe('a message that is refused is refused for good', () => {
  it.each([
    ...[470, 131_047].map((code) => [code, 'window'] as const),
    [131_050, 'optedOut'] as const,
    ...[130_403, 130_472, 131_021, 131_026, 131_030, 131_062, 137_000].map((code) => [code, 'recipient'] as const),
    ...[100, 131_008, 131_009, 131_051, 131_052, 131_055, 131_063].map((code) => [code, 'content'] as const),
    ...[132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016, 132_018, 132_068].map(
      (code) => [code, 'content'] as const,
    ),
    ...[134_100, 134_102].map((code) => [code, 'content'] as const),
    ...[0, 3, 10, 33, 190, 200, 299, 131_005].map((code) => [code, 'auth'] as const),
    ...[368, 130_497, 131_031, 131_037, 131_042, 131_044, 131_045].map((code) => [code, 'account'] as const),
  ])('by error %i, because of its %s', async (code, because) => {
    expect(await meeting(error(code))).toEqual({
      _tag: 'Rejected',
      code: String(code),
      reason: `(#${code}) No (Az8)`,
      because,
    })
  })

  it('G19 by a parameter that is wrong only because the window is closed', async () => {
    const details = { error_data: { details: 'Message must be template' } }
    expect(await meeting(error(100, details))).toMatchObject({ _tag: 'Rejected', because: 'window' })
  })

  it('with the details, as an object and as a text', async () => {
    expect(await meeting(error(131_026, { error_data: { details: 'No such user' } }))).toMatchObject({
      reason: '(#131026) No: No such user (Az8)',
    })
    expect(await meeting(error(131_026, { error_data: 'No such user' }))).toMatchObject({
      reason: '(#131026) No: No such user (Az8)',
    })
  })

  it('by an expired token, before anything else is looked at', async () => {
    const graph = await openGraph()
    graph.token = 'EAAnew'
    expect(await sent(graph, [text])).toMatchObject({ _tag: 'Rejected', code: '190', because: 'auth' })
    expect(await sent(graph, [picture])).toMatchObject({ _tag: 'Rejected', code: '190', because: 'auth' })
    expect(graph.sent).toEqual([])
  })

  it('by an error that nobody knows, and by what is no Graph API at all', async () => {
    expect(await meeting(error(987_654))).toEqual({ _tag: 'Rejected', code: '987654', reason: '(#987654) No (Az8)' })
    expect(await meeting({ status: 400, body: '<html>' })).toMatchObject({ _tag: 'Rejected', code: 'http400' })
    expect(await meeting({ status: 404 })).toMatchObject({ _tag: 'Rejected', because: 'account' })
    expect(await meeting({ status: 302, headers: { location: '/' } })).toMatchObject({
      _tag: 'Rejected',
      because: 'account',
    })
    expect(await meeting({ status: 403 })).toMatchObject({ _tag: 'Rejected', because: 'auth' })
  })
})
