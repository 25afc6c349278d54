import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import { tellRead } from '../signals/read.ts'
import type { Viewer } from './viewer.ts'

/** So many messages of a conversation that an agent sees are unread to her; none means that she has read it. */
export const markAs = async (core: Core, viewer: Viewer, state: Conversation, unread: number): Promise<void> => {
  const { workspace, agent } = viewer
  const visibility = { _tag: 'All' } as const
  await core.storage.markRead({ workspace, agent, visibility, filter: {}, conversation: state.id, unread })
  if (unread === 0) tellRead(core, viewer, state)
}
