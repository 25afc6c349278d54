import type { AgentSession, FeedItem, Watching, Workspace } from '@guichet/engine'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Looks } from '../looks.ts'
import type { Stage } from '../stage.ts'
import { numberOf } from './filters.ts'

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
    case 'Merged':
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
    readonly looks: Looks
    readonly session: AgentSession
    readonly stopping: AbortSignal
  },
): Promise<Response> => {
  const { workspace, stage, looks, session, stopping } = parts
  const asked = numberOf('since', c.req.header('last-event-id') ?? c.req.query('since'), [])
  const since = asked ?? (await workspace.position())
  const window = c.req.query('window')
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    const gone = new AbortController()
    const signal = AbortSignal.any([gone.signal, stopping])
    stream.onAbort(() => gone.abort())
    const write = (event: string, data: unknown, id?: number) =>
      stream.writeSSE({ event, data: JSON.stringify(data), ...(id === undefined ? {} : { id: String(id) }) })
    const stops: Array<() => void> = []
    try {
      if (window !== undefined) stops.push(looks.open(session, window))
      void write('ready', { position: since, scene: stage.scene() }, since)
      const tellScene = (scene = stage.scene()) => void write('scene', scene)
      stops.push(stage.on(tellScene))
      stops.push(session.onTyping((typing) => void write('typing', typing)))
      // What is heard while it is looked up who is where is newer than that, and told after it.
      let heard: Watching[] | null = []
      stops.push(
        session.onWatching((watching) => {
          if (heard === null) void write('watching', watching)
          else heard.push(watching)
        }),
      )
      for (const watching of [...(await looks.now(session)), ...heard]) void write('watching', watching)
      heard = null
      stops.push(
        workspace.on((item) => {
          if (movesOwnership(item)) void write('look', {})
        }),
      )
      // Says the engine's time again and again: the page's own clock may be wrong.
      const beat = setInterval(tellScene, heartbeat)
      stops.push(() => clearInterval(beat))
      for await (const item of session.feed({ since, signal })) await write(item._tag, item, item.position)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      for (const stop of stops) stop()
    }
  })
}
