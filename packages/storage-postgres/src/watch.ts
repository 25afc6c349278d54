import { createHash, randomUUID } from 'node:crypto'
import type { Storage, Whisper } from '@guichet/engine/ports'
import { written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import type { ClientConfig } from 'pg'
import { type ArrayParameter, numbers, texts } from './arrays.ts'
import type { Connection } from './connection.ts'
import { openLine } from './line.ts'
import { type News, readNews, writeNews } from './news.ts'
import { fromText } from './text.ts'

export interface WatchOptions {
  /** How the server is reached for news. */
  readonly config: ClientConfig
  /** Whether news are listened for and told; they are asked for all the same. */
  readonly listen: boolean
  readonly pollMs: number | undefined
}

/** What others commit, and what is said among engines. */
export interface Watch {
  readonly hear: NonNullable<Storage['watch']>
  readonly whisper: Whisper
  /** That something has been committed here. */
  readonly tell: (workspaces: Iterable<string>) => void
  /** How far a stream has been read here. */
  readonly seen: (workspace: string, position: number) => void
  readonly close: () => Promise<void>
}

/** How often streams are looked at for news, in milliseconds. What a process says just before it dies is found so. */
const defaultPollMs = 1_000
/** A line that is silent for longer is tried, in milliseconds. */
const silenceMs = 5_000
/** A line that does not answer for so long is not waited for, in milliseconds: it may be dead, which takes longer to tell. */
const doubtMs = 500
/**
 * So often news are told at most, in milliseconds: a server tells the news of one transaction after the other. The first
 * after a while are told at once, and those of the time after them together.
 */
const gatherMs = 10
/** So many streams are looked at: those that were read last. */
const polledAtMost = 2_000
/** More than this is told as news of anything, and more talk than this is not passed on. */
const gatheredAtMost = 1_000

const announce = written<{ readonly channel: string; readonly payloads: ArrayParameter }>()(
  (p) => sql`select pg_notify(${p.channel}, v.payload) from unnest(${p.payloads}::text[]) as v(payload)`,
)

const moved = written<
  { readonly names: ArrayParameter; readonly positions: ArrayParameter },
  { readonly at: number; readonly pos: number }
>()(
  (p) => sql`
    select v.at::integer as at, h.pos::float8 as pos
    from unnest(${p.names}::text[], ${p.positions}::bigint[]) with ordinality as v(name, pos, at)
    join guichet.workspace w on w.name = v.name join guichet.stream_head h on h.ws = w.id
    where h.pos > v.pos`,
)

/** Channels are names of the whole database: each schema has its own. */
const channelOf = (schema: string): string => `guichet_${createHash('sha1').update(schema).digest('hex').slice(0, 16)}`

/** Those who listen, each told of everything. */
const listeners = <Heard extends ReadonlyArray<unknown>>() => {
  const all = new Set<{ readonly listener: (...heard: Heard) => void }>()
  return {
    size: () => all.size,
    tell: (...heard: Heard): void => {
      for (const { listener } of all) listener(...heard)
    },
    add: (listener: (...heard: Heard) => void): (() => void) => {
      const one = { listener }
      all.add(one)
      return () => void all.delete(one)
    },
    clear: () => all.clear(),
  }
}

/** An answer; undefined where there is none, or not soon. */
const inTime = async <A>(answer: Promise<A>): Promise<A | undefined> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), doubtMs)
  })
  return Promise.race([answer.catch(() => undefined), late]).finally(() => clearTimeout(timer))
}

export const makeWatch = (connection: Connection, { config, listen, pollMs = defaultPollMs }: WatchOptions): Watch => {
  const { schema, readers, statement, workspaces } = connection
  const self = randomUUID()
  const channel = channelOf(schema)
  const watching = listeners<[workspace: string]>()
  const hearing = listeners<[workspace: string, text: string]>()
  const positions = new Map<string, number>()
  let closed = false

  // Asking, for what is not heard.
  let poll: NodeJS.Timeout | undefined
  let polling = false
  /** News may have been lost: everything may have changed. */
  let owed = false

  const tellAll = async (): Promise<void> => {
    if (!owed) return
    for (const workspace of await workspaces.all()) watching.tell(workspace)
    owed = false
  }
  const askStreams = async (): Promise<void> => {
    const names = [...positions.keys()]
    const call = statement(moved)({ names: texts(names), positions: numbers([...positions.values()]) })
    const told = line.isUp() ? await inTime(line.ask(call.config)) : undefined
    const rows = told ?? (names.length === 0 ? [] : (await readers.ask([call]))[0])
    for (const { at, pos } of rows as ReadonlyArray<{ readonly at: number; readonly pos: number }>) {
      const name = names[at - 1]
      if (name === undefined) continue
      seen(name, pos)
      watching.tell(name)
    }
  }
  const look = async (): Promise<void> => {
    if (polling || closed) return
    polling = true
    // A server that is away is somebody else's to report: what has changed is found the next time.
    await Promise.allSettled([tellAll(), askStreams()])
    polling = false
  }
  const seen = (workspace: string, position: number): void => {
    const known = positions.get(workspace) ?? 0
    positions.delete(workspace)
    positions.set(workspace, Math.max(known, position))
    for (const oldest of positions.keys()) {
      if (positions.size <= polledAtMost) break
      positions.delete(oldest)
    }
  }

  // Telling, a little at a time.
  const committed = new Set<string>()
  let said: Array<readonly [workspace: string, text: string]> = []
  let gathering: NodeJS.Timeout | undefined
  let toldAt = Number.NEGATIVE_INFINITY

  const flush = async (): Promise<void> => {
    gathering = undefined
    toldAt = performance.now()
    const talk = said
    said = []
    if (!line.isUp()) return
    const where = committed.size > gatheredAtMost ? 'any' : [...committed]
    committed.clear()
    const payloads = writeNews({ from: self, committed: where, said: talk })
    if (payloads.length === 0) return
    // What is not told is asked for.
    await line.ask(statement(announce)({ channel, payloads: texts(payloads) }).config).catch(() => undefined)
  }
  const gather = (): void => {
    if (!listen || closed) return
    line.open()
    gathering ??= setTimeout(() => void flush(), toldAt + gatherMs - performance.now()).unref()
  }

  const receive = ({ from, committed: where, said: words }: News): void => {
    if (from === self) return
    for (const [workspace, text] of words) hearing.tell(workspace, text)
    if (where === 'any') {
      owed = watching.size() > 0
      void look()
    } else for (const workspace of where) watching.tell(workspace)
  }

  const line = openLine({
    config,
    channel: listen ? channel : undefined,
    hear: (payload) => {
      const news = readNews(fromText(payload))
      if (news !== undefined) receive(news)
    },
    up: () => {
      owed = watching.size() > 0
      void look()
      if (committed.size > 0) gather()
    },
  })

  const startPolling = (): void => {
    line.open()
    poll ??= setInterval(() => void look(), Math.min(pollMs, silenceMs)).unref()
  }
  const stopPolling = (): void => {
    clearInterval(poll)
    poll = undefined
  }
  /** Streams are looked at for as long as somebody listens. */
  const whileHeard = (stop: () => void): (() => void) => {
    startPolling()
    return () => {
      stop()
      if (watching.size() + hearing.size() === 0) stopPolling()
    }
  }

  return {
    hear: (listener) => whileHeard(watching.add(listener)),
    whisper: {
      say: (workspace, text) => {
        if (hearing.size() > 0) queueMicrotask(() => hearing.tell(workspace, text))
        if (said.length < gatheredAtMost) said.push([workspace, text])
        gather()
      },
      hear: (listener) => whileHeard(hearing.add(listener)),
    },
    tell: (names) => {
      const where = [...names]
      // Engines that share this store hear of each other.
      if (watching.size() > 1) queueMicrotask(() => where.forEach((name) => watching.tell(name)))
      if (!listen) return
      for (const name of where) committed.add(name)
      gather()
    },
    seen,
    close: async () => {
      if (gathering !== undefined) {
        clearTimeout(gathering)
        await inTime(flush())
      }
      closed = true
      stopPolling()
      watching.clear()
      hearing.clear()
      await line.close()
    },
  }
}
