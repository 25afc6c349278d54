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

/** What a list is asked for, as the store has it. */
export const filterOf = (options: Omit<ListOptions, 'after' | 'limit'>, agent: string, setup: Setup): Filter => {
  const { channel, account, owner, contact, tag, flag, lastBy, from, to } = options
  const contacts = contact === undefined ? undefined : [contact]
  const given = { channel, account, queues: queuesOf(options, setup), owner, contacts, tag, flag, lastBy, from, to }
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return {
    ...present,
    ...tabFilter(options.tab ?? 'all', agent),
    ...(options.unread === true ? { unreadBy: agent } : {}),
  }
}
