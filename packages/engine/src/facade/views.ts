import type { Contact } from '../domain/contact/contact.ts'
import type { Conversation, TranslationSetting } from '../domain/conversation/state.ts'
import { sameLanguage } from '../domain/message/translated.ts'
import { allWordsOf } from '../domain/message/written-out.ts'
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
  contact: { id: contact?.id ?? state.contact, name: contact?.name ?? null, address: state.address },
  preview: state.lastMessage?.preview ?? null,
  lastMessage: state.lastMessage,
  lastActivity: state.lastActivity,
  snoozedUntil: state.snoozedUntil,
  priority: state.priority,
  waitingSince: state.waitingSince,
  locked: state.locked,
  offer: state.offer,
  sla: state.sla,
  tags: state.tags,
  flags: state.flags,
  unread,
})

/** Whether the team reads it in another language as soon as somebody has said how. */
const awaitsWords = (current: CurrentMessage, team: string | undefined): boolean => {
  const { message, words, language, deleted } = current
  if (team === undefined || deleted || message.direction !== 'in' || message.automatic !== undefined) return false
  return words.length === 0 && !(language !== null && sameLanguage(language, team))
}

export const messageView = (current: CurrentMessage, translation: TranslationSetting | null): MessageView => {
  const { message } = current
  const inbound = message.direction === 'in' ? message : undefined
  return {
    seq: current.seq,
    direction: message.direction,
    author: message.author,
    parts: current.parts,
    text: allWordsOf(current.parts),
    sentAt: message.sentAt,
    receivedAt: current.at,
    edited: current.edited,
    deleted: current.deleted,
    quote: message.quote ?? null,
    cc: message.direction === 'out' ? (message.cc ?? []) : [],
    mentions: message.direction === 'in' ? [] : (message.mentions ?? []),
    externalId: message.externalId ?? null,
    automatic: inbound?.automatic ?? null,
    matched: inbound?.matched ?? null,
    stranger: inbound?.stranger === true,
    delivery: current.delivery,
    meta: message.meta ?? null,
    reactions: current.reactions,
    translations: awaitsWords(current, translation?.team)
      ? [{ language: translation?.team ?? '', provider: null, state: 'pending', text: null }]
      : current.words.filter(({ state, text }) => state === 'failed' || text !== null),
    language: current.language,
    movedTo: message.movedTo?.conversation ?? null,
  }
}
