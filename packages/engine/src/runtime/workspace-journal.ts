import { encodeJournalLength, encodeWorkspaceEntry, journalDocument, journalLength } from '../codec/workspace.ts'
import type { Actor } from '../domain/actor.ts'
import type { WorkspaceHappening } from '../domain/workspace/entry.ts'
import type { Changes } from './changes.ts'
import type { Core } from './core.ts'
import type { View } from './view.ts'

/** The lines that tell what happened, for a commit that has loaded how long the journal is. */
export const workspaceLines = (
  view: View,
  workspace: string,
  at: number,
  actor: Actor,
  happened: ReadonlyArray<WorkspaceHappening>,
): Required<Pick<Changes, 'documents' | 'entries'>> => {
  if (happened.length === 0) return { documents: [], entries: [] }
  const stored = view.document(workspace, journalDocument.kind, journalDocument.id)
  const length = journalLength(stored)
  return {
    documents: [encodeJournalLength(length + happened.length, (stored?.version ?? 0) + 1)],
    entries: happened.map((what, index) => encodeWorkspaceEntry(length + index + 1, { at, actor, what })),
  }
}

/** Writes down what the workspace did as a whole; the host's feed carries it. `beside` is done in the same commit. */
export const noteInWorkspace = async (
  core: Core,
  workspace: string,
  actor: Actor,
  what: WorkspaceHappening,
  beside: Pick<Changes, 'settle'> = {},
): Promise<void> => {
  await core.committer.submit({
    workspace,
    needs: { documents: [{ workspace, ...journalDocument }] },
    decide: (view) => ({
      _tag: 'Decided',
      value: undefined,
      changes: { workspace, ...beside, ...workspaceLines(view, workspace, core.clock.now(), actor, [what]) },
    }),
  })
}
