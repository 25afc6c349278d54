import type { AgentSession, Watching } from '@guichet/engine'
import { Hono } from 'hono'
import { fieldsOf, limit, reading } from './body.ts'
import { invalid, refused } from './refused.ts'
import type { ViewerEnv } from './viewer.ts'

/** What each window looks at, by the agent and the window's own name, and how it looks away. */
const looking = new Map<string, { readonly conversation: string; readonly stop: () => void }>()

const keyOf = (session: AgentSession, window: string): string => `${session.agent}/${window}`

/** A window is closed or cut off: its agent is told of as gone. */
export const lookAway = (session: AgentSession, window: string): void => {
  const key = keyOf(session, window)
  looking.get(key)?.stop()
  looking.delete(key)
}

/** Who is at which conversation at this moment, as far as this agent may see it: for a window that has just opened. */
export const lookedAt = async (session: AgentSession): Promise<ReadonlyArray<Watching>> => {
  const conversations = [...new Set([...looking.values()].map(({ conversation }) => conversation))]
  const found = await Promise.all(conversations.map((id) => session.conversations.watchers(id)))
  return found.flatMap((watchers, at) =>
    watchers.ok
      ? watchers.value
          .filter(({ agent }) => agent !== session.agent)
          .map(({ agent, writing }) => ({ conversation: conversations[at] ?? '', agent, on: true, writing }))
      : [],
  )
}

const largestLook = 4 * 1024

/**
 * `POST /api/look` with `{ window, conversation }`, null for none. To look is to hold something, and only the window's
 * stream knows when it is let go: so this is not one of the calls.
 */
export const lookRoute = () =>
  new Hono<ViewerEnv>().post('/', limit(largestLook), async (c) => {
    const fields = await fieldsOf(c)
    if (fields === undefined) return refused(c, { _tag: 'BadJson' })
    const read = reading(fields)
    const window = read.text('window')
    const conversation = read.textOrNull('conversation')
    if (read.issues.length > 0) return refused(c, invalid('look', ...read.issues))
    const { session } = c.var
    lookAway(session, window)
    if (conversation !== null) {
      looking.set(keyOf(session, window), { conversation, stop: session.conversations.look(conversation) })
    }
    return c.json({ ok: true })
  })
