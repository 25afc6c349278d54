import type { AgentSession, Watching } from '@guichet/engine'
import { Hono } from 'hono'
import { fieldsOf, limit, reading } from './body.ts'
import { invalid, refused } from './refused.ts'
import type { ViewerEnv } from './viewer.ts'

interface Look {
  readonly conversation: string
  readonly stop: () => void
}

/** What each window looks at whose stream is open, by the agent and the window's own name; null for nothing. */
const windows = new Map<string, Look | null>()

const keyOf = (session: AgentSession, window: string): string => `${session.agent}/${window}`

/** A window's stream is open: from now on it can look at something. */
export const windowOpened = (session: AgentSession, window: string): void => {
  windows.set(keyOf(session, window), null)
}

/** A window is closed or cut off: its agent is told of as gone. */
export const windowClosed = (session: AgentSession, window: string): void => {
  const key = keyOf(session, window)
  windows.get(key)?.stop()
  windows.delete(key)
}

/** Who is at which conversation at this moment, as far as this agent may see it: for a window that has just opened. */
export const lookedAt = async (session: AgentSession): Promise<ReadonlyArray<Watching>> => {
  const conversations = [...new Set([...windows.values()].flatMap((look) => look?.conversation ?? []))]
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
    const key = keyOf(session, window)
    const before = windows.get(key)
    // Its stream has ended: nobody would ever look away from what it looks at.
    if (before === undefined) return refused(c, { _tag: 'NotFound' })
    const look = conversation === null ? null : { conversation, stop: session.conversations.look(conversation) }
    windows.set(key, look)
    before?.stop()
    return c.json({ ok: true })
  })
