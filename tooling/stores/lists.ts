import type { Filter, Visibility } from '@guichet/engine/ports'

/** The tabs of the inbox, as an agent asks for them. */
export const tabs = (agent: string): Readonly<Record<string, Filter>> => ({
  open: { status: ['open'], control: 'team', notChannel: 'sms' },
  unanswered: { status: ['open'], control: 'team', lastBy: 'contact', owner: null },
  mine: { status: ['open', 'pending'], owner: agent },
  unassigned: { status: ['open'], owner: null },
  automated: { status: ['open'], control: 'bot' },
  mentions: { mentions: agent },
  pending: { status: ['pending'] },
  closed: { status: ['closed'] },
  spam: { status: ['spam'] },
  archived: { status: ['archived'] },
  all: {},
})

export const viewers: Readonly<Record<string, Visibility>> = {
  manager: { _tag: 'All' },
  agent: { _tag: 'Some', agent: 'ana', queues: ['sales', 'support'], unownedOf: ['vip', 'returns'] },
  newcomer: { _tag: 'Some', agent: 'zoe', queues: [], unownedOf: [] },
}

/** The tabs, and other ways to narrow a list. */
export const filters: Readonly<Record<string, Filter>> = {
  ...tabs('ana'),
  'by queue': { queues: ['sales'] },
  'by several queues': { queues: ['sales', 'support', 'vip'] },
  'by a queue that she does not see whole': { queues: ['vip'] },
  'by channel and account': { channel: 'email', account: 'mail' },
  'by tag': { tag: 'gold' },
  'by tag, of an owner': { tag: 'gold', owner: 'ben' },
  'by flag': { flag: 'urgent' },
  unread: { unreadBy: 'ana' },
  'of a time': { from: 1, to: 2 },
  'of another agent': { owner: 'ben' },
}

/** Everything that a filter can ask, at once. */
export const everything: Required<Filter> = {
  status: ['open'],
  control: 'team',
  channel: 'email',
  notChannel: 'sms',
  account: 'mail',
  ids: ['x'],
  queues: ['sales'],
  owner: 'ana',
  contacts: ['x'],
  mentions: 'ana',
  tag: 'gold',
  flag: 'urgent',
  lastBy: 'contact',
  unreadBy: 'ana',
  from: 1,
  to: 2,
}

/** Each viewer with each of these filters, named for `test.each`. */
export const asked = (
  narrowings: Readonly<Record<string, Filter>>,
): ReadonlyArray<readonly [viewer: string, narrowing: string, filter: Filter, visibility: Visibility]> =>
  Object.entries(viewers).flatMap(([viewer, visibility]) =>
    Object.entries(narrowings).map(([narrowing, filter]) => [viewer, narrowing, filter, visibility] as const),
  )
