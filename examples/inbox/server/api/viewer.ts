import type { AgentSession, Workspace } from '@guichet/engine'
import type { Agent } from '@guichet/engine/domain'
import { createMiddleware } from 'hono/factory'
import { refused } from './refused.ts'

export interface ViewerEnv {
  readonly Variables: { readonly me: Agent; readonly session: AgentSession }
}

/**
 * Who asks: `?as=` or the header `x-as`, Ana unless said. A real host would know it from its own login; the engine only
 * takes the id.
 */
export const viewer = (workspace: Workspace) =>
  createMiddleware<ViewerEnv>(async (c, next) => {
    const id = c.req.query('as') ?? c.req.header('x-as') ?? 'ana'
    const me = await workspace.agents.get(id)
    if (me === undefined) return refused(c, { _tag: 'UnknownAgent', agent: id }, 403)
    c.set('me', me)
    c.set('session', workspace.as(id))
    return next()
  })
