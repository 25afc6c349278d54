import type { Channel, InboundEvent } from '@guichet/engine/ports'
import { plainChannel } from '../../../../tooling/channels/plain-channel.ts'
import type { Handed } from './asked.ts'

/** The least that a channel can be. What is `exact` may hand a message over again, under the same key. */
export const channelTo = (hand: (handed: Handed) => Promise<void>, exact: boolean): Channel<unknown, string> =>
  plainChannel({
    name: exact ? 'exact' : 'plain',
    capabilities: { idempotentSend: exact },
    parse: ({ body }): ReadonlyArray<InboundEvent> => {
      const { id, from, text } = JSON.parse(new TextDecoder().decode(body))
      return [{ _tag: 'MessageReceived', externalId: id, from: { address: from }, parts: [{ _tag: 'Text', text }] }]
    },
    send: async (text, { id }, { idempotencyKey }) => {
      await hand({ account: id, key: idempotencyKey, text })
      return { _tag: 'Accepted' }
    },
  })
