import { exchange, flagAt, idAt, textAt } from '@guichet/channel-kit'
import type { ChannelAccount, Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import { endpoint, headersOf } from '../graph/endpoint.ts'
import { isSuccess, refusalOf } from '../graph/refusal.ts'
import type { WhatsAppSettings } from '../settings/settings.ts'
import { upload } from './upload.ts'
import type { WhatsAppWire } from './wire.ts'

/** The most that the API gives back, in characters. */
const referenceAtMost = 512

const withFile = ({ body, upload: wanted }: WhatsAppWire, id: string): WhatsAppWire['body'] =>
  wanted === undefined ? body : { ...body, [wanted.kind]: { ...(body[wanted.kind] as object), id } as Json }

/**
 * Uploads the file of a message, if it has one, and sends it; or tells what is told beside messages. The key goes with it and comes back with its statuses: what
 * became of a message whose answer was lost is known from them. The API has no key against doubles.
 */
export const sendWire = async (
  wire: WhatsAppWire,
  { settings }: ChannelAccount<WhatsAppSettings>,
  context: SendContext,
): Promise<SendOutcome> => {
  const { idempotencyKey, signal, fetch } = context
  const uploaded = wire.upload === undefined ? '' : await upload(wire.upload, settings, context)
  if (typeof uploaded !== 'string') return uploaded
  const isMessage = wire.body.type !== undefined && wire.body.type !== 'reaction'
  const isReferred = isMessage && idempotencyKey.length <= referenceAtMost
  const reference = isReferred ? { biz_opaque_callback_data: idempotencyKey } : {}
  const outcome = await exchange(
    fetch,
    {
      method: 'POST',
      url: endpoint(settings, settings.phoneNumberId, 'messages'),
      headers: headersOf(settings),
      json: { ...withFile(wire, uploaded), ...reference },
    },
    { signal },
  )
  if (outcome._tag === 'NotReached') return { _tag: 'Retry', reason: outcome.reason }
  if (outcome._tag === 'Unknown') return { _tag: 'Ambiguous', reason: outcome.reason }
  if (!isSuccess(outcome)) return refusalOf(outcome)
  // What is told of a message of the customer has no id of its own.
  if (wire.body.type === undefined) {
    return flagAt(outcome.json, 'success') ? { _tag: 'Accepted' } : { _tag: 'Ambiguous', reason: 'neither yes nor no' }
  }
  const externalId = idAt(outcome.json, 'messages', 0, 'id')
  if (externalId === undefined) return { _tag: 'Ambiguous', reason: 'accepted without an id' }
  const status = textAt(outcome.json, 'messages', 0, 'message_status')
  // Held back by WhatsApp, perhaps for good: its statuses tell.
  if (status === 'held_for_quality_assessment' || status === 'paused') {
    return { _tag: 'Ambiguous', reason: `held back: ${status}` }
  }
  return { _tag: 'Accepted', externalId }
}
