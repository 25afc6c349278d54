import { textAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressAt } from './address.ts'
import type { ReadKind } from './read-kind.ts'
import { withSound } from './sound.ts'
import { timeOf, told } from './told.ts'

/**
 * Meta's word for a customer who ends what she had agreed to receive; she may take it up again. Source: Meta, "Webhook
 * Reference: messaging_optins".
 */
const stopped = 'STOP_NOTIFICATIONS'

/** Somebody agreed to something: to marketing messages, or to a conversation that a page of the business began. */
export const readOptIn: ReadKind = (event, body, place) => {
  const type = textAt(body, 'type')
  if (type !== 'notification_messages') {
    const { part, whole } = withSound(
      { _tag: 'Referral', source: 'optin' },
      { id: textAt(body, 'ref') ?? textAt(body, 'payload') },
    )
    // One for a single message later comes with a token, which is kept beside it.
    return told(event, body, place, { parts: [part], whole: whole && type === undefined }, { kind: 'optin' })
  }
  const address = addressAt(event, 'sender')
  if (address === undefined) return undefined
  const status = textAt(body, 'notification_messages_status')
  const consent: InboundEvent = {
    _tag: 'ConsentChanged',
    address,
    given: status !== stopped,
    scope: 'marketing',
    by: status ?? 'notification_messages',
    ...timeOf(event),
  }
  return [consent]
}
