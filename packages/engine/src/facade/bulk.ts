import type { Running } from '../runtime/engine.ts'
import type { Viewer } from '../runtime/read/viewer.ts'
import { markAs } from '../runtime/read/mark.ts'
import { seeConversation } from '../runtime/read/viewer.ts'
import { type Asked, runnerFor } from './run-command.ts'
import { asEngineError, invalid } from './refusing.ts'
import type { BulkCommand, Conversations, Done, Outcome } from './types.ts'

/** More at once would keep everybody else waiting. */
const atMost = 500

const named = { Spam: 'MarkSpam', NotSpam: 'MarkNotSpam' } as const

const bulkCommands: ReadonlySet<BulkCommand['_tag']> = new Set<BulkCommand['_tag']>([
  'Close',
  'Reopen',
  'Archive',
  'Unarchive',
  'Spam',
  'NotSpam',
  'Claim',
  'Release',
  'Delete',
  'Snooze',
  'Assign',
  'Transfer',
  'Tag',
  'Untag',
  'Flag',
  'Unflag',
  'SetPriority',
  'MarkRead',
  'MarkUnread',
])

const commandOf = (command: BulkCommand): Asked =>
  command._tag === 'Spam' || command._tag === 'NotSpam' ? { _tag: named[command._tag] } : (command as Asked)

/** The same on many conversations: each is decided on its own, and what is decided together is stored together. */
export const bulkFor = (running: Running, viewer: Viewer): Pick<Conversations, 'bulk'> => {
  const { core, closing } = running
  const run = runnerFor(running, viewer)

  const mark = (id: string, unread: number): Promise<Outcome<Done>> =>
    asEngineError(closing, async () => {
      const state = await seeConversation(core, viewer, id)
      if (state === undefined) return { ok: false, refusal: { _tag: 'NotFound' } }
      await markAs(core, viewer, state, unread)
      return { ok: true, value: { conversation: state, entry: null, position: 0 } }
    })

  const one = (id: string, command: BulkCommand): Promise<Outcome<Done>> => {
    if (command._tag === 'MarkRead') return mark(id, 0)
    if (command._tag === 'MarkUnread') return mark(id, 1)
    return run(id, commandOf(command), undefined)
  }

  return {
    bulk: async (asked, command) => {
      const ids = Array.isArray(asked) ? (asked as ReadonlyArray<string>) : []
      if (!bulkCommands.has(command?._tag)) {
        const outcome = invalid('bulk', `command: one of ${[...bulkCommands].join(', ')}`)
        return ids.map((id) => ({ id, outcome }))
      }
      if (ids.length > atMost) {
        const refusal = { _tag: 'TooMany', what: 'conversations', max: atMost } as const
        return ids.map((id) => ({ id, outcome: { ok: false, refusal } }))
      }
      const outcomes = new Map([...new Set(ids)].map((id) => [id, one(id, command)]))
      return Promise.all(ids.map(async (id) => ({ id, outcome: await (outcomes.get(id) ?? one(id, command)) })))
    },
  }
}
