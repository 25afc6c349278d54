import { decodeConversation } from '../codec/conversation.ts'
import { decodeDelivery } from '../codec/delivery.ts'
import { decodeEntry } from '../codec/entry.ts'
import { maySee } from '../domain/access/policy.ts'
import { lostSight } from '../domain/access/sight.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { Delivery } from '../domain/message/delivery.ts'
import type { StreamItem } from '../ports/storage.ts'
import type { Core } from './core.ts'
import { storageFailed } from './error.ts'
import { noNeeds } from './view.ts'

export type Item =
  | { readonly _tag: 'Entry'; readonly position: number; readonly conversation: string; readonly entry: Entry }
  | {
      readonly _tag: 'Delivery'
      readonly position: number
      readonly conversation: string
      readonly seq: number
      readonly delivery: Delivery
    }
  | { readonly _tag: 'Gone'; readonly position: number; readonly conversation: string }

const pageSize = 500

const decodeItem = (item: StreamItem): Item =>
  item._tag === 'Entry'
    ? {
        _tag: 'Entry',
        position: item.position,
        conversation: item.entry.conversation,
        entry: decodeEntry(item.entry),
      }
    : {
        _tag: 'Delivery',
        position: item.position,
        conversation: item.delivery.conversation,
        seq: item.delivery.seq,
        delivery: decodeDelivery(item.delivery),
      }

/** What of a page an agent may know: what she sees now, and that something has left her sight. */
const seenBy = async (
  core: Core,
  workspace: string,
  agentId: string,
  items: ReadonlyArray<Item>,
): Promise<ReadonlyArray<Item>> => {
  const setup = await core.directory.of(workspace)
  const agent = setup.agents.get(agentId)
  if (agent === undefined || items.length === 0) return []
  const ids = [...new Set(items.map((item) => item.conversation))]
  const loaded = await core.storage.load({ ...noNeeds, conversations: ids.map((id) => ({ workspace, id })) })
  const states = new Map(loaded.conversations.map((row) => [row.id, decodeConversation(row)]))
  return items.flatMap((item): ReadonlyArray<Item> => {
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
 * whatever happened in between. Commits in this process only wake it.
 */
export async function* feed(core: Core, closing: AbortSignal, options: FeedOptions): AsyncGenerator<Item, void, void> {
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
    let after = options.since ?? (await core.storage.position())
    while (!over()) {
      news = false
      const page = await core.storage.stream({ workspace, after, limit: pageSize })
      const items = page.items.map(decodeItem)
      for (const item of agent === undefined ? items : await seenBy(core, workspace, agent, items)) {
        if (over()) return
        yield item
      }
      const moved = page.position > after
      after = page.position
      if (moved || news) continue
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
