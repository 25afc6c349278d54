import type { Filter, StoredConversation, Visibility } from '../ports/storage.ts'

const sees = (visibility: Visibility, row: StoredConversation): boolean => {
  if (visibility._tag === 'All') return true
  const { agent, queues, unownedOf } = visibility
  return (
    row.owner === agent ||
    row.involved.includes(agent) ||
    (row.queue !== null && queues.includes(row.queue)) ||
    (row.owner === null && row.queue !== null && unownedOf.includes(row.queue))
  )
}

/** Whether a conversation is there for this viewer and meets every condition. `unread` answers for an agent. */
export const matches = (
  row: StoredConversation,
  visibility: Visibility,
  filter: Filter,
  unread: (agent: string) => number,
): boolean =>
  !row.deleted &&
  (filter.ids === undefined || filter.ids.includes(row.id)) &&
  (filter.status === undefined || filter.status.includes(row.status)) &&
  (filter.control === undefined || row.control === filter.control) &&
  (filter.channel === undefined || row.channel === filter.channel) &&
  (filter.notChannel === undefined || row.channel !== filter.notChannel) &&
  (filter.account === undefined || row.account === filter.account) &&
  (filter.queues === undefined || (row.queue !== null && filter.queues.includes(row.queue))) &&
  (filter.owner === undefined || row.owner === filter.owner) &&
  (filter.contacts === undefined || filter.contacts.includes(row.contact)) &&
  (filter.mentions === undefined || row.mentioned.includes(filter.mentions)) &&
  (filter.tag === undefined || row.tags.includes(filter.tag)) &&
  (filter.flag === undefined || row.flags.includes(filter.flag)) &&
  (filter.lastBy === undefined || row.lastBy === filter.lastBy) &&
  (filter.from === undefined || row.lastActivity >= filter.from) &&
  (filter.to === undefined || row.lastActivity <= filter.to) &&
  (filter.unreadBy === undefined || unread(filter.unreadBy) > 0) &&
  sees(visibility, row)
