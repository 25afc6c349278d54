import type { AgentSession } from '@guichet/engine'

/**
 * What a desk may call: the methods of an agent's session, by their own names. Whatever the arguments say, a session
 * only does what its agent may do; what answers with a stream or a listener is left to the feed.
 */
export const calls = {
  conversations: [
    'list',
    'counts',
    'get',
    'timeline',
    'search',
    'transcript',
    'scheduled',
    'watchers',
    'draft',
    'saveDraft',
    'typing',
    'start',
    'discuss',
    'schedule',
    'changeSchedule',
    'cancelSchedule',
    'react',
    'split',
    'merge',
    'edit',
    'deleteMessage',
    'claim',
    'takeOver',
    'release',
    'assign',
    'unassign',
    'transfer',
    'lock',
    'unlock',
    'invite',
    'leave',
    'snooze',
    'close',
    'reopen',
    'spam',
    'notSpam',
    'archive',
    'unarchive',
    'delete',
    'acceptOffer',
    'declineOffer',
    'setPriority',
    'setAttributes',
    'setTranslation',
    'runBot',
    'handOver',
    'giveToBot',
    'takeControl',
    'passControl',
    'blockBot',
    'unblockBot',
    'flag',
    'unflag',
    'tag',
    'untag',
    'rename',
    'setSubject',
    'markRead',
    'markUnread',
    'markAllRead',
    'bulk',
  ],
  contacts: [
    'get',
    'find',
    'history',
    'create',
    'add',
    'ignore',
    'edit',
    'remark',
    'removeRemark',
    'verify',
    'merge',
    'undoMerge',
    'export',
    'erase',
  ],
  companies: ['get', 'find', 'put', 'remove'],
  blocks: ['list', 'add', 'remove'],
  templates: ['find', 'get', 'put', 'remove', 'fromMessage', 'fill'],
  tags: ['list', 'put', 'rename', 'remove'],
  views: ['list', 'put', 'remove'],
  slash: ['list', 'run'],
  presence: ['set', 'device', 'list'],
  queues: ['overview'],
  people: ['find'],
} as const satisfies { readonly [Area in keyof AgentSession]?: ReadonlyArray<keyof AgentSession[Area]> }

type Calls = typeof calls

/** `contacts.merge`, and `report`, which stands alone. */
export type CallName = { readonly [Area in keyof Calls]: `${Area}.${Calls[Area][number]}` }[keyof Calls] | 'report'

const names: ReadonlySet<string> = new Set([
  ...Object.entries(calls).flatMap(([area, methods]) => methods.map((method) => `${area}.${method}`)),
  'report',
])

export const isCall = (name: string): name is CallName => names.has(name)

/** Calls one of them. What comes back is an outcome, a value or nothing, as the engine's own types say. */
export const callOn = async (session: AgentSession, name: CallName, args: ReadonlyArray<unknown>): Promise<unknown> => {
  const [area, method] = name.split('.') as [keyof AgentSession, string | undefined]
  const target: unknown = session[area]
  const run = method === undefined ? target : (target as Readonly<Record<string, unknown>>)[method]
  if (typeof run !== 'function') throw new TypeError(`${name} cannot be called`)
  return (run as (...all: ReadonlyArray<unknown>) => Promise<unknown>)(...args)
}
