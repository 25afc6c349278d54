import { revisionDocument } from '../../codec/settings.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { Needs, View } from '../view.ts'

export const revisionNeeds = (workspace: string): Needs => ({ documents: [{ workspace, ...revisionDocument }] })

/** What the settings of a workspace count as, as a decision sees it. */
export const storedRevision = (view: View, workspace: string): StoredDocument | undefined =>
  view.document(workspace, revisionDocument.kind, revisionDocument.id)
