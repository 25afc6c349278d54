import { maySee } from '../domain/access/policy.ts'
import type { Running } from '../runtime/engine.ts'
import { type Viewer, seeConversation } from '../runtime/read/viewer.ts'
import { asEngineError } from './refusing.ts'
import type { AgentSession, Conversations } from './types.ts'

/** Who looks at a conversation and who writes there: for those who may see it, and only while they may. */
export const watchingFor = (
  { core, closing }: Running,
  viewer: Viewer,
): Pick<Conversations, 'look' | 'watchers'> & Pick<AgentSession, 'onWatching'> => {
  const { workspace, agent } = viewer
  return {
    look: (id) => {
      let gone = false
      let stop = (): void => undefined
      seeConversation(core, viewer, id)
        .then((state) => {
          if (!gone && !closing.aborted && state !== undefined) stop = core.watchers.look(workspace, state.id, agent)
        })
        .catch((error: unknown) => core.report('looking', error))
      return () => {
        gone = true
        stop()
      }
    },
    watchers: (id) =>
      asEngineError(closing, async () => {
        const state = await seeConversation(core, viewer, id)
        if (state === undefined) return { ok: false, refusal: { _tag: 'NotFound' } }
        const setup = await core.directory.of(workspace)
        const queue = setup.queues.get(state.queue)
        const present = core.watchers.at(workspace, state.id).filter((one) => {
          const who = setup.agents.get(one.agent)
          return who !== undefined && maySee(who, state, queue)
        })
        return { ok: true, value: present }
      }),
    onWatching: (listener) => {
      // One after the other: who came and went is not told to have gone and come.
      let told: Promise<unknown> = Promise.resolve()
      return core.bus.on('watching', ({ workspace: where, conversation, agent: who, on, writing }) => {
        if (where !== workspace || who === agent) return
        told = told
          .then(() => seeConversation(core, viewer, conversation))
          .then((state) => state && listener({ conversation: state.id, agent: who, on, writing }))
          .catch((error: unknown) => core.report('watching', error))
      })
    },
  }
}
