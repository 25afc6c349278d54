import type { Contact } from '../domain/contact/contact.ts'
import type { Conversation, TranslationState } from '../domain/conversation/state.ts'
import { sameLanguage } from '../domain/message/translated.ts'
import { allWordsOf } from '../domain/message/written-out.ts'
import type { CurrentMessage } from '../runtime/read/messages.ts'
import { awaitsWords, leavesTranslated } from '../runtime/translation/awaited.ts'
import type { ConversationSummary, MessageTranslation, MessageView } from './types.ts'

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

const pending = (language: string): MessageTranslation => ({ language, provider: null, state: 'pending', text: null })

/** What it says in other languages, and what is still to come. */
const translationsOf = (
  current: CurrentMessage,
  translation: TranslationState | null,
): ReadonlyArray<MessageTranslation> => {
  const known = current.words.filter(({ state, text }) => state === 'failed' || text !== null)
  if (translation === null) return known
  const { team, customer } = translation
  if (awaitsWords(current, translation)) return [...known, pending(team)]
  const leaves = customer !== null && !sameLanguage(customer, team) && leavesTranslated(current)
  const before = current.shown !== null || current.delivery?.status === 'queued'
  const awaits = leaves && before && !current.deleted && !current.words.some(({ language }) => language === customer)
  return awaits ? [...known, pending(customer)] : known
}

export const messageView = (current: CurrentMessage, translation: TranslationState | null): MessageView => {
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
    translations: translationsOf(current, translation),
    language: current.language,
    movedTo: message.movedTo?.conversation ?? null,
  }
}
