import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  type ChannelAccount,
  defineChannel,
  type InboundEvent,
  type InboundPart,
  type StandardSchema,
  type WireRequest,
} from '@guichet/engine/ports'
import { plainCapabilities } from '../../../tooling/channels/plain-channel.ts'
import type { ChannelHarness } from '../src/index.ts'

/** A channel as small as one can be: signed JSON comes in, texts go out. */
export interface PagerSettings {
  readonly secret: string
}
export interface PagerWire {
  readonly to: string
  readonly text: string
  readonly signal?: string
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const settings: StandardSchema<PagerSettings> = {
  '~standard': {
    version: 1,
    vendor: 'pager',
    validate: (value) =>
      isRecord(value) && typeof value['secret'] === 'string' && value['secret'] !== ''
        ? { value: { secret: value['secret'] } }
        : { issues: [{ message: 'a secret is required', path: ['secret'] }] },
  },
}

const signature = (body: Uint8Array, secret: string): string => createHmac('sha256', secret).update(body).digest('hex')

const steps = ['sent', 'delivered', 'read'] as const

const mediaOf = (media: unknown): ReadonlyArray<InboundPart> =>
  isRecord(media) && typeof media['id'] === 'string' && typeof media['sha256'] === 'string'
    ? [
        {
          _tag: 'RemoteFile',
          file: { name: 'chair.png', mime: 'image/png', sha256: media['sha256'], remote: { id: media['id'] } },
        },
      ]
    : []

const parsed = (text: string): any => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const read = (one: unknown, raw: Uint8Array): InboundEvent => {
  if (!isRecord(one)) return { _tag: 'Unreadable', reason: 'no event', raw }
  const { from, text, id, media } = one
  const status = steps.find((step) => step === one['status'])
  if (status !== undefined && typeof id === 'string' && id !== '') {
    return { _tag: 'DeliveryReported', externalId: id, status }
  }
  if (typeof from !== 'string' || typeof text !== 'string' || from === '') {
    return { _tag: 'Unreadable', reason: 'no sender or no text', raw }
  }
  return {
    _tag: 'MessageReceived',
    from: { address: from },
    parts: [{ _tag: 'Text', text }, ...mediaOf(media)],
    ...(typeof id === 'string' ? { externalId: id } : {}),
  }
}

export const limit = 160

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** In code units, cut between what a reader takes for one character each. */
const chunks = (text: string): ReadonlyArray<string> => {
  const all: Array<string> = []
  for (const { segment } of segmenter.segment(text)) {
    const last = all.at(-1)
    if (last === undefined || last.length + segment.length > limit) all.push(segment)
    else all[all.length - 1] = last + segment
  }
  return all.length === 0 ? [''] : all
}

const base = 'https://pager.example'

export const pager = defineChannel<PagerSettings, PagerWire>({
  name: 'pager',
  spi: 1,
  capabilities: {
    ...plainCapabilities,
    receipts: true,
    maxTextLength: 1_600,
    signals: ['Read', 'Typing', 'Reaction', 'Control'],
    profiles: true,
  },
  settings,
  verify: (request, account) => {
    const given = Buffer.from(request.headers['x-signature'] ?? '')
    const wanted = Buffer.from(signature(request.body, account.settings.secret))
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  },
  parse: (request) => {
    const unreadable: InboundEvent = { _tag: 'Unreadable', reason: 'not a list in JSON', raw: request.body.slice() }
    try {
      const batch: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body))
      return Array.isArray(batch) ? batch.map((one) => read(one, request.body.slice())) : [unreadable]
    } catch {
      return [unreadable]
    }
  },
  render: (message) => {
    if (message.parts.some((part) => part._tag === 'File')) return { _tag: 'Unsupported', feature: 'files' }
    const texts = message.parts.flatMap((part) => (part._tag === 'Text' ? chunks(part.text) : []))
    return { _tag: 'Rendered', wires: texts.map((text) => ({ to: message.to, text })) }
  },
  send: async (wire, _, { fetch, signal }) => {
    if (signal.aborted) return { _tag: 'Retry', reason: 'stopped before it began' }
    const response = await fetch(`${base}/send`, { method: 'POST', body: JSON.stringify(wire), signal })
    const body = await response.text()
    if (response.ok) {
      const id = isRecord(parsed(body)) ? parsed(body)['id'] : undefined
      return typeof id === 'string'
        ? { _tag: 'Accepted', externalId: id }
        : { _tag: 'Ambiguous', reason: 'taken, without an id' }
    }
    const reason = `answered ${response.status}`
    if (response.status >= 500) return { _tag: 'Retry', reason }
    if (response.status !== 429) return { _tag: 'Rejected', code: String(response.status), reason }
    return { _tag: 'Retry', reason, afterMs: Number(response.headers.get('retry-after') ?? 0) * 1_000 }
  },
  signal: (signal) => ({ _tag: 'Rendered', wires: [{ to: signal.to, text: '', signal: JSON.stringify(signal) }] }),
  profile: async (address, _, { fetch, signal }) => {
    const response = await fetch(`${base}/people/${encodeURIComponent(address)}`, { signal })
    if (response.status === 404) return { _tag: 'Unknown' }
    const body = parsed(await response.text())
    const name = isRecord(body) ? body['name'] : undefined
    return response.ok && typeof name === 'string'
      ? { _tag: 'Found', name }
      : { _tag: 'Retry', reason: `answered ${response.status}` }
  },
  handshake: ({ method, url }, { settings: { secret } }) => {
    const asked = new URL(url).searchParams
    if (method !== 'GET' || !asked.has('challenge')) return undefined
    return asked.get('token') === secret ? { status: 200, body: asked.get('challenge') ?? '' } : { status: 403 }
  },
  fetchFile: async ({ remote, sha256 }, _, { fetch, signal, maxBytes }) => {
    const id = isRecord(remote) ? String(remote['id']) : ''
    const response = await fetch(`${base}/media/${id}`, { signal })
    const reason = `answered ${response.status}`
    if (response.status === 404) return { _tag: 'Gone', reason }
    if (!response.ok) return { _tag: 'Retry', reason }
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.byteLength > maxBytes) return { _tag: 'Gone', reason: 'too large' }
    return sha256 === digest(bytes) ? { _tag: 'Fetched', bytes } : { _tag: 'Retry', reason: 'other bytes' }
  },
})

const account: ChannelAccount<PagerSettings> = {
  workspace: 'acme',
  id: 'pager',
  name: 'Pager',
  settings: { secret: 'a secret of the test' },
}

const request = (value: unknown): WireRequest => ({
  method: 'POST',
  url: 'https://example.org/hook',
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(value)),
})

const picture = Uint8Array.of(137, 80, 78, 71)
const asks = (token: string): WireRequest => ({
  ...request([]),
  method: 'GET',
  url: `https://example.org/hook?challenge=1158201444&token=${encodeURIComponent(token)}`,
})

export const pagerHarness: ChannelHarness<PagerSettings, PagerWire> = {
  account,
  address: '0790000000',
  samples: [
    { name: 'one message', request: request([{ id: '1', from: '0790000000', text: 'Bonjour' }]) },
    {
      name: 'two messages',
      request: request([
        { from: '0790000000', text: 'é' },
        { from: '0790000001', text: '' },
      ]),
    },
    {
      name: 'a message with a picture',
      request: request([{ id: '2', from: '0790000000', text: 'look', media: { id: 'm1', sha256: digest(picture) } }]),
    },
    { name: 'a report', request: request([{ id: 'out-1', status: 'delivered' }]) },
  ],
  sign: (unsigned, { settings: { secret } }) => ({
    ...unsigned,
    headers: { ...unsigned.headers, 'x-signature': signature(unsigned.body, secret) },
  }),
  other: { ...account, id: 'other', settings: { secret: 'a secret of another account' } },
  batch: (texts) => request(texts.map((text, n) => ({ id: `b${n}`, from: '0790000000', text }))),
  reports: steps.map((status) => request([{ id: 'out-1', status }])),
  wires: { text: ({ text }) => text, size: ({ text }) => text.length, limit },
  provider: { accepts: () => ({ status: 200, body: JSON.stringify({ id: 'out-1' }) }), externalId: 'out-1' },
  handshake: {
    asks: asks(account.settings.secret),
    answer: { status: 200, body: '1158201444' },
    forged: asks('a guess'),
  },
  profile: { knows: { name: 'Zoé' }, serves: () => ({ status: 200, body: '{"name":"Zoé"}' }) },
  file: {
    file: { name: 'chair.png', mime: 'image/png', sha256: digest(picture), remote: { id: 'm1' } },
    bytes: picture,
    serves: ({ path }, bytes) => (path === '/media/m1' ? { status: 200, body: bytes } : { status: 404 }),
  },
}
