import type { AgentSession, FeedItem, Workspace } from '@guichet/engine'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Stage } from '../stage.ts'
import { numberOf } from './filters.ts'
import { lookAway, lookedAt } from './looking.ts'

/** Proxies cut what is silent for longer, and a reader that hears nothing for twice as long knows that the line is dead. */
const heartbeat = 15_000

/**
 * Whether it can change who sees a conversation. An agent who loses sight of one hears nothing of it any more: not even
 * that. So everybody is told to look again, and nobody what happened.
 */
const movesOwnership = (item: FeedItem): boolean => {
  if (item._tag !== 'Entry') return false
  const { what } = item.entry
  switch (what._tag) {
    case 'Claimed':
    case 'TakenOver':
    case 'Released':
    case 'Assigned':
    case 'Unassigned':
    case 'Transferred':
    case 'Distributed':
    case 'Offered':
    case 'OfferAccepted':
    case 'OfferDeclined':
    case 'OfferExpired':
    case 'Overflowed':
    case 'Returned':
    case 'Left':
    case 'Deleted':
      return true
    case 'MessageSent':
      return what.claimed === true
    default:
      return false
  }
}

/**
 * The journal as server-sent events. The id of an event is its position, so a browser that reconnects asks for the rest
 * by itself (`Last-Event-ID`); a script may say `?since=`. Without either it begins now.
 */
export const feed = async (
  c: Context,
  parts: {
    readonly workspace: Workspace
    readonly stage: Stage
    readonly session: AgentSession
    readonly stopping: AbortSignal
  },
): Promise<Response> => {
  const { workspace, stage, session, stopping } = parts
  const asked = numberOf('since', c.req.header('last-event-id') ?? c.req.query('since'), [])
  const since = asked ?? (await workspace.position())
  const window = c.req.query('window')
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    const gone = new AbortController()
    const signal = AbortSignal.any([gone.signal, stopping])
    stream.onAbort(() => gone.abort())
    const ready = { position: since, scene: stage.scene() }
    await stream.writeSSE({ event: 'ready', id: String(since), data: JSON.stringify(ready) })
    const tellScene = (scene = stage.scene()) => void stream.writeSSE({ event: 'scene', data: JSON.stringify(scene) })
    const stopScene = stage.on(tellScene)
    const stopTyping = session.onTyping((typing) => {
      void stream.writeSSE({ event: 'typing', data: JSON.stringify(typing) })
    })
    const stopWatching = session.onWatching((watching) => {
      void stream.writeSSE({ event: 'watching', data: JSON.stringify(watching) })
    })
    for (const watching of await lookedAt(session)) {
      await stream.writeSSE({ event: 'watching', data: JSON.stringify(watching) })
    }
    const stopLooking = workspace.on((item) => {
      if (movesOwnership(item)) void stream.writeSSE({ event: 'look', data: '{}' })
    })
    // Says the engine's time again and again: the page's own clock may be wrong.
    const beat = setInterval(tellScene, heartbeat)
    try {
      for await (const item of session.feed({ since, signal })) {
        await stream.writeSSE({ event: item._tag, id: String(item.position), data: JSON.stringify(item) })
      }
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      clearInterval(beat)
      stopScene()
      stopTyping()
      stopWatching()
      stopLooking()
      if (window !== undefined) lookAway(session, window)
    }
  })
}
