import { exchange } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import { recipientOf } from '../inbound/address.ts'
import { asked, taken } from '../signal/taken.ts'
import { addressOf, type Endpoint, headersOf } from './endpoint.ts'
import { acceptedAt, outcomeOf, type ReadAccepted } from './outcome.ts'
import { upload } from './upload.ts'
import type { MessengerWire } from './wire.ts'

/** One request to an edge of the account, and how its answer says that it was taken. */
interface Asking {
  readonly edge: string
  readonly says: { readonly [name: string]: Json }
  readonly accepted: ReadAccepted
  /** Whether it is no message. */
  readonly beside: boolean
}

const metadataAtMost = 1_000

const toSay = (wire: MessengerWire, message: { readonly [name: string]: Json }): Asking => {
  const tagged = wire.humanAgent === true
  const says = {
    messaging_type: tagged ? 'MESSAGE_TAG' : 'RESPONSE',
    ...(tagged ? { tag: 'HUMAN_AGENT' } : {}),
    message,
    ...(wire.replyTo === undefined ? {} : { reply_to: { mid: wire.replyTo } }),
  }
  return { edge: 'messages', says, accepted: acceptedAt('message_id'), beside: false }
}

/** What is asked for; or why it cannot be, when a file of it could not be brought there. */
const askingOf = async (
  wire: MessengerWire,
  endpoint: Endpoint,
  context: SendContext,
): Promise<Asking | SendOutcome> => {
  const { content } = wire
  const { idempotencyKey } = context
  const keyed = endpoint.metadata && idempotencyKey.length <= metadataAtMost
  const key = keyed ? { metadata: idempotencyKey } : {}
  switch (content._tag) {
    case 'Message':
      return toSay(wire, { ...content.message, ...key })
    case 'File': {
      const uploaded = await upload(content, endpoint, context)
      if ('_tag' in uploaded) return uploaded
      const attachment = { type: content.kind, payload: { attachment_id: uploaded.attachment } }
      return toSay(wire, { attachment, ...key })
    }
    case 'Action': {
      const { action, payload } = content
      const says = { sender_action: action, ...(payload === undefined ? {} : { payload }) }
      return { edge: 'messages', says, accepted: taken, beside: true }
    }
    case 'Control': {
      const says = content.edge === 'pass_thread_control' ? { target_app_id: content.app } : {}
      const accepted = content.edge === 'request_thread_control' ? asked : taken
      return { edge: content.edge, says, accepted, beside: true }
    }
  }
}

/** Sends one wire. Meta takes no key that would make a repetition safe: ours comes back with the echo. */
export const sendWire = async (wire: MessengerWire, endpoint: Endpoint, context: SendContext): Promise<SendOutcome> => {
  const asking = await askingOf(wire, endpoint, context)
  if ('_tag' in asking) return asking
  const { fetch, signal } = context
  const url = addressOf(endpoint, [endpoint.node, asking.edge])
  const json = { recipient: recipientOf(wire.to), ...asking.says }
  const exchanged = await exchange(fetch, { method: 'POST', url, headers: headersOf(endpoint), json }, { signal })
  return outcomeOf(exchanged, asking.accepted, asking.beside)
}
