import { type Channel, defineChannel, type InboundEvent } from '@guichet/engine/ports'
import type { Handed } from './asked.ts'

/** The least that a channel can be. What is `exact` may hand a message over again, under the same key. */
export const channelTo = (hand: (handed: Handed) => Promise<void>, exact: boolean): Channel =>
  defineChannel<unknown, string>({
    name: exact ? 'exact' : 'plain',
    spi: 1,
    capabilities: {
      threading: 'contact',
      webhook: true,
      live: false,
      idempotentSend: exact,
      html: false,
      subject: false,
      cc: false,
      edit: false,
      delete: false,
      receipts: false,
      typing: false,
      files: { max: 0, maxBytes: 0, types: [] },
    },
    settings: { '~standard': { version: 1, vendor: 'guichet', validate: (value) => ({ value }) } },
    verify: () => true,
    parse: ({ body }): ReadonlyArray<InboundEvent> => {
      const { id, from, text } = JSON.parse(new TextDecoder().decode(body))
      return [{ _tag: 'MessageReceived', externalId: id, from: { address: from }, parts: [{ _tag: 'Text', text }] }]
    },
    render: ({ parts }) => ({
      _tag: 'Rendered',
      wires: parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])),
    }),
    send: async (text, { id }, { idempotencyKey }) => {
      await hand({ account: id, key: idempotencyKey, text })
      return { _tag: 'Accepted' }
    },
  })
