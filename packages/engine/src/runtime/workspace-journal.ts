import { encodeJournalLength, encodeWorkspaceEntry, journalDocument, journalLength } from '../codec/workspace.ts'
import type { Actor } from '../domain/actor.ts'
import type { WorkspaceHappening } from '../domain/workspace/entry.ts'
import type { Changes } from './changes.ts'
import type { Core } from './core.ts'

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
    decide: (view) => {
      const stored = view.document(workspace, journalDocument.kind, journalDocument.id)
      const seq = journalLength(stored) + 1
      return {
        _tag: 'Decided',
        value: undefined,
        changes: {
          workspace,
          ...beside,
          documents: [encodeJournalLength(seq, (stored?.version ?? 0) + 1)],
          entries: [encodeWorkspaceEntry(seq, { at: core.clock.now(), actor, what })],
        },
      }
    },
  })
}
