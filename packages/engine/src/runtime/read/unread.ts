import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import { currentConversation } from '../redirect.ts'
import type { Viewer } from './viewer.ts'

/** What somebody had not read at both ends before messages went from one to the other. */
export interface UnreadBefore {
  readonly source: { readonly id: string; readonly unread: number } | undefined
  readonly into: { readonly id: string; readonly unread: number } | undefined
}

/** How many messages of a conversation an agent has not read. */
export const unreadIn = async (core: Core, { workspace, agent }: Viewer, id: string): Promise<number> => {
  const [found] = await core.storage.list({
    workspace,
    visibility: { _tag: 'All' },
    filter: { ids: [id] },
    reader: agent,
    limit: 1,
  })
  return found?.unread ?? 0
}

/** What an agent has typed; also in a conversation that was merged since, when she has typed nothing in the other one. */
export const draftAt = async (
  core: Core,
  { workspace, agent }: Viewer,
  id: string,
  mode: 'reply' | 'note',
): Promise<string | undefined> => {
  if (typeof id !== 'string') return undefined
  const now = (await currentConversation(core, workspace, id))?.id
  const draft = now === undefined || now === id ? undefined : await core.storage.draft(workspace, now, agent, mode)
  return draft ?? core.storage.draft(workspace, id, agent, mode)
}

const at = async (core: Core, viewer: Viewer, id: string | undefined): Promise<UnreadBefore['source']> => {
  const state = id === undefined ? undefined : await currentConversation(core, viewer.workspace, id)
  return state === undefined ? undefined : { id: state.id, unread: await unreadIn(core, viewer, state.id) }
}

export const unreadOf = async (
  core: Core,
  viewer: Viewer,
  source: string,
  into: string | undefined,
): Promise<UnreadBefore> => {
  const [one, other] = await Promise.all([at(core, viewer, source), at(core, viewer, into)])
  return { source: one, into: other }
}

/**
 * Who moves messages has neither read nor unread anything by it: what was new to her still is, wherever it stands. To
 * her colleagues everything that has come to a conversation is new there.
 */
export const unreadAfter = async (
  core: Core,
  { workspace, agent }: Viewer,
  { source, into }: UnreadBefore,
  arrived: Conversation,
): Promise<void> => {
  const had = source?.unread ?? 0
  const mark = async (conversation: string, unread: number): Promise<void> =>
    core.storage.markRead({ workspace, agent, visibility: { _tag: 'All' }, filter: {}, conversation, unread })
  if (into !== undefined) {
    if (into.id === arrived.id && source?.id !== into.id) await mark(arrived.id, into.unread + had)
    return
  }
  const went = Math.min(had, arrived.inbound)
  await mark(arrived.id, went)
  if (went > 0 && source !== undefined) await mark(source.id, had - went)
}
