import type { ClaimedWork, StoredWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { write } from '../write.ts'

/** Ends work, with what follows from it. */
export const settle = (core: Core, work: ClaimedWork, ...more: ReadonlyArray<StoredWork>): Promise<unknown> =>
  write(core, work.workspace, () => ({ settle: [{ id: work.id, attempts: work.attempts }], work: more }))
