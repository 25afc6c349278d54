import { maySee } from '../domain/access/policy.ts'
import { lostSight } from '../domain/access/sight.ts'
import type { FeedItem } from '../domain/feed-item.ts'
import type { Core } from './core.ts'
import { storageFailed } from './error.ts'
import { knownTo } from './read/known-contacts.ts'
import type { Stretch } from './stream.ts'

/** What of a stretch an agent may know: what she sees now, and that something has left her sight. */
const seenBy = async (
  core: Core,
  workspace: string,
  agentId: string,
  { items, conversations }: Stretch,
): Promise<ReadonlyArray<FeedItem>> => {
  const setup = await core.directory.of(workspace)
  const agent = setup.agents.get(agentId)
  if (agent === undefined || items.length === 0) return []
  const mentioned = items.flatMap((item) => (item._tag === 'Contact' ? [item.contact] : []))
  const contacts = mentioned.length === 0 ? new Map() : await knownTo(core, { workspace, agent: agentId }, mentioned)
  const states = await conversations()
  return items.flatMap((item): ReadonlyArray<FeedItem> => {
    // What the workspace does as a whole is told to the host alone.
    if (item._tag === 'Workspace') return []
    if (item._tag === 'Contact') return contacts.has(item.contact) ? [item] : []
    const state = states.get(item.conversation)
    if (state === undefined) return []
    if (maySee(agent, state, setup.queues.get(state.queue))) return [item]
    return item._tag === 'Entry' && lostSight(agent, item.entry, state, setup.queues)
      ? [{ _tag: 'Gone', position: item.position, conversation: item.conversation }]
      : []
  })
}

export interface FeedOptions {
  readonly workspace: string
  /** Everything after this position; from now on when absent. */
  readonly since?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Only what this agent may see. */
  readonly agent?: string
}

/**
 * The stream from a position on: read from the store by cursor, so that nothing is missed, doubled or out of order,
 * whatever happened in between. Commits, here or elsewhere, only wake it.
 */
export async function* feed(
  core: Core,
  closing: AbortSignal,
  options: FeedOptions,
): AsyncGenerator<FeedItem, void, void> {
  const { workspace, signal, agent } = options
  let wake = (): void => undefined
  let news = true
  const nudge = (): void => {
    news = true
    wake()
  }
  const stop = core.bus.on('committed', (commit) => {
    if (commit.workspace === workspace) nudge()
  })
  const deaf = core.bus.on('closing', nudge)
  signal?.addEventListener('abort', nudge)
  const over = (): boolean => closing.aborted || signal?.aborted === true
  try {
    if (over()) return
    let after = options.since ?? (await core.storage.position(workspace))
    while (!over()) {
      news = false
      const stretch = await core.stream.after(workspace, after)
      for (const item of agent === undefined ? stretch.items : await seenBy(core, workspace, agent, stretch)) {
        if (over()) return
        yield item
      }
      after = stretch.position
      if (stretch.more || news) continue
      await new Promise<void>((resolve) => {
        wake = resolve
        if (news || over()) resolve()
      })
    }
  } catch (error) {
    // Who closes while a page is read has not broken anything.
    if (!over()) throw storageFailed(error)
  } finally {
    stop()
    deaf()
    signal?.removeEventListener('abort', nudge)
  }
}
