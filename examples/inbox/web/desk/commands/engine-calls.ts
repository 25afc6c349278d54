import type { Summary } from '../api.ts'
import { blockedIn, botsOf } from '../state/bots.ts'
import type { EngineCall } from '../state/call-log.ts'
import { offersToMe } from '../state/offers.ts'
import { markedRows } from '../state/selection.ts'
import { timeNow } from '../../shared/time.ts'

/** What is asked only once it has been chosen stands as three dots. */
const open = '…'

const on = (name: string, c: Summary, ...args: ReadonlyArray<unknown>): EngineCall => ({
  name: `conversations.${name}`,
  args: [c.id, ...args],
})

const free = (c: Summary): string => botsOf(c).find((bot) => !blockedIn(c.id).includes(bot)) ?? open
const held = (c: Summary): string => botsOf(c).find((bot) => blockedIn(c.id).includes(bot)) ?? open
const hours = (n: number): number => timeNow() + n * 3_600_000

/** The acts that take a conversation and nothing else. */
const bare = [
  'claim',
  'takeOver',
  'release',
  'leave',
  'lock',
  'unlock',
  'close',
  'reopen',
  'spam',
  'notSpam',
  'archive',
  'unarchive',
  'delete',
  'markUnread',
  'handOver',
  'giveToBot',
  'takeControl',
  'passControl',
] as const

/** The engine call behind each command about a conversation, by the command’s id. */
const aboutConversation: Readonly<Record<string, (c: Summary) => EngineCall>> = {
  ...Object.fromEntries(bare.map((name) => [name, (c: Summary) => on(name, c)])),
  reply: (c) => on('reply', c, { text: open }),
  note: (c) => on('note', c, { text: open }),
  assign: (c) => on('assign', c, { agents: [open] }),
  transfer: (c) => on('transfer', c, { to: { agent: open } }),
  invite: (c) => on('invite', c, { agents: [open] }),
  snooze: (c) => on('snooze', c, { until: hours(3) }),
  tag: (c) => on('tag', c, { tags: [open] }),
  urgent: (c) => on('flag', c, { flag: 'urgent' }),
  notUrgent: (c) => on('unflag', c, { flag: 'urgent' }),
  followUp: (c) => on('flag', c, { flag: 'followUp' }),
  notFollowUp: (c) => on('unflag', c, { flag: 'followUp' }),
  rename: (c) => on('rename', c, { title: open }),
  priority: (c) => on('setPriority', c, { priority: open }),
  print: (c) => on('transcript', c, { as: 'html' }),
  translation: (c) => on('setTranslation', c, { translation: open }),
  schedule: (c) => on('schedule', c, { at: hours(3), text: open }),
  mergeConversations: (c) => on('merge', c, { into: open }),
  insertTemplate: (c) => ({ name: 'templates.fill', args: [open, c.id] }),
  chooseApproved: (c) => on('reply', c, { parts: [open] }),
  insert: (c) => on('reply', c, { parts: [open] }),
  runBot: (c) => on('runBot', c, { bot: free(c) }),
  blockBot: (c) => on('blockBot', c, { bot: free(c) }),
  unblockBot: (c) => on('unblockBot', c, { bot: held(c) }),
  openHere: (c) => on('timeline', c),
  history: (c) => ({ name: 'contacts.history', args: [c.contact.id] }),
}

const elsewhere: Readonly<Record<string, EngineCall>> = {
  filter: { name: 'conversations.list', args: [{ tab: open }] },
  markAllRead: { name: 'conversations.markAllRead', args: [] },
  search: { name: 'conversations.search', args: [open] },
  contacts: { name: 'contacts.find', args: [] },
  tags: { name: 'tags.list', args: [] },
  reports: { name: 'report', args: [{ from: open, to: open, by: 'day' }] },
  blocks: { name: 'blocks.list', args: [] },
  queues: { name: 'queues.overview', args: [] },
  newConversation: { name: 'conversations.start', args: [{ account: open, to: { address: open }, text: open }] },
  templates: { name: 'templates.find', args: [] },
}

const marks = (): ReadonlyArray<string> => markedRows.value.map(({ id }) => id)
const toMarked = (command: object): EngineCall => ({ name: 'conversations.bulk', args: [marks(), command] })

/** Those that are about something else than the open conversation: what is offered first, and what is marked. */
const aboutOthers: Readonly<Record<string, () => EngineCall>> = {
  acceptOffer: () => ({ name: 'conversations.acceptOffer', args: [offersToMe.value[0]?.id ?? open] }),
  declineOffer: () => ({ name: 'conversations.declineOffer', args: [offersToMe.value[0]?.id ?? open] }),
  bulkClose: () => toMarked({ _tag: 'Close' }),
  bulkAssign: () => toMarked({ _tag: 'Assign', agents: [open] }),
  bulkTag: () => toMarked({ _tag: 'Tag', tags: [open] }),
  bulkSnooze: () => toMarked({ _tag: 'Snooze', until: hours(3) }),
}

/** What a command will ask of the engine; null for what only changes the window. */
export const callOf = (id: string, current: Summary | undefined): EngineCall | null => {
  const [, tab] = /^tab-(.+)$/.exec(id) ?? []
  if (tab !== undefined) return { name: 'conversations.list', args: [{ tab }] }
  const [, presence] = /^presence-(.+)$/.exec(id) ?? []
  if (presence !== undefined) return { name: 'presence.set', args: [presence === 'auto' ? null : presence] }
  const other = aboutOthers[id]
  if (other !== undefined) return other()
  const behind = aboutConversation[id]
  if (behind !== undefined && current !== undefined) return behind(current)
  return elsewhere[id] ?? null
}

export const openingCall = (conversation: string): EngineCall => ({ name: 'conversations.get', args: [conversation] })
export const queueCall = (queue: string): EngineCall => ({ name: 'conversations.list', args: [{ tab: 'open', queue }] })
export const ownerCall = (owner: string): EngineCall => ({ name: 'conversations.list', args: [{ tab: 'open', owner }] })
export const fillCall = (template: string, conversation: string): EngineCall => ({
  name: 'templates.fill',
  args: [template, conversation],
})
export const searchCall = (words: string): EngineCall => ({ name: 'conversations.search', args: [words] })
