import { once } from 'node:events'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'

/**
 * Server-sent events, for as long as the page is there and the process runs: `ready`, and then what is heard. `follow`
 * returns how to stop.
 */
export const newsFor = (
  c: Context,
  stopping: AbortSignal,
  follow: (tell: (event: string, news: object) => void) => ReadonlyArray<() => void>,
): Response =>
  streamSSE(c, async (stream) => {
    const gone = new AbortController()
    stream.onAbort(() => gone.abort())
    // Of its own: what outlives the stream must not remember it.
    const over = AbortSignal.any([gone.signal, stopping])
    const tell = (event: string, news: object) => void stream.writeSSE({ event, data: JSON.stringify(news) })
    tell('ready', {})
    const stops = follow(tell)
    if (!over.aborted) await once(over, 'abort')
    for (const stop of stops) stop()
  })
