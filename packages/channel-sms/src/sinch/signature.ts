import { hmac, signedByAny } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'

/** What is repeated is known by its id; what is older than a day is not believed. In seconds. */
const toleranceSeconds = 86_400

/**
 * Whether Sinch sent this: the HMAC-SHA256 of the body, a nonce and the time, with full stops between. Source: Sinch,
 * "Conversation API: validating callbacks".
 */
export const sinchSigned = ({ headers, body }: WireRequest, secrets: ReadonlyArray<string>, now: number): boolean => {
  const nonce = headers['x-sinch-webhook-signature-nonce'] ?? ''
  const at = headers['x-sinch-webhook-signature-timestamp'] ?? ''
  if (nonce === '' || !/^\d{1,12}$/.test(at) || Math.abs(now / 1000 - Number(at)) > toleranceSeconds) return false
  if (headers['x-sinch-webhook-signature-algorithm']?.toLowerCase() !== 'hmacsha256') return false
  const signed = Buffer.concat([body, Buffer.from(`.${nonce}.${at}`)])
  return signedByAny(
    secrets,
    (secret) => hmac('sha256', secret, signed, 'base64'),
    headers['x-sinch-webhook-signature'],
  )
}
