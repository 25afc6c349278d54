import type { Conversation } from './state.ts'

/** A state that is being made: nobody else has it yet. */
export type Draft = { -readonly [Field in keyof Conversation]: Conversation[Field] }

/**
 * A copy to be changed. It names every field, so that all states are of one kind to the machine: copies of a few kinds
 * are ten times as dear, and every step makes one.
 */
export const copyOf = (state: Conversation): Draft => ({
  id: state.id,
  seq: state.seq,
  account: state.account,
  channel: state.channel,
  contact: state.contact,
  address: state.address,
  status: state.status,
  statusBeforeArchive: state.statusBeforeArchive,
  control: state.control,
  queue: state.queue,
  owner: state.owner,
  locked: state.locked,
  assignees: state.assignees,
  participants: state.participants,
  mentioned: state.mentioned,
  blockedBots: state.blockedBots,
  snoozedUntil: state.snoozedUntil,
  subject: state.subject,
  title: state.title,
  tags: state.tags,
  flags: state.flags,
  lastMessage: state.lastMessage,
  inbound: state.inbound,
  known: state.known,
  priority: state.priority,
  waitingSince: state.waitingSince,
  queuedSince: state.queuedSince,
  offer: state.offer,
  passed: state.passed,
  scheduled: state.scheduled,
  translation: state.translation,
  attributes: state.attributes,
  handover: state.handover,
  askedBot: state.askedBot,
  botTurns: state.botTurns,
  sla: state.sla,
  heardAt: state.heardAt,
  windowRefusedAt: state.windowRefusedAt,
  remindAt: state.remindAt,
  elsewhere: state.elsewhere,
  mergedInto: state.mergedInto,
  follows: state.follows,
  createdAt: state.createdAt,
  lastActivity: state.lastActivity,
  deleted: state.deleted,
})

/** Writes what has changed into a draft. */
export const assign = (draft: Draft, change: Partial<Conversation>): Draft => {
  for (const field in change) {
    ;(draft as Record<string, unknown>)[field] = change[field as keyof Conversation]
  }
  return draft
}
