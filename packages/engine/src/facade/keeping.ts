import { isFields } from '../domain/message/part-issues.ts'
import type { Running } from '../runtime/engine.ts'
import { importHistory } from '../runtime/import/import.ts'
import { keepsEverything, putRetention, runRetention } from '../runtime/retention.ts'
import { asEngineError, given, invalid } from './refusing.ts'
import type { Workspace } from './types.ts'

const usualPage = 100
const largestPage = 1_000

/** What the host does with what is kept: how long, what came before, and what is still to be done. */
export const keepingFor = (
  { core, closing }: Running,
  workspace: string,
): Pick<Workspace, 'retention' | 'import' | 'upcoming'> => ({
  retention: {
    get: () => asEngineError(closing, async () => (await core.directory.of(workspace)).retention ?? keepsEverything),
    put: (policy) =>
      asEngineError(closing, async () => {
        if (!isFields(policy)) return invalid('retention', 'an object with closedDays, spamDays and archivedDays')
        const kept = await putRetention(core, workspace, policy)
        return kept._tag === 'Kept' ? { ok: true, value: kept.value } : { ok: false, refusal: kept.refusal }
      }),
    run: () =>
      asEngineError(closing, async () => {
        const { deleted } = await runRetention(core, workspace, Number.POSITIVE_INFINITY)
        return { deleted }
      }),
  },
  import: (history) =>
    asEngineError(closing, async () => {
      const done = await importHistory(core, workspace, given(history))
      return done._tag === 'Imported'
        ? { ok: true, value: { conversation: done.conversation } }
        : { ok: false, refusal: done.refusal }
    }),
  upcoming: (options) =>
    asEngineError(closing, async () => {
      const { limit = usualPage } = given(options)
      const asked =
        typeof limit !== 'number' || Number.isNaN(limit)
          ? usualPage
          : Math.max(1, Math.min(Math.trunc(limit), largestPage))
      const work = await core.storage.upcoming(workspace, asked)
      return work.map(({ id, kind, due, attempts, lane, payload }) => {
        const { conversation = null } = JSON.parse(payload) as { readonly conversation?: string }
        return { id, kind, due, attempts, lane, conversation }
      })
    }),
})
