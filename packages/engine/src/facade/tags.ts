import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Running } from '../runtime/engine.ts'
import { type Viewer, sightOf } from '../runtime/read/viewer.ts'
import type { Kept } from '../runtime/settings.ts'
import { mayManageTags, putTag, removeTag, renameTag } from '../runtime/tags.ts'
import { abortable, asEngineError, given } from './refusing.ts'
import type { Outcome, Tags } from './types.ts'

const outcome = <A>(kept: Kept<A>): Outcome<A> =>
  kept._tag === 'Kept' ? { ok: true, value: kept.value } : { ok: false, refusal: kept.refusal }

/** More conversations than this are many. */
const countedTo = 1_000_000

/** The tags of a workspace, with how many conversations this agent finds under each. */
export const tagsFor = ({ core, closing }: Running, viewer: Viewer): Tags => {
  const { workspace, agent } = viewer

  const managing = <A>(then: () => Promise<Outcome<A>>): Promise<Outcome<A>> =>
    asEngineError(closing, async () => {
      const setup = await core.directory.of(workspace)
      const refusal: Refusal | null = mayManageTags(setup.agents.get(agent), agent)
      return refusal === null ? then() : { ok: false, refusal }
    })

  return {
    list: (options) =>
      abortable(
        options?.signal,
        asEngineError(closing, async () => {
          const setup = await core.directory.of(workspace)
          if (!setup.agents.has(agent)) return []
          const visibility = sightOf(setup, viewer)
          const tags = [...setup.tags.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
          return Promise.all(
            tags.map(async (tag) => ({
              ...tag,
              conversations: await core.storage.count({
                workspace,
                visibility,
                filter: { tag: tag.id },
                atMost: countedTo,
              }),
            })),
          )
        }),
      ),
    put: (tag) => managing(async () => outcome(await putTag(core, workspace, given(tag)))),
    rename: (id, to) => managing(async () => outcome(await renameTag(core, workspace, agent, id, to))),
    remove: (id) =>
      managing(async () => {
        const refusal = await removeTag(core, workspace, agent, id)
        return refusal === null ? { ok: true, value: undefined } : { ok: false, refusal }
      }),
  }
}
