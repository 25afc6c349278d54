import pg, { type Client, type ClientConfig, type QueryConfig } from 'pg'
import { hangUp } from './hang-up.ts'

/** A connection of its own for news: it listens, tells, and is made again whenever it breaks. */
export interface Line {
  /** Makes it, unless it is there or being made. */
  readonly open: () => void
  readonly isUp: () => boolean
  /** Rejects when it is not up. What takes too long ends the connection: behind a line that is dead nobody answers. */
  readonly ask: (query: QueryConfig) => Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>
  readonly close: () => Promise<void>
}

interface Parts {
  readonly config: ClientConfig
  /** What is listened to; undefined for nothing. */
  readonly channel: string | undefined
  readonly hear: (payload: string) => void
  /** It is up, for the first time or again; what was told meanwhile has not been heard. */
  readonly up: () => void
}

/** How long an answer may take, and a connection to be made, in milliseconds. */
const patienceMs = 5_000
/** Until it is tried again, in milliseconds; twice as long each time. */
const firstPauseMs = 100
const longestPauseMs = 5_000

export const openLine = ({ config, channel, hear, up }: Parts): Line => {
  let client: Client | undefined
  let isUp = false
  let closed = false
  let pauseMs = firstPauseMs
  let retry: NodeJS.Timeout | undefined

  const drop = (lost: Client): void => {
    if (client !== lost) return
    client = undefined
    isUp = false
    lost.connection.stream.destroy()
    if (closed) return
    clearTimeout(retry)
    retry = setTimeout(open, pauseMs).unref()
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  const start = async (made: Client): Promise<void> => {
    await made.connect()
    if (channel !== undefined) await made.query(`listen ${channel}`)
    if (client !== made) return
    isUp = true
    pauseMs = firstPauseMs
    up()
  }

  const open = (): void => {
    if (closed || client !== undefined) return
    clearTimeout(retry)
    // @types/pg does not know pipelining yet.
    const made = new pg.Client({
      ...config,
      application_name: 'guichet news',
      query_timeout: patienceMs,
      connectionTimeoutMillis: patienceMs,
      pipeline: true,
    } as ClientConfig)
    client = made
    made.on('error', () => drop(made))
    made.on('end', () => drop(made))
    made.on('notification', ({ payload = '' }) => hear(payload))
    start(made).catch(() => drop(made))
  }

  return {
    open,
    isUp: () => isUp,
    ask: async (query) => {
      const asked = client
      if (asked === undefined || !isUp) throw new Error('the line for news is down')
      try {
        // Without a name: behind a pooler the next one may meet a server that was never told of it.
        const { text, values } = query
        return (await asked.query<Record<string, unknown>>({ text, ...(values === undefined ? {} : { values }) })).rows
      } catch (error) {
        drop(asked)
        throw error
      }
    },
    close: async () => {
      closed = true
      clearTimeout(retry)
      const last = client
      client = undefined
      const wasUp = isUp
      isUp = false
      if (wasUp && last !== undefined) await hangUp(last)
      else last?.connection.stream.destroy()
    },
  }
}
