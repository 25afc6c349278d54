import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  type ChannelAccount,
  defineChannel,
  type InboundEvent,
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

const read = (one: unknown, raw: Uint8Array): InboundEvent => {
  if (!isRecord(one) || typeof one['from'] !== 'string' || typeof one['text'] !== 'string' || one['from'] === '') {
    return { _tag: 'Unreadable', reason: 'no sender or no text', raw }
  }
  return {
    _tag: 'MessageReceived',
    from: { address: one['from'] },
    parts: [{ _tag: 'Text', text: one['text'] }],
    ...(typeof one['id'] === 'string' ? { externalId: one['id'] } : {}),
  }
}

const chunks = (text: string): ReadonlyArray<string> =>
  [...text].length <= 160 ? [text] : [[...text].slice(0, 160).join(''), ...chunks([...text].slice(160).join(''))]

export const pager = defineChannel<PagerSettings, PagerWire>({
  name: 'pager',
  spi: 1,
  capabilities: { ...plainCapabilities, maxTextLength: 160 },
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
    const response = await fetch('https://pager.example/send', { method: 'POST', body: JSON.stringify(wire), signal })
    return response.ok ? { _tag: 'Accepted' } : { _tag: 'Retry', reason: `status ${response.status}` }
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

export const pagerHarness: ChannelHarness<PagerSettings> = {
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
  ],
  sign: (unsigned, { settings: { secret } }) => ({
    ...unsigned,
    headers: { ...unsigned.headers, 'x-signature': signature(unsigned.body, secret) },
  }),
}
