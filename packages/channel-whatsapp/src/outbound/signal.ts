import type { ChannelAccount, Rendered, Signal } from '@guichet/engine/ports'
import { recipientOf } from '../inbound/address.ts'
import { groupPrefix } from '../inbound/group.ts'
import type { WhatsAppSettings } from '../settings/settings.ts'
import type { WhatsAppWire } from './wire.ts'

/** The signals of WhatsApp. */
export const signals = ['Read', 'Typing', 'Reaction'] as const satisfies ReadonlyArray<Signal['_tag']>

const one = (body: WhatsAppWire['body']): Rendered<WhatsAppWire> => ({ _tag: 'Rendered', wires: [{ body }] })
const nothing: Rendered<WhatsAppWire> = { _tag: 'Rendered', wires: [] }

const read = (id: string, more: WhatsAppWire['body'] = {}): Rendered<WhatsAppWire> =>
  one({ messaging_product: 'whatsapp', status: 'read', message_id: id, ...more })

/**
 * What the telephone of the customer shows beside messages. A message that is read marks those before it as well. That
 * somebody types is said together with that, of the newest message: it ends with the answer, or by itself after 25
 * seconds, and not otherwise.
 */
export const signalWires = (signal: Signal, _: ChannelAccount<WhatsAppSettings>): Rendered<WhatsAppWire> => {
  if (signal.to.startsWith(groupPrefix)) return { _tag: 'Unsupported', feature: 'a group' }
  switch (signal._tag) {
    case 'Read':
      return read(signal.externalId)
    case 'Typing':
      if (!signal.on || signal.answers === undefined) return nothing
      return read(signal.answers, { typing_indicator: { type: 'text' } })
    case 'Reaction': {
      const recipient = recipientOf(signal.to)
      if (recipient === undefined) return { _tag: 'Unsupported', feature: 'recipient address' }
      const reaction = { message_id: signal.externalId, emoji: signal.emoji ?? '' }
      return one({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        ...recipient,
        type: 'reaction',
        reaction,
      })
    }
    case 'Control':
      return { _tag: 'Unsupported', feature: 'control' }
  }
}
