import { encodeDelivery } from '../codec/delivery.ts'
import { encodeEntry } from '../codec/entry.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import { evolve } from '../domain/conversation/evolve.ts'
import { type Reaction, react } from '../domain/conversation/react.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import { queued } from '../domain/message/delivery.ts'
import type { StoredDelivery, StoredWork } from '../ports/storage.ts'
import { amendmentsOf } from './amending.ts'
import type { Changes } from './changes.ts'
import type { Core } from './core.ts'
import { givesToNext, needsWork, queuesGivingTo } from './distribution/needs-work.ts'
import { distributeWork } from './distribution/schedule.ts'
import { fetchWork } from './fetching.ts'
import { waitedForKey } from './presence/schedule.ts'
import { signalWork } from './signals/work.ts'
import type { Target } from './target.ts'

/** The kinds of work there are. */
export const workKinds = [
  'deliver',
  'wake',
  'forget',
  'offer',
  'handover',
  'sla',
  'window',
  'send',
  'distribute',
  'reassign',
  'presence',
  'bot',
  'translate',
  'fetch',
  'echo',
  'signal',
  'profile',
  'erase',
  'retain',
  'retag',
] as const
export type WorkKind = (typeof workKinds)[number]

export interface Recorded {
  readonly after: Conversation
  readonly changes: Changes
}

/**
 * Turns accepted entries into what is stored for them: the row, the journal, and the work that follows. All of it is
 * one commit, so that nothing that has happened can forget what it asked for.
 */
export const record = (
  core: Core,
  workspace: string,
  before: Conversation | undefined,
  entries: ReadonlyArray<Entry>,
  target?: Target,
): Recorded => {
  const work: Array<StoredWork> = []
  const cancel: Array<{ readonly kind: string; readonly key: string }> = []
  const deliveries: Array<StoredDelivery> = []
  const erase: Array<{ readonly conversation: string; readonly seq: number | 'all'; readonly data?: string }> = []
  let state = before

  const schedule = (kind: WorkKind, lane: string, due: number, key: string | null, payload: unknown): void => {
    work.push({ id: core.ids.next(), kind, lane, due, key, payload: JSON.stringify(payload) })
  }

  // Read before every decision. When it has just changed, a look too many does no harm.
  const setup = core.directory.known(workspace)
  /** Room matters only where there is an end to it. */
  const queuesOf = (id: string): ReadonlyArray<string> => {
    const agent = setup?.agents.get(id)
    return setup === undefined || agent?.capacity === undefined ? [] : queuesGivingTo(setup, agent)
  }

  const follow = (after: Conversation, entry: Entry, reaction: Reaction): void => {
    switch (reaction._tag) {
      case 'Deliver':
        deliveries.push(
          encodeDelivery({ conversation: after.id, seq: reaction.seq, account: after.account }, queued(entry.at), 1),
        )
        schedule('deliver', after.id, entry.at, null, { conversation: after.id, seq: reaction.seq })
        break
      case 'Signal': {
        const { seq, message } = reaction
        work.push(signalWork(core, { conversation: after.id, seq, message }, entry.at))
        break
      }
      case 'SetTimer': {
        const { kind, key, at, schedule: scheduled } = reaction.timer
        const payload = { conversation: after.id, ...(scheduled === undefined ? {} : { schedule: scheduled }) }
        schedule(kind, after.id, at, key, payload)
        break
      }
      case 'AskBot':
        schedule('bot', after.id, entry.at, null, { conversation: after.id, bot: reaction.bot })
        break
      case 'Distribute':
        if (setup === undefined || needsWork(setup.queues.get(reaction.queue))) {
          work.push(distributeWork(core, workspace, reaction.queue, entry.at))
        }
        break
      case 'Freed':
        for (const queue of queuesOf(reaction.agent)) work.push(distributeWork(core, workspace, queue, entry.at))
        break
      case 'LeftBehind':
        if (setup !== undefined && !givesToNext(setup.queues.get(reaction.queue))) break
        schedule('reassign', reaction.queue, entry.at, null, { conversation: after.id })
        break
      case 'WaitsFor':
        if ((setup?.queues.get(reaction.queue)?.away ?? 'keep') === 'keep') break
        schedule('presence', reaction.agent, entry.at, waitedForKey(reaction.agent), {})
        break
      case 'Translate':
        // Its own for each message: under one key, what is under way would be done again beside itself.
        schedule('translate', after.id, entry.at, null, { conversation: after.id, message: reaction.message })
        break
      case 'Fetch': {
        const { message: seq, blob, account } = reaction
        work.push(fetchWork(core, { conversation: after.id, seq, blob, account }, entry.at))
        break
      }
      case 'CancelTimer':
        cancel.push({ kind: reaction.kind, key: reaction.key })
        break
      case 'Erase':
        if (reaction.seq === 'all') erase.push({ conversation: after.id, seq: 'all' })
        else for (const blank of target?.blanks ?? []) erase.push({ conversation: after.id, ...blank })
        if ((target?.blobs.length ?? 0) > 0) schedule('forget', after.id, entry.at, null, { blobs: target?.blobs })
        break
    }
  }

  for (const entry of entries) {
    const after = evolve(state, entry)
    if (after === undefined) throw new Error('an entry without a conversation to happen in')
    for (const reaction of react(state, entry, after)) follow(after, entry, reaction)
    state = after
  }
  const after = state
  if (after === undefined) throw new Error('nothing happened')
  const amendments = amendmentsOf(after.id, entries, target)
  return {
    after,
    changes: {
      workspace,
      conversations: [{ before, after }],
      entries: entries.map((entry) => encodeEntry(after.id, entry)),
      ...(work.length > 0 ? { work } : {}),
      ...(cancel.length > 0 ? { cancel } : {}),
      ...(deliveries.length > 0 ? { deliveries } : {}),
      ...(amendments.length > 0 ? { amendments } : {}),
      ...(erase.length > 0 ? { erase } : {}),
    },
  }
}
