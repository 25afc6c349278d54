import { decodeConversation } from '../codec/conversation.ts'
import { decodeDelivery } from '../codec/delivery.ts'
import { decodeEntry } from '../codec/entry.ts'
import { decodeContactEntry } from '../codec/contact.ts'
import { decodeWorkspaceEntry } from '../codec/workspace.ts'
import { maySee } from '../domain/access/policy.ts'
import { lostSight } from '../domain/access/sight.ts'
import type { ContactEntry } from '../domain/contact/entry.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { Delivery } from '../domain/message/delivery.ts'
import type { WorkspaceEntry } from '../domain/workspace/entry.ts'
import type { StoredEntry, StreamItem } from '../ports/storage.ts'
import type { Core } from './core.ts'
import { storageFailed } from './error.ts'
import { knownTo } from './read/known-contacts.ts'
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
  | {
      readonly _tag: 'Contact'
      readonly position: number
      readonly contact: string
      readonly entry: ContactEntry
    }
  | { readonly _tag: 'Workspace'; readonly position: number; readonly entry: WorkspaceEntry }
  | { readonly _tag: 'Gone'; readonly position: number; readonly conversation: string }

const pageSize = 500

/** A line about something else than a conversation: a contact, or the workspace itself. */
const decodeRecord = (position: number, stored: StoredEntry): ReadonlyArray<Item> => {
  const workspace = decodeWorkspaceEntry(stored)
  if (workspace !== undefined) return [{ _tag: 'Workspace', position, entry: workspace }]
  const contact = decodeContactEntry(stored)
  return contact === undefined ? [] : [{ _tag: 'Contact', position, contact: stored.conversation, entry: contact }]
}

const decodeItem = (item: StreamItem): ReadonlyArray<Item> => {
  const { position } = item
  if (item._tag === 'Delivery') {
    const { conversation, seq } = item.delivery
    return [{ _tag: 'Delivery', position, conversation, seq, delivery: decodeDelivery(item.delivery) }]
  }
  const { entry } = item
  if (entry.kind === 'record') return decodeRecord(position, entry)
  return [{ _tag: 'Entry', position, conversation: entry.conversation, entry: decodeEntry(entry) }]
}

type OfConversation = Extract<Item, { readonly conversation: string }>
const isOfConversation = (item: Item): item is OfConversation => 'conversation' in item

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
  const ids = [...new Set(items.filter(isOfConversation).map((item) => item.conversation))]
  const mentioned = items.flatMap((item) => (item._tag === 'Contact' ? [item.contact] : []))
  const contacts = mentioned.length === 0 ? new Map() : await knownTo(core, { workspace, agent: agentId }, mentioned)
  const loaded = await core.storage.load({ ...noNeeds, conversations: ids.map((id) => ({ workspace, id })) })
  const states = new Map(loaded.conversations.map((row) => [row.id, decodeConversation(row)]))
  return items.flatMap((item): ReadonlyArray<Item> => {
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
      const items = page.items.flatMap(decodeItem)
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
