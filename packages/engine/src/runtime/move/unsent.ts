import type { Conversation } from '../../domain/conversation/state.ts'
import { textOf } from '../../domain/message/part.ts'
import type { StoredDraft } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { draftWith } from '../drafts.ts'
import type { Journal } from './standing.ts'

/**
 * What was scheduled in a conversation that goes into another one is not sent, and not lost either: it is a draft there
 * of whoever wrote it. Who is gone has no drafts.
 */
export const unsentIn = async (
  core: Core,
  workspace: string,
  setup: Setup,
  source: Conversation,
  into: string,
  { written }: Journal,
): Promise<ReadonlyArray<StoredDraft>> => {
  const drafts = new Map<string, StoredDraft>()
  for (const { by, content } of source.scheduled) {
    const what = written.find(({ seq }) => seq === content)?.what
    const said = what?._tag === 'MessageScheduled' || what?._tag === 'ScheduleChanged' ? what.content : undefined
    const text = textOf(said?.parts ?? [])
    if (!setup.agents.has(by) || text.trim() === '') continue
    const before = drafts.get(by)?.data ?? (await core.storage.draft(workspace, into, by, 'reply'))
    const data = draftWith(before, text)
    drafts.set(by, { conversation: into, agent: by, mode: 'reply', data, at: core.clock.now() })
  }
  return [...drafts.values()]
}
