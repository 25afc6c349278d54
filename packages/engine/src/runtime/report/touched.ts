import type { Core } from '../core.ts'

const pageSize = 500
/** Clocks of several engines differ, and one that is set right jumps: the search begins so much earlier, in milliseconds. */
const marginMs = 60 * 60 * 1_000

/** When the first entry after a position was written; undefined when there is none. */
const timeAfter = async (core: Core, workspace: string, position: number): Promise<number | undefined> => {
  for (let after = position; ; ) {
    const page = await core.storage.stream({ workspace, after, limit: 20 })
    for (const item of page.items) if (item._tag === 'Entry') return item.entry.at
    if (page.position <= after) return undefined
    after = page.position
  }
}

/** The last position before a time: the stream is in the order of commits, so half of it is ruled out at each step. */
const positionBefore = async (core: Core, workspace: string, time: number): Promise<number> => {
  let low = 0
  let high = await core.storage.position(workspace)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const at = await timeAfter(core, workspace, middle)
    if (at !== undefined && at < time) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Every conversation in which anything has happened since a time (epoch milliseconds), by the stream: not the last
 * message counts, because a conversation may be closed long after it.
 */
export const touchedSince = async (core: Core, workspace: string, time: number): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>()
  for (let after = await positionBefore(core, workspace, time - marginMs); ; ) {
    const page = await core.storage.stream({ workspace, after, limit: pageSize })
    for (const item of page.items) {
      if (item._tag === 'Entry' && item.entry.kind !== 'record') ids.add(item.entry.conversation)
    }
    if (page.position <= after) return ids
    after = page.position
  }
}
