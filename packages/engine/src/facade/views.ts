import type { Contact } from '../domain/contact/contact.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import { textOf } from '../domain/message/part.ts'
import type { CurrentMessage } from '../runtime/read/messages.ts'
import type { ConversationSummary, MessageView } from './types.ts'

export const summaryOf = (state: Conversation, contact: Contact | undefined, unread: number): ConversationSummary => ({
  id: state.id,
  version: state.seq,
  account: state.account,
  channel: state.channel,
  status: state.status,
  control: state.control,
  queue: state.queue,
  owner: state.owner,
  subject: state.subject,
  title: state.title,
  contact: { id: state.contact, name: contact?.name ?? null, address: state.address },
  preview: state.lastMessage?.preview ?? null,
  lastMessage: state.lastMessage,
  lastActivity: state.lastActivity,
  snoozedUntil: state.snoozedUntil,
  tags: state.tags,
  flags: state.flags,
  unread,
})

export const messageView = (current: CurrentMessage): MessageView => {
  const { message } = current
  const inbound = message.direction === 'in' ? message : undefined
  return {
    seq: current.seq,
    direction: message.direction,
    author: message.author,
    parts: current.parts,
    text: textOf(current.parts),
    sentAt: message.sentAt,
    receivedAt: current.at,
    edited: current.edited,
    deleted: current.deleted,
    quote: message.quote ?? null,
    cc: message.direction === 'out' ? (message.cc ?? []) : [],
    mentions: message.direction === 'note' ? message.mentions : [],
    externalId: message.externalId ?? null,
    automatic: inbound?.automatic ?? null,
    matched: inbound?.matched ?? null,
    stranger: inbound?.stranger === true,
    delivery: current.delivery,
    meta: message.meta ?? null,
  }
}
