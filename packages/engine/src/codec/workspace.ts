import type { WorkspaceEntry } from '../domain/workspace/entry.ts'
import type { StoredDocument, StoredEntry } from '../ports/storage.ts'
import { decodeRecord, encodeRecord } from './record.ts'

/** Under which name the workspace's own journal stands: no id of a conversation or a contact looks like it. */
const workspaceJournal = 'workspace'

/** How long that journal is stands in a document, so that two nodes never write the same line. */
export const journalDocument = { kind: 'journal', id: workspaceJournal } as const

export const encodeJournalLength = (length: number, version: number): StoredDocument => ({
  ...journalDocument,
  version,
  parent: null,
  words: '',
  data: JSON.stringify({ v: 1, n: length }),
})

export const journalLength = (stored: StoredDocument | undefined): number =>
  (JSON.parse(stored?.data ?? '{"n":0}') as { readonly n: number }).n

export const encodeWorkspaceEntry = (seq: number, entry: WorkspaceEntry): StoredEntry =>
  encodeRecord('workspace', workspaceJournal, seq, entry)

/** Undefined when the line is about something else than the workspace. */
export const decodeWorkspaceEntry = (stored: StoredEntry): WorkspaceEntry | undefined =>
  decodeRecord('workspace', stored) as WorkspaceEntry | undefined
