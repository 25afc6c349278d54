import type { StoredAmendment, StoredEntry } from '../ports/storage.ts'
import type { Changes } from './changes.ts'

/** What the decisions of one batch write down of messages, as the decisions after them have to see it. */
export interface Written {
  readonly note: (changes: Changes) => void
  /** An entry as it is by now; `stored` is what the store has of it. */
  readonly entry: (
    workspace: string,
    conversation: string,
    seq: number,
    stored: StoredEntry | undefined,
  ) => StoredEntry | undefined
  /** What stands beside a message by now; `stored` is what the store has of it. */
  readonly amendment: (
    workspace: string,
    conversation: string,
    seq: number,
    stored: StoredAmendment | undefined,
  ) => StoredAmendment | undefined
}

const keyOf = (workspace: string, conversation: string, seq: number): string =>
  `${workspace.length}:${workspace}${conversation}/${seq}`

/** Gone through when somebody asks: most batches never do. What belongs to a deleted conversation nobody asks for. */
export const makeWritten = (): Written => {
  const unread: Array<Changes> = []
  const entries = new Map<string, StoredEntry>()
  const amendments = new Map<string, StoredAmendment | undefined>()
  /** What is left of stored entries that were erased. */
  const blanks = new Map<string, string>()
  const read = (): void => {
    for (const { workspace, erase = [], entries: added = [], amendments: put = [] } of unread.splice(0)) {
      for (const { conversation, seq, data = '{}' } of erase) {
        if (seq === 'all') continue
        const key = keyOf(workspace, conversation, seq)
        const entry = entries.get(key)
        if (entry === undefined) blanks.set(key, data)
        else entries.set(key, { ...entry, body: null, data })
        amendments.set(key, undefined)
      }
      for (const row of added) entries.set(keyOf(workspace, row.conversation, row.seq), row)
      for (const row of put) amendments.set(keyOf(workspace, row.conversation, row.seq), row)
    }
  }
  return {
    note: (changes) => {
      if (changes.entries !== undefined) unread.push(changes)
    },
    entry: (workspace, conversation, seq, stored) => {
      read()
      const key = keyOf(workspace, conversation, seq)
      const data = blanks.get(key)
      const left = stored === undefined || data === undefined ? stored : { ...stored, body: null, data }
      return entries.get(key) ?? left
    },
    amendment: (workspace, conversation, seq, stored) => {
      read()
      const key = keyOf(workspace, conversation, seq)
      return amendments.has(key) ? amendments.get(key) : stored
    },
  }
}
