import { hmac } from '@guichet/channel-kit'
import { type ChannelHarness, channelCases, titleOf } from '@guichet/conformance'
import type { WireRequest } from '@guichet/engine/ports'
import { describe, test } from 'vitest'
import { type ExampleChannelSettings, type ExampleChannelWire, exampleChannel } from '../src/index.ts'

const account = (id: string, secret: string) => ({
  workspace: 'acme',
  id,
  name: id,
  settings: { secrets: [secret], token: 'a token', url: 'https://provider.example/messages' },
})

const request = (...events: ReadonlyArray<unknown>): WireRequest => ({
  method: 'POST',
  url: 'https://desk.example/hooks/example-channel',
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify({ events })),
})

const harness: ChannelHarness<ExampleChannelSettings, ExampleChannelWire> = {
  account: account('main', 'a secret'),
  other: account('other', 'another secret'),
  address: 'zoe',
  samples: [
    { name: 'a message', request: request({ id: 'm1', from: 'zoe', text: 'Bonjour', at: 1_767_268_800_000 }) },
    { name: 'a report', request: request({ id: 'out-1', status: 'delivered' }) },
  ],
  sign: (unsigned, { settings: { secrets } }) => ({
    ...unsigned,
    headers: { ...unsigned.headers, 'x-signature': hmac('sha256', secrets[0] ?? '', unsigned.body, 'hex') },
  }),
  batch: (texts) => request(...texts.map((text, at) => ({ id: `m${at}`, from: 'zoe', text }))),
  reports: ['sent', 'delivered', 'read'].map((status) => request({ id: 'out-1', status })),
  wires: { text: ({ text }) => text, size: ({ text }) => text.length, limit: 1_000 },
  provider: { accepts: () => ({ status: 200, body: '{"id":"out-1"}' }), externalId: 'out-1' },
}

describe('what every channel must do', () => {
  for (const each of channelCases(exampleChannel, harness)) test(titleOf(each), each.run)
})
