import { nextRevision } from '../../codec/settings.ts'
import type { Changes } from '../changes.ts'
import type { Core } from '../core.ts'
import { revisionNeeds, storedRevision } from './revision.ts'

/** Changes settings, and what goes with them, in one commit that every engine on the store can tell by the revision. */
export const changeSettings = async (
  core: Core,
  changes: Pick<Changes, 'workspace' | 'settings' | 'work' | 'cancel'>,
): Promise<void> => {
  const { workspace } = changes
  const { value } = await core.committer.submit({
    workspace,
    needs: revisionNeeds(workspace),
    decide: (view) => {
      const revision = nextRevision(storedRevision(view, workspace))
      return { _tag: 'Decided', value: revision.version, changes: { ...changes, documents: [revision] } }
    },
  })
  core.directory.changed(workspace, value)
}
