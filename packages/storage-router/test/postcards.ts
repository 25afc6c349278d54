import { type Channel, type InboundEvent, defineChannel } from '@guichet/engine/ports'

/** The least a channel can be: one message a request in, and what it was given to send. */
export const postcards = (sent: Array<string>): Channel =>
  defineChannel<unknown, string>({
    name: 'postcards',
    spi: 1,
    capabilities: {
      threading: 'contact',
      webhook: true,
      live: false,
      idempotentSend: true,
      html: false,
      subject: false,
      cc: false,
      edit: false,
      delete: false,
      receipts: false,
      typing: false,
      files: { max: 0, maxBytes: 0, types: [] },
    },
    settings: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } },
    verify: () => true,
    parse: ({ body }): ReadonlyArray<InboundEvent> => {
      const text = new TextDecoder().decode(body)
      const from = { address: 'claire' }
      return [{ _tag: 'MessageReceived', externalId: text, from, parts: [{ _tag: 'Text', text }], sentAt: 0 }]
    },
    render: ({ parts }) => ({
      _tag: 'Rendered',
      wires: parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])),
    }),
    send: (wire) => {
      sent.push(wire)
      return { _tag: 'Accepted', externalId: `sent ${sent.length}` }
    },
  }) as Channel

export const postcard = (text: string): Request =>
  new Request('http://host.test/', {
    method: 'POST',
    body: text,
    headers: { 'content-length': String(new TextEncoder().encode(text).length) },
  })
