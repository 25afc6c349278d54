import { emptyChangeset } from '@guichet/conformance'
import type { Storage, StoredEntry } from '@guichet/engine/ports'
import { postgres } from '@guichet/storage-postgres'
import pg from 'pg'
import { quantile } from '../median.ts'
import type { BenchResult } from '../result.ts'
import { withServer } from './server.ts'

const workspaces = ['north', 'east', 'south', 'west']
const writers = 8
/** Entries of one commit, and how often each writer makes one: ten thousand entries a second together. */
const batch = 64
const everyMs = 50
const commits = 100
/** The first of a writer open its connections; they count as all do, but how long they took says nothing of the feed. */
const warmUps = 10
/** Marks what takes its place in the stream long before it is committed, in milliseconds. */
const slow = 'slow'
const slowMs = 50

/** A commit that holds such an entry has everything written, and then takes its time to end. */
const slowCommits = `
  create function dawdle() returns trigger language plpgsql as
    $$ begin perform pg_sleep(${slowMs / 1_000}); return null; end $$;
  create constraint trigger dawdle after insert on guichet.entry deferrable initially deferred
    for each row when (new.actor = '${slow}') execute function dawdle()`

const entry = (conversation: string, seq: number, actor: string): StoredEntry => ({
  conversation,
  seq,
  kind: 'in',
  type: 'MessageReceived',
  actorKind: 'contact',
  actor,
  at: 0,
  body: 'Bonjour',
  data: '{}',
})

const idOf = (n: number): string => `0198c0de-0004-7000-8000-${n.toString(16).padStart(12, '0')}`
const keyOf = (conversation: string, seq: number): string => `${conversation} ${seq}`

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Follows every workspace as an engine does: told that there is news, it reads on from where it was. */
const follow = (store: Storage, expected: number) => {
  const seen = new Map<string, number>()
  let [wrong, read] = [0, 0]
  let done = (): void => undefined
  const all = new Promise<void>((resolve) => {
    done = resolve
  })
  const positions = new Map(workspaces.map((workspace) => [workspace, 0]))
  const reading = new Map<string, 'once' | 'again'>()
  const readOn = async (workspace: string): Promise<void> => {
    if (reading.has(workspace)) return void reading.set(workspace, 'again')
    do {
      reading.set(workspace, 'once')
      const after = positions.get(workspace) ?? 0
      const { items, position } = await store.stream({ workspace, after, limit: 500 })
      const now = performance.now()
      for (const item of items) {
        if (item._tag !== 'Entry') continue
        const key = keyOf(item.entry.conversation, item.entry.seq)
        if (seen.has(key) || item.position <= after) wrong += 1
        seen.set(key, now)
        read += 1
      }
      positions.set(workspace, position)
      if (items.length > 0) reading.set(workspace, 'again')
      if (read >= expected) done()
    } while (reading.get(workspace) === 'again')
    reading.delete(workspace)
  }
  const stop = store.watch?.((workspace) => void readOn(workspace))
  return { seen, all, wrong: () => wrong, stop: () => stop?.() }
}

/**
 * Eight writers and one whose commits take long, two workspaces' worth of them each, and a reader elsewhere who hears of
 * news: how long after its commit an entry was read, and how many were never read, or twice, or out of order.
 */
export const postgresFeed = (): Promise<ReadonlyArray<BenchResult>> =>
  withServer(async ({ database }) => {
    const url = await database('feed')
    const open = (): Storage => postgres({ url, connections: { writers: 1, readers: 1 } })
    const reader = open()
    await reader.migrate()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(slowCommits)
    await client.end()
    const stores = Array.from({ length: writers + 1 }, open)
    const slowly = (commits * everyMs) / (2 * slowMs)
    const expected = writers * commits * batch + slowly
    const feed = follow(reader, expected)
    /** When what was written was known to be so. */
    const written = new Map<string, number>()
    const write = async (store: Storage, workspace: string, entries: ReadonlyArray<StoredEntry>): Promise<void> => {
      const [answer] = await store.commit([{ ...emptyChangeset, workspace, entries }])
      if (answer?._tag !== 'Committed') throw new Error('what is only added cannot conflict')
      const now = performance.now()
      for (const { conversation, seq } of entries) written.set(keyOf(conversation, seq), now)
    }
    const began = performance.now()
    const writing = async (store: Storage, n: number): Promise<void> => {
      const workspace = workspaces[n % workspaces.length] as string
      for (let turn = 0; turn < commits; turn += 1) {
        await pause(began + turn * everyMs - performance.now())
        const entries = Array.from({ length: batch }, (_, at) => entry(idOf(n), turn * batch + at + 1, 'quick'))
        await write(store, workspace, entries)
      }
    }
    const dawdling = async (store: Storage): Promise<void> => {
      for (let turn = 1; turn <= slowly; turn += 1) {
        await write(store, workspaces[turn % workspaces.length] as string, [entry(idOf(writers), turn, slow)])
        await pause(slowMs)
      }
    }
    await Promise.all(stores.map((store, n) => (n < writers ? writing(store, n) : dawdling(store))))
    const seconds = (performance.now() - began) / 1_000
    await Promise.race([feed.all, pause(10_000)])
    feed.stop()
    await Promise.all([reader, ...stores].map((store) => store.close()))
    const missed = [...written.keys()].filter((key) => !feed.seen.has(key)).length
    const delays = [...written]
      .filter(([, at]) => at - began > warmUps * everyMs)
      .map(([key, at]) => Math.max(0, (feed.seen.get(key) ?? Infinity) - at))
    return [
      {
        name: 'postgres.feed_wrong',
        value: missed + feed.wrong(),
        unit: 'entries missed or twice',
        goal: 0,
        bound: 'most',
      },
      { name: 'postgres.feed_rate', value: expected / seconds, unit: 'entries/s' },
      { name: 'postgres.feed_p50', value: quantile(delays, 0.5), unit: 'ms' },
      { name: 'postgres.feed_p99', value: quantile(delays, 0.99), unit: 'ms', goal: 30, bound: 'most' },
    ]
  })
