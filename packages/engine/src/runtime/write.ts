import type { Changes } from './changes.ts'
import type { Core } from './core.ts'

/**
 * Commits what needs nothing that is stored to be decided. `changes` is asked when its turn comes, as often as it is tried.
 * With a `request` it is stored together with whatever else came with it.
 */
export const write = (
  core: Core,
  workspace: string,
  changes: () => Omit<Changes, 'workspace'>,
  request?: object,
): Promise<unknown> =>
  core.committer.submit({
    workspace,
    needs: {},
    ...(request === undefined ? {} : { request }),
    decide: () => ({ _tag: 'Decided', value: undefined, changes: { workspace, ...changes() } }),
  })
