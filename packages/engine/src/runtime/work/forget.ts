import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { write } from '../write.ts'

/** Removes the files of what was deleted. */
export const forget = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { blobs } = JSON.parse(work.payload) as { readonly blobs: ReadonlyArray<string> }
  for (const blob of blobs) await core.blobs.delete(work.workspace, blob)
  await write(core, work.workspace, () => ({ settle: [{ id: work.id, attempts: work.attempts }] }))
}
