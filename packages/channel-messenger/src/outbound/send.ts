import { exchange } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import { recipientOf } from '../inbound/address.ts'
import { addressOf, type Endpoint } from './endpoint.ts'
import { outcomeOf } from './outcome.ts'
import { upload } from './upload.ts'
import type { MessengerWire } from './wire.ts'

const metadataAtMost = 1_000

/** The message as the Send API has it: a file is named by what its upload was called. */
const messageOf = async (
  { content }: MessengerWire,
  endpoint: Endpoint,
  context: SendContext,
): Promise<{ readonly message: { readonly [name: string]: Json } } | SendOutcome> => {
  if (content._tag === 'Message') return content
  const uploaded = await upload(content, endpoint, context)
  if ('_tag' in uploaded) return uploaded
  return { message: { attachment: { type: content.kind, payload: { attachment_id: uploaded.attachment } } } }
}

/** Sends one wire. Meta takes no key that would make a repetition safe: ours comes back with the echo. */
export const sendWire = async (wire: MessengerWire, endpoint: Endpoint, context: SendContext): Promise<SendOutcome> => {
  const { idempotencyKey, fetch, signal } = context
  const made = await messageOf(wire, endpoint, context)
  if (!('message' in made)) return made
  const keyed = endpoint.metadata && idempotencyKey.length <= metadataAtMost
  const tagged = wire.humanAgent === true
  const json = {
    recipient: recipientOf(wire.to),
    messaging_type: tagged ? 'MESSAGE_TAG' : 'RESPONSE',
    ...(tagged ? { tag: 'HUMAN_AGENT' } : {}),
    message: { ...made.message, ...(keyed ? { metadata: idempotencyKey } : {}) },
    ...(wire.replyTo === undefined ? {} : { reply_to: { mid: wire.replyTo } }),
  }
  const headers = { authorization: `Bearer ${endpoint.token}` }
  const request = { method: 'POST', url: addressOf(endpoint, 'messages'), headers, json }
  return outcomeOf(await exchange(fetch, request, { signal }), 'message_id')
}
