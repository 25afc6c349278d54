import type { Actor } from '../domain/actor.ts'
import type { WorkspaceEntry, WorkspaceHappening } from '../domain/workspace/entry.ts'
import type { StoredDocument, StoredEntry } from '../ports/storage.ts'

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

export const encodeWorkspaceEntry = (seq: number, entry: WorkspaceEntry): StoredEntry => {
  const { _tag, ...rest } = entry.what
  return {
    conversation: workspaceJournal,
    seq,
    kind: 'record',
    type: _tag,
    actorKind: entry.actor.kind,
    actor: entry.actor.id,
    at: entry.at,
    body: null,
    data: JSON.stringify({ v: 1, of: 'workspace', what: rest }),
  }
}

/** Undefined when the line is about something else than the workspace. */
export const decodeWorkspaceEntry = (stored: StoredEntry): WorkspaceEntry | undefined => {
  const data = JSON.parse(stored.data) as { readonly of?: string; readonly what?: Omit<WorkspaceHappening, '_tag'> }
  if (data.of !== 'workspace') return undefined
  return {
    at: stored.at,
    actor: { kind: stored.actorKind, id: stored.actor } as Actor,
    what: { _tag: stored.type, ...data.what } as WorkspaceHappening,
  }
}
