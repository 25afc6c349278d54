import { decodeConversation } from '../codec/conversation.ts'
import { decodeDelivery } from '../codec/delivery.ts'
import { decodeEntry } from '../codec/entry.ts'
import { decodeContactEntry } from '../codec/contact.ts'
import { decodeWorkspaceEntry } from '../codec/workspace.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { FeedItem } from '../domain/feed-item.ts'
import type { Storage, StoredEntry, StreamItem } from '../ports/storage.ts'
import type { Bus } from './bus.ts'
import { noNeeds } from './view.ts'

const pageSize = 500

/** A line about something else than a conversation: a contact, or the workspace itself. */
const decodeRecord = (position: number, stored: StoredEntry): ReadonlyArray<FeedItem> => {
  const workspace = decodeWorkspaceEntry(stored)
  if (workspace !== undefined) return [{ _tag: 'Workspace', position, entry: workspace }]
  const contact = decodeContactEntry(stored)
  return contact === undefined ? [] : [{ _tag: 'Contact', position, contact: stored.conversation, entry: contact }]
}

const decodeItem = (item: StreamItem): ReadonlyArray<FeedItem> => {
  const { position } = item
  if (item._tag === 'Delivery') {
    const { conversation, seq } = item.delivery
    return [{ _tag: 'Delivery', position, conversation, seq, delivery: decodeDelivery(item.delivery) }]
  }
  const { entry } = item
  if (entry.kind === 'record') return decodeRecord(position, entry)
  return [{ _tag: 'Entry', position, conversation: entry.conversation, entry: decodeEntry(entry) }]
}

type OfConversation = Extract<FeedItem, { readonly conversation: string }>
const isOfConversation = (item: FeedItem): item is OfConversation => 'conversation' in item

/** What comes after a position, in the order of commits. */
export interface Stretch {
  readonly items: ReadonlyArray<FeedItem>
  /** Where to go on; that after which it was read when there was nothing. */
  readonly position: number
  /** Whether there was more than is read at once. */
  readonly more: boolean
  /** The conversations that it is about, by id, at least as new as it is; loaded once, when somebody first asks. */
  readonly conversations: () => Promise<ReadonlyMap<string, Conversation>>
}

/** Reads the streams of workspaces, for many who stand at the same place as for one. */
export interface Stream {
  readonly after: (workspace: string, position: number) => Promise<Stretch>
}

const load = async (
  storage: Storage,
  workspace: string,
  items: ReadonlyArray<FeedItem>,
): Promise<ReadonlyMap<string, Conversation>> => {
  const ids = [...new Set(items.filter(isOfConversation).map((item) => item.conversation))]
  if (ids.length === 0) return new Map()
  const loaded = await storage.load({ ...noNeeds, conversations: ids.map((id) => ({ workspace, id })) })
  return new Map(loaded.conversations.map((row) => [row.id, decodeConversation(row)]))
}

/**
 * Who asks while the same is being read gets the same answer. A commit ends that: what began before it may not show it,
 * and whoever it has woken is to see it.
 */
export const makeStream = (storage: Storage, bus: Bus): Stream => {
  /** By workspace, then by position. */
  const underWay = new Map<string, Map<number, Promise<Stretch>>>()
  bus.on('committed', ({ workspace }) => underWay.delete(workspace))

  const read = async (workspace: string, after: number): Promise<Stretch> => {
    const page = await storage.stream({ workspace, after, limit: pageSize })
    const items = page.items.flatMap(decodeItem)
    let loading: Promise<ReadonlyMap<string, Conversation>> | undefined
    return {
      items,
      position: page.position,
      more: page.items.length === pageSize,
      conversations: () => (loading ??= load(storage, workspace, items)),
    }
  }

  return {
    after: (workspace, position) => {
      const reads = underWay.get(workspace) ?? new Map<number, Promise<Stretch>>()
      const same = reads.get(position)
      if (same !== undefined) return same
      const reading: Promise<Stretch> = read(workspace, position).finally(() => {
        if (reads.get(position) === reading) reads.delete(position)
        if (reads.size === 0 && underWay.get(workspace) === reads) underWay.delete(workspace)
      })
      underWay.set(workspace, reads.set(position, reading))
      return reading
    },
  }
}
