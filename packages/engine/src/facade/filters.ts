import type { Filter } from '../ports/storage.ts'
import type { Setup } from '../runtime/directory.ts'
import { tabFilter } from '../runtime/read/list.ts'
import type { ListOptions } from './types.ts'

/** A department is its queues; together with a queue, it is that one or none. */
const queuesOf = ({ queue, department }: ListOptions, setup: Setup): ReadonlyArray<string> | undefined => {
  if (department === undefined) return queue === undefined ? undefined : [queue]
  const own = setup.departments.get(department)?.queue
  const all = [...setup.queues.values()].filter((one) => one.department === department || one.id === own)
  return all.map(({ id }) => id).filter((id) => queue === undefined || id === queue)
}

const texts = ['queue', 'department', 'channel', 'account', 'contact', 'tag', 'flag', 'lastBy'] as const
const times = ['from', 'to'] as const

/** Whether conditions are any that there can be: nothing meets another one, and no store is asked for it. */
const isAsked = (options: Omit<ListOptions, 'after' | 'limit'>): boolean =>
  texts.every((name) => options[name] === undefined || typeof options[name] === 'string') &&
  times.every((name) => options[name] === undefined || Number.isFinite(options[name])) &&
  (options.owner == null || typeof options.owner === 'string')

/** What a list is asked for, as the store has it. */
export const filterOf = (options: Omit<ListOptions, 'after' | 'limit'>, agent: string, setup: Setup): Filter => {
  const { channel, account, owner, contact, tag, flag, lastBy, from, to } = options
  const contacts = contact === undefined ? undefined : [contact]
  const given = { channel, account, queues: queuesOf(options, setup), owner, contacts, tag, flag, lastBy, from, to }
  if (!isAsked(options)) return { ids: [] }
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return {
    ...present,
    ...tabFilter(options.tab ?? 'all', agent),
    ...(options.unread === true ? { unreadBy: agent } : {}),
  }
}
