import { isFields } from '../domain/message/part-issues.ts'
import type { Running } from '../runtime/engine.ts'
import { withKin } from '../runtime/read/list.ts'
import { type Viewer, sightOf } from '../runtime/read/viewer.ts'
import { type KeptView, putView, removeView, viewsOf } from '../runtime/saved-views.ts'
import { filterOf } from './filters.ts'
import { abortable, asEngineError, invalid } from './refusing.ts'
import type { SavedView, Views } from './types.ts'

/** Beyond this a number on a label says no more than "many". */
const countedTo = 999

/** What was kept has been checked when it was put. */
const shown = (view: KeptView): SavedView => view as SavedView

/** Filters that were kept, with what each shows to this agent. */
export const savedViewsFor = ({ core, closing }: Running, viewer: Viewer): Views => {
  const { workspace, agent } = viewer
  return {
    list: (options) =>
      abortable(
        options?.signal,
        asEngineError(closing, async () => {
          const setup = await core.directory.of(workspace)
          if (!setup.agents.has(agent)) return []
          const visibility = sightOf(setup, viewer)
          const views = (await viewsOf(core, workspace, agent)).map(shown)
          return Promise.all(
            views.map(async (view) => ({
              ...view,
              count: await core.storage.count({
                workspace,
                visibility,
                filter: await withKin(core, workspace, filterOf(view.filter, agent, setup)),
                atMost: countedTo,
              }),
            })),
          )
        }),
      ),
    put: (view) =>
      asEngineError(closing, async () => {
        const setup = await core.directory.of(workspace)
        if (!isFields(view)) return invalid('view', 'an object with name, filter and shared')
        const { id, name, filter, shared } = view
        const asked = { name, filter: { ...filter }, shared, ...(id === undefined ? {} : { id }) }
        const kept = await putView(core, setup, workspace, agent, asked)
        return kept._tag === 'Kept' ? { ok: true, value: shown(kept.value) } : { ok: false, refusal: kept.refusal }
      }),
    remove: (id) =>
      asEngineError(closing, async () => {
        const refusal = await removeView(core, await core.directory.of(workspace), workspace, agent, id)
        return refusal === null ? { ok: true, value: undefined } : { ok: false, refusal }
      }),
  }
}
