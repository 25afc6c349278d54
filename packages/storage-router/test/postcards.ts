import type { Channel } from '@guichet/engine/ports'
import { plainChannel } from '../../../tooling/channels/plain-channel.ts'

/** The least a channel can be: one message a request in, what it was given to send, and where it was connected. */
export const postcards = (sent: Array<string>, connected: Array<string> = []): Channel =>
  plainChannel({
    name: 'postcards',
    capabilities: { idempotentSend: true, live: true },
    connect: async ({ workspace }) => {
      connected.push(workspace)
    },
    parse: ({ body }) => {
      const text = new TextDecoder().decode(body)
      const from = { address: 'claire' }
      return [{ _tag: 'MessageReceived', externalId: text, from, parts: [{ _tag: 'Text', text }], sentAt: 0 }]
    },
    send: (wire) => {
      sent.push(wire)
      return { _tag: 'Accepted', externalId: `sent ${sent.length}` }
    },
  })

export const postcard = (text: string): Request =>
  new Request('http://host.test/', {
    method: 'POST',
    body: text,
    headers: { 'content-length': String(new TextEncoder().encode(text).length) },
  })
