import { decodeEntry } from '../codec/entry.ts'
import type { ScheduledContent } from '../domain/conversation/entry.ts'
import type { Core } from './core.ts'

/** What a scheduled message says, by the entry that holds it; undefined when that has been erased. */
export const contentAt = async (
  core: Core,
  workspace: string,
  conversation: string,
  seq: number,
): Promise<ScheduledContent | undefined> => {
  const { entries } = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const entry = entries[0]?.seq === seq ? decodeEntry(entries[0]) : undefined
  return entry?.what._tag === 'MessageScheduled' || entry?.what._tag === 'ScheduleChanged'
    ? entry.what.content
    : undefined
}
